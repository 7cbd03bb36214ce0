/** One field of a record that changed, in words. */
export interface Difference {
  field: string;
  before: string;
  after: string;
}

/** Bookkeeping of the record itself, at any depth. */
const UNTOLD = new Set(["id", "index", "created_at", "updated_at", "user_id", "number_key", "slug"]);
const NOTHING = "—";

/** The readable text of a value where it has one, such as the name of the account with an id. */
export type Reader = (field: string, value: unknown) => string | undefined;

interface Leaf {
  field: string;
  value: unknown;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A name as people write it: `parent_account_id` is "parent account". */
export function fieldLabel(name: string): string {
  return name.replace(/_ids?$/, "").replaceAll("_", " ");
}

/** Every value with its place: `entries` of two lines become "entries 1 · debit" and so on. Lines are told by their order. */
function* leaves(value: unknown, label: string, name: string): Generator<[string, Leaf]> {
  if (Array.isArray(value) && value.some((item) => typeof item === "object" && item !== null)) {
    for (const [index, item] of value.entries()) yield* leaves(item, `${label} ${index + 1}`, name);
  } else if (isPlain(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (!UNTOLD.has(key)) yield* leaves(item, label ? `${label} · ${fieldLabel(key)}` : fieldLabel(key), key);
    }
  } else {
    yield [label, { field: name, value }];
  }
}

function told(leaf: Leaf | undefined, read: Reader): string {
  const value = leaf?.value;
  if (leaf === undefined || value === null || value === undefined || value === "") return NOTHING;
  const text = read(leaf.field, value);
  if (text !== undefined) return text;
  if (Array.isArray(value)) return value.length ? value.join(", ") : NOTHING;
  return String(value);
}

function same(before: unknown, after: unknown): boolean {
  return JSON.stringify(before ?? null) === JSON.stringify(after ?? null);
}

/** What differs between two states of a record, field by field; one of them is null for a new or a deleted record. */
export function differences(before: unknown, after: unknown, read: Reader = () => undefined): Difference[] {
  const old = new Map(leaves(before ?? {}, "", ""));
  const now = new Map(leaves(after ?? {}, "", ""));
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((label) => !same(old.get(label)?.value, now.get(label)?.value))
    .map((label) => ({ field: label, before: told(old.get(label), read), after: told(now.get(label), read) }))
    .filter((difference) => difference.before !== difference.after);
}

/** Words for one entry's line: how many fields, and the first of them. */
export function summary(changes: readonly Difference[]): { count: number; fields: string } {
  const fields = [...new Set(changes.map((change) => change.field))];
  return { count: fields.length, fields: fields.slice(0, 4).join(", ") + (fields.length > 4 ? ", …" : "") };
}
