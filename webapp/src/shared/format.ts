import dayjs from "dayjs";
import i18next from "i18next";

const formats = new Map<string, Intl.NumberFormat>();
const FORMATS_MAX = 200;

function numberFormat(currency: string): Intl.NumberFormat {
  let format = formats.get(currency);
  if (!format) {
    if (formats.size >= FORMATS_MAX) formats.clear();
    // Amounts look the same in every language, as the statements have them.
    format = new Intl.NumberFormat("en", {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
    });
    formats.set(currency, format);
  }
  return format;
}

/** An amount of a currency as people read it. The decimal text goes to the formatter as it is, so no digit is lost on the way. */
export function formatMoney(value: number | string | null | undefined, currency = "USD"): string {
  if (value === null || value === undefined || value === "") return "";
  try {
    return numberFormat(currency).format(value as unknown as number);
  } catch {
    return `${value} ${currency}`;
  }
}

/** The organisation's form of dates (`dd/MM/yyyy`, Unicode tokens) in the tokens of dayjs. */
export function dayTokens(format: string): string {
  return format
    .replace(/y+/g, (years) => (years.length === 2 ? "YY" : "YYYY"))
    .replace(/d+/g, (days) => (days.length === 1 ? "D" : "DD"));
}

/** A day `YYYY-MM-DD` in the organisation's form (`date_format`). */
export function formatDate(day: string | null | undefined, format = "DD MMM YYYY"): string {
  if (!day) return "";
  const parsed = dayjs(day);
  return parsed.isValid() ? parsed.format(dayTokens(format)) : day;
}

/** A day's month, short: "Oct 26", or "Oct 2026" with the whole year. */
export function formatMonth(day: string, year: "2-digit" | "numeric" = "2-digit"): string {
  const format = new Intl.DateTimeFormat(`${i18next.language || "en"}-u-nu-latn-ca-gregory`, { month: "short", year });
  return format.format(dayjs(day).toDate());
}

/** An instant, in the reader's own time zone. */
export function formatInstant(instant: string | null | undefined): string {
  if (!instant) return "";
  const parsed = dayjs(instant);
  return parsed.isValid() ? parsed.format("DD MMM YYYY HH:mm") : instant;
}
