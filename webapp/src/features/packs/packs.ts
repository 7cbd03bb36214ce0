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

export const SCOPES = ["this", "chosen", "all"] as const;

/** What both a pack and a schedule choose. `organization_ids` counts for the scope "chosen". */
export interface Choice {
  reports: string[];
  formats: string[];
  columns: PackColumns;
  scope: (typeof SCOPES)[number];
  organization_ids: string[];
}

export const FIRST_CHOICE: Choice = {
  reports: ["balance-sheet", "profit-loss", "trial-balance"],
  formats: ["pdf", "xlsx"],
  columns: "total",
  scope: "this",
  organization_ids: [],
};

/** The choice as the API takes it. */
export function requestOf({ scope, organization_ids, reports, formats, columns }: Choice) {
  return {
    reports,
    formats,
    columns,
    all_organizations: scope === "all",
    ...(scope === "chosen" && { organization_ids }),
  };
}

/** What is missing of a choice, by field. */
export function missing(values: Choice, text: string): Record<string, string> {
  return {
    ...(values.reports.length ? {} : { reports: text }),
    ...(values.formats.length ? {} : { formats: text }),
    ...(values.scope === "chosen" && values.organization_ids.length === 0 ? { organization_ids: text } : {}),
  };
}

/** Where a refusal of the server belongs that names no field. */
export function fieldOf(type: string): string | undefined {
  return type.startsWith("PACK_ORGANIZATION") ? "organization_ids" : undefined;
}

/** An organization as it is offered for packs. */
export interface Place {
  id: string;
  label: string;
}

/** The organizations whose every report the person may have, by name; the id tells those of one name apart. */
export function administered(places: readonly Schemas["PlaceOut"][]): Place[] {
  const own = places.filter((place) => place.active && place.is_ready && place.role_slug === "admin");
  const count = (name: string | null) => own.filter((place) => place.name === name).length;
  return own
    .map(({ organization_id: id, name }) => ({ id, label: name === null ? id : count(name) > 1 ? `${name} (${id})` : name }))
    .sort((one, other) => one.label.localeCompare(other.label));
}

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
