import { formatMonth } from "@/shared/format";

/** A report's table, as the API's `application/json+table` has it and as the listings are made into. */
export interface TableColumn {
  key: string;
  label: string;
  children?: TableColumn[];
}

export interface TableRow {
  cells: { key: string; value: string }[];
  row_types?: string[];
  id?: number | string;
  children?: TableRow[];
  /** Where the document of the line is shown. */
  document?: string;
}

export interface ReportTable {
  columns: TableColumn[];
  rows: TableRow[];
}

/** A column that holds cells; `group` is the heading above it. */
export interface Leaf {
  key: string;
  label: string;
  group: string;
  /** Which of the top-level columns it is under, the name not counted; -1 for the name. */
  period: number;
  numeric: boolean;
}

export interface FlatRow {
  row: TableRow;
  key: string;
  depth: number;
  expandable: boolean;
  total: boolean;
  heading: boolean;
  /** The rows that a total sums up: those of its parent. */
  parent: TableRow | undefined;
}

const WORDS = new Set([
  "name",
  "account",
  "account_name",
  "account_code",
  "date",
  "reference_type",
  "reference_number",
  "transaction_type",
  "transaction_number",
  "description",
  "customer_name",
  "vendor_name",
]);
const TOTALS = new Set(["TOTAL", "total", "CLOSING_BALANCE", "NET_INCOME"]);

export function leavesOf(columns: readonly TableColumn[]): Leaf[] {
  return columns.flatMap((column, place) => {
    if (column.children?.length) {
      return leavesOf(column.children).map((leaf) => ({
        ...leaf,
        group: leaf.group || column.label,
        period: place - 1,
        numeric: true,
      }));
    }
    return [{ key: column.key, label: column.label, group: "", period: place - 1, numeric: place > 0 && !WORDS.has(column.key) }];
  });
}

/** A column's heading as people read it: the server's `2026-10` is a month. */
export function heading(label: string): string {
  return /^\d{4}-\d{2}$/.test(label) ? formatMonth(`${label}-01`, "numeric") : label;
}

export function isTotal(row: TableRow): boolean {
  return row.row_types?.some((type) => TOTALS.has(type)) ?? false;
}

/** Rows in their order on the sheet, without what is below a collapsed one. */
export function flatten(rows: readonly TableRow[], collapsed: ReadonlySet<string>): FlatRow[] {
  const found: FlatRow[] = [];
  const visit = (below: readonly TableRow[], depth: number, prefix: string, parent: TableRow | undefined): void => {
    below.forEach((row, place) => {
      const key = prefix ? `${prefix}.${place}` : String(place);
      const expandable = Boolean(row.children?.length);
      found.push({ row, key, depth, expandable, total: isTotal(row), heading: expandable && !collapsed.has(key), parent });
      if (expandable && !collapsed.has(key)) visit(row.children ?? [], depth + 1, key, row);
    });
  };
  visit(rows, 0, "", undefined);
  return found;
}

/** Keys of all rows that can be collapsed. */
export function expandableKeys(rows: readonly TableRow[], prefix = ""): string[] {
  return rows.flatMap((row, place) => {
    const key = prefix ? `${prefix}.${place}` : String(place);
    return row.children?.length ? [key, ...expandableKeys(row.children, key)] : [];
  });
}

function accountOf(row: TableRow): number[] {
  if (typeof row.id === "number") return [row.id];
  const found = /^account-(\d+)$/.exec(String(row.id ?? ""));
  return found ? [Number(found[1])] : [];
}

/** The accounts that a row's figures are made of: its own, and those of all rows below. */
export function accountsOf(row: TableRow): number[] {
  return [...new Set([...accountOf(row), ...(row.children ?? []).flatMap((child) => (isTotal(child) ? [] : accountsOf(child)))])];
}

export function isNegative(text: string): boolean {
  return /^[^\d]*[-−(]/.test(text);
}

/** The set with the key where it was without, and the other way round. */
export function toggled(keys: ReadonlySet<string>, key: string): Set<string> {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}
