import dayjs, { type Dayjs } from "dayjs";

/** Days as `YYYY-MM-DD`, both included. */
export interface DayRange {
  from: string;
  to: string;
}

export const PRESETS = [
  "today",
  "this_week",
  "this_month",
  "this_quarter",
  "this_fiscal_year",
  "month_to_date",
  "quarter_to_date",
  "fiscal_year_to_date",
  "last_month",
  "last_quarter",
  "last_fiscal_year",
] as const;
export type Preset = (typeof PRESETS)[number];
export const DEFAULT_PRESET: Preset = "fiscal_year_to_date";

export type Unit = "day" | "week" | "month" | "quarter" | "year";
export const UNITS: readonly Unit[] = ["day", "week", "month", "quarter", "year"];

const MONTHS_OF: Record<"month" | "quarter" | "year", number> = { month: 1, quarter: 3, year: 12 };

export function isDay(value: unknown): value is string {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) && dayjs(value).format("YYYY-MM-DD") === value;
}

export function isPreset(value: unknown): value is Preset {
  return PRESETS.some((preset) => preset === value);
}

function range(first: Dayjs, last: Dayjs): DayRange {
  return { from: first.format("YYYY-MM-DD"), to: last.format("YYYY-MM-DD") };
}

/** The unit that a day is in. Quarters and years are those of the fiscal year; weeks begin on Monday. */
export function unitOf(day: string, unit: Unit, firstMonth: number): DayRange {
  const date = dayjs(day);
  if (unit === "day") return range(date, date);
  if (unit === "week") {
    const monday = date.subtract((date.day() + 6) % 7, "day");
    return range(monday, monday.add(6, "day"));
  }
  const months = MONTHS_OF[unit];
  const passed = (date.month() + 1 - firstMonth + 12) % 12;
  const first = date.startOf("month").subtract(passed % months, "month");
  return range(first, first.add(months, "month").subtract(1, "day"));
}

/** The days that a preset means on a day. */
export function presetRange(preset: Preset, today: string, firstMonth: number): DayRange {
  if (preset === "today") return { from: today, to: today };
  const unit: Unit = preset.includes("week")
    ? "week"
    : preset.includes("month")
      ? "month"
      : preset.includes("quarter")
        ? "quarter"
        : "year";
  const current = unitOf(today, unit, firstMonth);
  if (preset.endsWith("to_date")) return { from: current.from, to: today };
  if (preset.startsWith("last")) return unitOf(dayjs(current.from).subtract(1, "day").format("YYYY-MM-DD"), unit, firstMonth);
  return current;
}

/** The full units from the one with the first day to the one with the last, at most `limit`: a sheet's period columns. */
export function periodsOf(span: DayRange, unit: Unit, firstMonth: number, limit = 366): DayRange[] {
  const found: DayRange[] = [];
  for (let day = span.from; day <= span.to && found.length < limit; ) {
    const period = unitOf(day, unit, firstMonth);
    found.push(period);
    day = dayjs(period.to).add(1, "day").format("YYYY-MM-DD");
  }
  return found;
}

export function earlier(one: string, other: string): string {
  return one.localeCompare(other) < 0 ? one : other;
}

export function later(one: string, other: string): string {
  return one.localeCompare(other) < 0 ? other : one;
}

/** What both ranges have in common. */
export function within(inner: DayRange, outer: DayRange): DayRange {
  return { from: later(inner.from, outer.from), to: earlier(inner.to, outer.to) };
}

/** As many days directly before. */
export function previousPeriod(span: DayRange): DayRange {
  const days = dayjs(span.to).diff(dayjs(span.from), "day") + 1;
  return range(dayjs(span.from).subtract(days, "day"), dayjs(span.to).subtract(days, "day"));
}

export function previousYear(span: DayRange): DayRange {
  return range(dayjs(span.from).subtract(12, "month"), dayjs(span.to).subtract(12, "month"));
}
