import dayjs from "dayjs";
import { documentPath as pathOfDocument } from "@/shared/documents";
import { fiscalMonth } from "@/shared/fiscal";

/** Days as YYYY-MM-DD, both included. */
export interface DateRange {
  from_date: string;
  to_date: string;
}

export type Preset = "lastYear" | "fiscalYear" | "allTime";
export const PRESETS: readonly Preset[] = ["lastYear", "fiscalYear", "allTime"];

const FIRST_DAY = "1900-01-01";
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function today(): string {
  return dayjs().format("YYYY-MM-DD");
}

/** The later of the account's newest line and today. */
function lastDay(newest: string | null, now: string): string {
  return newest !== null && newest > now ? newest : now;
}

/** `newest`: the day of the newest line. `fiscalStart`: the name of the fiscal year's first month. */
export function presetRange(preset: Preset, newest: string | null, fiscalStart: string, now: string = today()): DateRange {
  const end = dayjs(preset === "allTime" ? lastDay(newest, now) : (newest ?? now));
  const to_date = end.format("YYYY-MM-DD");
  if (preset === "allTime") return { from_date: FIRST_DAY, to_date };
  if (preset === "lastYear") return { from_date: end.subtract(12, "month").add(1, "day").format("YYYY-MM-DD"), to_date };
  const first = fiscalMonth(fiscalStart) - 1;
  const year = end.month() < first ? end.year() - 1 : end.year();
  const start = dayjs(`${year}-${String(first + 1).padStart(2, "0")}-01`);
  return {
    from_date: start.format("YYYY-MM-DD"),
    to_date: start.add(12, "month").subtract(1, "day").format("YYYY-MM-DD"),
  };
}

/** The range of an address, null when it has none or not a sound one. */
export function rangeOf(search: unknown): DateRange | null {
  const { from_date, to_date } = (search ?? {}) as Record<string, unknown>;
  if (typeof from_date !== "string" || typeof to_date !== "string") return null;
  return DAY.test(from_date) && DAY.test(to_date) ? { from_date, to_date } : null;
}

/** Where a line's document is shown, null for kinds without a page. */
export function documentPath(referenceType: string, referenceId: number): string | null {
  switch (referenceType) {
    case "CustomerOpeningBalance":
      return `/customers/${referenceId}`;
    case "VendorOpeningBalance":
      return `/vendors/${referenceId}`;
    default:
      return pathOfDocument(referenceType, referenceId);
  }
}
