import type { Contact, ContactBody, Kind } from "./api";

export const ADDRESS_FIELDS = [
  "address1",
  "address2",
  "address_city",
  "address_state",
  "address_postcode",
  "address_country",
  "address_phone",
] as const;
export type AddressField = (typeof ADDRESS_FIELDS)[number];
export type AddressKind = "billing" | "shipping";
type AddressValues = Record<`${AddressKind}_${AddressField}`, string>;

const PERSON_FIELDS = [
  "display_name",
  "salutation",
  "first_name",
  "last_name",
  "company_name",
  "email",
  "work_phone",
  "personal_phone",
  "website",
  "note",
] as const;
type PersonValues = Record<(typeof PERSON_FIELDS)[number], string>;

/** The form of a contact: all texts; an empty one means that there is none. */
export interface ContactValues extends PersonValues, AddressValues {
  customer_type: string;
  currency_code: string;
  opening_balance: string;
  opening_balance_at: string | null;
  opening_balance_exchange_rate: string;
}

function addressKeys(): `${AddressKind}_${AddressField}`[] {
  return ADDRESS_FIELDS.flatMap((field) => [`billing_${field}` as const, `shipping_${field}` as const]);
}

export function contactValues(contact: Contact | null, baseCurrency: string, today: string): ContactValues {
  const texts = Object.fromEntries(
    [...PERSON_FIELDS, ...addressKeys()].map((key) => [key, contact?.[key] ?? ""]),
  ) as unknown as PersonValues & AddressValues;
  return {
    ...texts,
    customer_type: contact?.customer_type ?? "business",
    currency_code: contact?.currency_code ?? baseCurrency,
    opening_balance: "",
    opening_balance_at: today,
    opening_balance_exchange_rate: "1",
  };
}

/** What travels. Currency and opening balance belong to a new contact only: later they have rules of their own. */
export function contactBody(kind: Kind, values: ContactValues, isNew: boolean): ContactBody {
  const texts = Object.fromEntries([...PERSON_FIELDS, ...addressKeys()].map((key) => [key, values[key].trim() || null]));
  const body: ContactBody = { ...texts, display_name: values.display_name.trim() };
  if (kind === "customer") body.customer_type = values.customer_type === "individual" ? "individual" : "business";
  if (!isNew) return body;
  body.currency_code = values.currency_code;
  if (values.opening_balance !== "") {
    body.opening_balance = Number(values.opening_balance);
    body.opening_balance_at = values.opening_balance_at;
    body.opening_balance_exchange_rate = Number(values.opening_balance_exchange_rate || 1);
  }
  return body;
}

/** The shipping address made equal to the billing one. */
export function copiedAddress(values: ContactValues): Partial<ContactValues> {
  return Object.fromEntries(ADDRESS_FIELDS.map((field) => [`shipping_${field}`, values[`billing_${field}`]]));
}

/** The lines of an address as people write it; none when it is empty. */
export function addressLines(contact: Contact, kind: AddressKind): string[] {
  const of = (field: AddressField) => contact[`${kind}_${field}`] ?? "";
  const town = [of("address_postcode"), of("address_city")].filter(Boolean).join(" ");
  const region = [of("address_state"), of("address_country")].filter(Boolean).join(", ");
  return [of("address1"), of("address2"), town, region, of("address_phone")].filter(Boolean);
}
