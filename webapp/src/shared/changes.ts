/** Field-by-field differences of two states of a record; nested values as JSON text, bookkeeping fields left out. */
export interface Difference {
  field: string;
  before: string;
  after: string;
}

const UNTOLD = new Set(["id", "created_at", "updated_at", "user_id"]);

function text(value: unknown): string {
  if (value === null || value === undefined || value === "") return "—";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

export function differences(before: unknown, after: unknown): Difference[] {
  const old = (before ?? {}) as Record<string, unknown>;
  const now = (after ?? {}) as Record<string, unknown>;
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((field) => !UNTOLD.has(field))
    .map((field) => ({ field, before: text(old[field]), after: text(now[field]) }))
    .filter((difference) => difference.before !== difference.after);
}
