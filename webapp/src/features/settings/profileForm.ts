import type { Schemas } from "@/api/client";

export const ADDRESS_FIELDS = ["address1", "address2", "city", "state_province", "postal_code", "phone"] as const;
export const INDUSTRIES = [
  "agriculture",
  "construction",
  "consulting",
  "creative",
  "education",
  "finance",
  "health",
  "hospitality",
  "legal",
  "manufacturing",
  "nonprofit",
  "realEstate",
  "retail",
  "technology",
  "transport",
  "wholesale",
  "other",
] as const;

export interface ProfileValues {
  name: string;
  industry: string;
  location: string;
  tax_number: string;
  base_currency: string;
  fiscal_year: string;
  timezone: string;
  language: string;
  date_format: string;
  address: Record<(typeof ADDRESS_FIELDS)[number], string>;
}

function textOf(source: Record<string, unknown>, key: string): string {
  const value = source[key];
  return typeof value === "string" ? value : "";
}

/** The form's values of the profile as the server tells it; the address lies within it. */
export function profileValues(profile: Record<string, unknown>): ProfileValues {
  const address = (typeof profile.address === "object" && profile.address !== null ? profile.address : {}) as Record<
    string,
    unknown
  >;
  return {
    name: textOf(profile, "name"),
    industry: textOf(profile, "industry"),
    location: textOf(profile, "location"),
    tax_number: textOf(profile, "tax_number"),
    base_currency: textOf(profile, "base_currency"),
    fiscal_year: textOf(profile, "fiscal_year"),
    timezone: textOf(profile, "timezone"),
    language: textOf(profile, "language"),
    date_format: textOf(profile, "date_format"),
    address: Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, textOf(address, field)])) as ProfileValues["address"],
  };
}

/** What travels: what cannot be cleared is left out when empty, the rest is sent as null. */
export function profileBody(values: ProfileValues): Schemas["OrganizationOrganizationIn"] {
  const { name, industry, location, tax_number, base_currency, fiscal_year, timezone, language, date_format, address } = values;
  const kept = Object.fromEntries(
    Object.entries({ name: name.trim(), location, base_currency, fiscal_year, timezone, language, date_format }).filter(
      ([, value]) => value !== "",
    ),
  );
  return {
    ...kept,
    industry: industry.trim() || null,
    tax_number: tax_number.trim() || null,
    address: Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, address[field].trim() || null])),
  };
}
