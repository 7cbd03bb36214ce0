/** The names that the API has for months, from January. */
export const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

/** The month that begins the fiscal year, 1 to 12, from its name in the organization's profile. January where it has none. */
export function fiscalMonth(name: unknown): number {
  return Math.max(MONTHS.indexOf(String(name ?? "").toLowerCase()), 0) + 1;
}
