/** The browser's name of a currency; null for a code that it does not know. */
export function currencyName(code: string, language: string): string | null {
  try {
    return new Intl.DisplayNames([language || "en"], { type: "currency", fallback: "none" }).of(code) ?? null;
  } catch {
    return null;
  }
}

/** The browser's sign of a currency, such as €; null for a text that cannot be a code. */
export function currencySign(code: string, language: string): string | null {
  try {
    const parts = new Intl.NumberFormat(language || "en", {
      style: "currency",
      currency: code,
      currencyDisplay: "narrowSymbol",
    }).formatToParts(0);
    return parts.find((part) => part.type === "currency")?.value ?? null;
  } catch {
    return null;
  }
}
