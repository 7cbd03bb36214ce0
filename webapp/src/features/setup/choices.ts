import { MONTHS } from "@/shared/fiscal";

/** Choices of the set-up form, in the words of the reader's language. The browser knows countries, currencies and time zones. */

const COUNTRIES =
  "AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PS PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TZ UA UG US UY UZ VA VC VE VN VU WS YE ZA ZM ZW".split(
    " ",
  );

export interface Choice {
  value: string;
  label: string;
}

function named(codes: string[], type: "region" | "currency", language: string): Choice[] {
  const names = new Intl.DisplayNames([language], { type });
  return codes
    .map((value) => ({
      value,
      label: type === "currency" ? `${value} · ${names.of(value) ?? value}` : (names.of(value) ?? value),
    }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
}

export function countries(language: string): Choice[] {
  return named(COUNTRIES, "region", language);
}

export function currencies(language: string): Choice[] {
  return named(Intl.supportedValuesOf("currency"), "currency", language);
}

export function timezones(): string[] {
  return [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])];
}

export function months(language: string): Choice[] {
  const format = new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" });
  return MONTHS.map((value, index) => ({ value, label: format.format(new Date(Date.UTC(2024, index, 15))) }));
}

/** What the browser tells about where the person is. */
export function guess(): { location: string; timezone: string } {
  const region = new Intl.Locale(navigator.language || "en-US").maximize().region ?? "US";
  return {
    location: COUNTRIES.includes(region) ? region : "US",
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
  };
}
