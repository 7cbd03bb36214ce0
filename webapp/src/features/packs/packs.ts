import type { Schemas } from "@/api/client";

/** Reports that packs can hold: slugs of the reports' own pages. */
export const PACK_REPORTS = [
  "balance-sheet",
  "profit-loss",
  "trial-balance",
  "cash-flow",
  "general-ledger",
  "journal",
  "receivable-aging",
  "payable-aging",
  "customer-balances",
  "vendor-balances",
  "customer-transactions",
  "vendor-transactions",
] as const;
export const PACK_FORMATS = ["pdf", "xlsx", "csv", "json"] as const;
export const PACK_COLUMNS = ["total", "month", "quarter", "year"] as const;
export const COVERS = ["previous_month", "fiscal_year_to_date"] as const;
export const TOTALS = ["assets", "liabilities", "equity", "income", "expense", "net_income"] as const;
export const DAY_MAX = 28;

export type PackColumns = (typeof PACK_COLUMNS)[number];

/** What both a pack and a schedule choose. */
export interface Choice {
  reports: string[];
  formats: string[];
  columns: PackColumns;
  all_organizations: boolean;
}

export const FIRST_CHOICE: Choice = {
  reports: ["balance-sheet", "profit-loss", "trial-balance"],
  formats: ["pdf", "xlsx"],
  columns: "total",
  all_organizations: false,
};

/** Whether it can still change by itself. */
export function isOpen(state: string): boolean {
  return state === "waiting" || state === "active";
}

export function stateColor(state: string): string {
  return { completed: "teal", failed: "red", cancelled: "gray", active: "blue" }[state] ?? "gray";
}

/** Bytes as people read them. */
export function sizeText(bytes: number | null): string {
  if (bytes === null) return "";
  const units = ["B", "kB", "MB", "GB"];
  const place = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  const value = bytes / 1000 ** place;
  return `${place && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[place]}`;
}

/** How many organizations of a pack are in each state. */
export function countStates(parts: readonly Schemas["PackPartOut"][]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state } of parts) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
