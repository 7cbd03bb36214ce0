import type { Column } from "./types";

/** What can be asked of a value, by its type; the names are the server's. */
export const OPERATORS = {
  text: ["contains", "not_contains", "equals", "not_equals", "starts_with", "ends_with"],
  number: ["equals", "not_equals", "bigger_than", "bigger_or_equal", "smaller_than", "smaller_or_equal"],
  date: ["in", "before", "after"],
  choice: ["is", "is_not"],
} as const;
export const CONDITIONS_MAX = 10;
export const VALUE_LENGTH_MAX = 100;
const CHOICE_LENGTH_MAX = 255;
const NUMBER_MAX = 1e13;
const NUMBER = /^-?\d{1,14}(\.\d{1,6})?$/;
const DAY = /^(19|20|21)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

export type FilterType = keyof typeof OPERATORS;
export type Operator = (typeof OPERATORS)[FilterType][number];

/** `joint` joins it to all that stand before it: "A or B and C" means "(A or B) and C". That of the first counts for nothing. */
export interface Condition {
  joint: "and" | "or";
  /** The column's key. */
  field: string;
  operator: Operator;
  /** A text, a decimal, a day (YYYY-MM-DD) or a choice's value. */
  value: string;
}

export type Filter = readonly Condition[];

/** A column as it is filtered by. */
export interface FilterField {
  key: string;
  label: string;
  type: FilterType;
  /** The server's name of it. */
  wireKey: string;
  choices: readonly { value: string; label: string }[];
}

interface ReadableField<T> extends FilterField {
  read: (row: T) => string | number | null;
}

/** The columns that can be filtered by. Choices that a column does not name are the values in its rows. */
export function fieldsOf<T>(columns: readonly Column<T>[], rows: readonly T[] = []): ReadableField<T>[] {
  return columns.flatMap(({ key, header, sortKey, value, filter }) => {
    if (!filter) return [];
    const read = filter.value ?? value;
    const choices = filter.choices ?? (filter.type === "choice" ? valuesIn(rows, read) : []);
    return [{ key, label: header, type: filter.type, wireKey: filter.key ?? sortKey ?? key, choices, read }];
  });
}

function valuesIn<T>(rows: readonly T[], read: (row: T) => string | number | null) {
  const values = new Set(rows.map(read).filter((value) => value !== null && value !== ""));
  return [...values].map((value) => ({ value: String(value), label: String(value) })).sort(byLabel);
}

function byLabel(one: { label: string }, other: { label: string }): number {
  return one.label.localeCompare(other.label);
}

/** A filter from an address or from storage; what is none is left out. */
export function readFilter(stored: unknown): Condition[] {
  if (!Array.isArray(stored)) return [];
  return stored.slice(0, CONDITIONS_MAX).flatMap((item): Condition[] => {
    const { joint, field, operator, value } = (item ?? {}) as Record<string, unknown>;
    if (typeof field !== "string" || typeof operator !== "string") return [];
    return [{ joint: joint === "or" ? "or" : "and", field, operator: operator as Operator, value: String(value ?? "") }];
  });
}

function isValue(type: FilterType, value: string): boolean {
  if (value.length > (type === "choice" ? CHOICE_LENGTH_MAX : VALUE_LENGTH_MAX)) return false;
  if (type === "number") return NUMBER.test(value) && Math.abs(Number(value)) <= NUMBER_MAX;
  return type === "date" ? DAY.test(value) : value.trim() !== "";
}

/** Whether the condition can be asked: its column is there, and value and operator fit the column's type. */
export function isUsable({ field, operator, value }: Condition, fields: readonly FilterField[]): boolean {
  const type = fields.find(({ key }) => key === field)?.type;
  return type !== undefined && (OPERATORS[type] as readonly string[]).includes(operator) && isValue(type, value);
}

/** The filter as the server's lists take it (`stringified_filter_roles`); undefined where nothing is asked. */
export function filterRoles(filter: Filter, fields: readonly FilterField[]): string | undefined {
  const roles = filter.flatMap((condition) => {
    const wireKey = fields.find(({ key }) => key === condition.field)?.wireKey;
    if (wireKey === undefined || !isUsable(condition, fields)) return [];
    return [{ field_key: wireKey, comparator: condition.operator, value: condition.value, condition: condition.joint }];
  });
  return roles.length > 0 ? JSON.stringify(roles) : undefined;
}

/** Text without letter case and accents, as the server compares it. */
function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();
}

const TEXT_TESTS: Record<string, (text: string, asked: string) => boolean> = {
  contains: (text, asked) => text.includes(asked),
  not_contains: (text, asked) => !text.includes(asked),
  equals: (text, asked) => text === asked,
  not_equals: (text, asked) => text !== asked,
  starts_with: (text, asked) => text.startsWith(asked),
  ends_with: (text, asked) => text.endsWith(asked),
  is: (text, asked) => text === asked,
  is_not: (text, asked) => text !== asked,
};

/** Of numbers, and of days as text. */
const ORDER_TESTS: Record<string, (order: number) => boolean> = {
  equals: (order) => order === 0,
  not_equals: (order) => order !== 0,
  bigger_than: (order) => order > 0,
  bigger_or_equal: (order) => order >= 0,
  smaller_than: (order) => order < 0,
  smaller_or_equal: (order) => order <= 0,
  in: (order) => order === 0,
  before: (order) => order < 0,
  after: (order) => order > 0,
};

function holds<T>(row: T, { operator, value }: Condition, { type, read }: ReadableField<T>): boolean {
  const found = read(row);
  if (found === null) return false; // as in SQL: nothing is neither equal nor unequal
  if (type === "number") return ORDER_TESTS[operator]?.(Number(found) - Number(value)) ?? false;
  if (type === "date") {
    const day = String(found).slice(0, 10);
    return ORDER_TESTS[operator]?.(day < value ? -1 : Number(day > value)) ?? false;
  }
  return TEXT_TESTS[operator]?.(folded(String(found)), folded(value)) ?? false;
}

/** Whether a row passes, for lists that are wholly in the browser. */
export function passes<T>(row: T, filter: Filter, fields: readonly ReadableField<T>[]): boolean {
  let result: boolean | null = null;
  for (const condition of filter) {
    const field = fields.find(({ key }) => key === condition.field);
    if (!field || !isUsable(condition, fields)) continue;
    const held = holds(row, condition, field);
    if (result === null) result = held;
    else result = condition.joint === "or" ? result || held : result && held;
  }
  return result ?? true;
}
