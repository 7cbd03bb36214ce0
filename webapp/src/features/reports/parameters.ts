import {
  type DayRange,
  DEFAULT_PRESET,
  earlier,
  isDay,
  isPreset,
  type Preset,
  presetRange,
  UNITS,
  type Unit,
  unitOf,
} from "./days";
import type { Controls, ReportDefinition, RowChoice } from "./definitions";

export const COMPARISONS = ["previous_period", "previous_year"] as const;
export type Comparison = (typeof COMPARISONS)[number];
export const COMPARED_WITH = ["amount", "change", "percentage"] as const;
export type ComparedWith = (typeof COMPARED_WITH)[number];

/** Everything that makes a sheet. Days are always explicit, so that a link shows the same sheet next year. */
export interface Parameters {
  preset: Preset | "custom";
  from: string;
  to: string;
  columns: "total" | Unit;
  /** What stands beside each amount; an empty list is no comparison. */
  previous_period: ComparedWith[];
  previous_year: ComparedWith[];
  percentages: string[];
  rows: RowChoice;
  /** Decimal places; null is those of the base currency. */
  precision: number | null;
  thousands: boolean;
  negative: "mines" | "parentheses";
  showZero: boolean;
  branches: number[];
  accounts: number[];
  contacts: number[];
  agingDays: number;
  agingPeriods: number;
}

export interface Today {
  day: string;
  fiscalMonth: number;
}

export type Search = Record<string, string>;

export function defaultParameters(report: ReportDefinition, today: Today): Parameters {
  const preset = report.controls.preset ?? DEFAULT_PRESET;
  return {
    preset,
    ...presetRange(preset, today.day, today.fiscalMonth),
    columns: "total",
    previous_period: [],
    previous_year: [],
    percentages: [],
    rows: report.controls.rows?.byDefault ?? "all",
    precision: null,
    thousands: false,
    negative: "mines",
    showZero: false,
    branches: [],
    accounts: [],
    contacts: [],
    agingDays: 30,
    agingPeriods: 3,
  };
}

function words(value: unknown): string[] {
  const items = Array.isArray(value) ? value : String(value ?? "").split(",");
  return items.map(String).filter(Boolean);
}

function ids(value: unknown): number[] {
  return words(value)
    .map(Number)
    .filter((id) => Number.isInteger(id) && id > 0);
}

function whole(value: unknown, from: number, to: number): number | null {
  const number = value === undefined || value === "" ? Number.NaN : Number(value);
  return Number.isInteger(number) && number >= from && number <= to ? number : null;
}

function oneOf<T extends string>(value: unknown, choices: readonly T[]): T | undefined {
  return choices.find((choice) => choice === value);
}

function flag(value: unknown): boolean {
  return value === true || value === 1 || value === "1" || value === "true";
}

function days(search: Record<string, unknown>, byDefault: Parameters, today: Today): Pick<Parameters, "preset" | "from" | "to"> {
  const preset = isPreset(search.range) ? search.range : null;
  if (isDay(search.to)) {
    const from = isDay(search.from) ? search.from : unitOf(search.to, "year", today.fiscalMonth).from;
    return { preset: preset ?? "custom", from: earlier(from, search.to), to: search.to };
  }
  if (preset) return { preset, ...presetRange(preset, today.day, today.fiscalMonth) };
  return { preset: byDefault.preset, from: byDefault.from, to: byDefault.to };
}

function compared(value: unknown, applies: boolean | undefined): ComparedWith[] {
  const wanted = applies ? words(value).flatMap((word) => oneOf(word, COMPARED_WITH) ?? []) : [];
  return wanted.length && !wanted.includes("amount") ? ["amount", ...wanted] : wanted;
}

/** Parameters of an address. What does not apply to the report, or is not understood, stays as by default. */
export function fromSearch(report: ReportDefinition, search: Record<string, unknown>, today: Today): Parameters {
  const byDefault = defaultParameters(report, today);
  const controls: Controls = report.controls;
  return {
    ...byDefault,
    ...days(search, byDefault, today),
    columns: (controls.columns && oneOf(search.columns, UNITS)) || "total",
    previous_period: compared(search.previous_period, controls.compare),
    previous_year: compared(search.previous_year, controls.compare),
    percentages: words(search.percentages).filter((name) => controls.percentages?.includes(name)),
    rows: oneOf(search.rows, controls.rows?.choices ?? []) ?? byDefault.rows,
    precision: whole(search.precision, 0, 5),
    thousands: flag(search.thousands),
    negative: oneOf(search.negative, ["parentheses"]) ?? "mines",
    showZero: flag(search.zero),
    branches: controls.branches ? ids(search.branches) : [],
    accounts: controls.accounts ? ids(search.accounts) : [],
    contacts: controls.contacts ? ids(search.contacts) : [],
    agingDays: (controls.aging && whole(search.aging_days, 1, 500)) || byDefault.agingDays,
    agingPeriods: (controls.aging && whole(search.aging_periods, 1, 12)) || byDefault.agingPeriods,
  };
}

/** The search of an address: the days, and what differs from the default. */
export function toSearch(report: ReportDefinition, parameters: Parameters, today: Today): Search {
  const byDefault = defaultParameters(report, today);
  const search: Search = report.controls.dates === "range" ? { from: parameters.from, to: parameters.to } : { to: parameters.to };
  if (parameters.preset !== "custom") search.range = parameters.preset;
  const lists = ["previous_period", "previous_year", "percentages", "branches", "accounts", "contacts"] as const;
  for (const name of lists) if (parameters[name].length) search[name] = parameters[name].join(",");
  if (parameters.columns !== "total") search.columns = parameters.columns;
  if (parameters.rows !== byDefault.rows) search.rows = parameters.rows;
  if (parameters.precision !== null) search.precision = String(parameters.precision);
  if (parameters.thousands) search.thousands = "1";
  if (parameters.negative !== "mines") search.negative = parameters.negative;
  if (parameters.showZero) search.zero = "1";
  if (parameters.agingDays !== byDefault.agingDays) search.aging_days = String(parameters.agingDays);
  if (parameters.agingPeriods !== byDefault.agingPeriods) search.aging_periods = String(parameters.agingPeriods);
  return search;
}

/** Choose a preset: its days on this day. */
export function withPreset(parameters: Parameters, preset: Preset | "custom", today: Today): Parameters {
  const range: Partial<DayRange> = preset === "custom" ? {} : presetRange(preset, today.day, today.fiscalMonth);
  return { ...parameters, ...range, preset };
}

function addComparison(query: URLSearchParams, name: Comparison, wanted: readonly ComparedWith[]): void {
  if (!wanted.length) return;
  query.set(name, "true");
  if (wanted.includes("change")) query.set(`${name}_amount_change`, "true");
  if (wanted.includes("percentage")) query.set(`${name}_percentage_change`, "true");
}

function addNumbers(query: URLSearchParams, parameters: Parameters): void {
  if (parameters.precision !== null) query.set("number_format[precision]", String(parameters.precision));
  if (parameters.thousands) query.set("number_format[divide_on1000]", "true");
  if (parameters.showZero) query.set("number_format[show_zero]", "true");
  query.set("number_format[negative_format]", parameters.negative);
}

/** The query of the API. */
export function toQuery(report: ReportDefinition, parameters: Parameters): URLSearchParams {
  const query = new URLSearchParams();
  const { controls } = report;
  if (controls.dates === "range") {
    query.set("from_date", parameters.from);
    query.set("to_date", parameters.to);
  } else query.set("as_date", parameters.to);
  addNumbers(query, parameters);
  if (parameters.columns !== "total") {
    query.set("display_columns_type", "date_periods");
    query.set("display_columns_by", parameters.columns);
  }
  for (const name of COMPARISONS) addComparison(query, name, parameters[name]);
  for (const name of parameters.percentages) query.set(name, "true");
  if (controls.rows?.choices.includes("active")) query.set("none_transactions", String(parameters.rows === "active"));
  if (controls.rows?.choices.includes("nonzero")) query.set("none_zero", String(parameters.rows === "nonzero"));
  for (const id of parameters.branches) query.append("branches_ids[]", String(id));
  if (controls.accounts) for (const id of parameters.accounts) query.append(`${controls.accounts}[]`, String(id));
  if (controls.contacts) for (const id of parameters.contacts) query.append(`${controls.contacts.parameter}[]`, String(id));
  if (controls.aging) {
    query.set("aging_days_before", String(parameters.agingDays));
    query.set("aging_periods", String(parameters.agingPeriods));
  }
  return query;
}

/** The address of the sheet in the API, for its files too. */
export function addressOf(report: ReportDefinition, parameters: Parameters): string {
  return `${report.path}?${toQuery(report, parameters)}`;
}
