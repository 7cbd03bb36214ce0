import { describe, expect, it } from "vitest";
import { dayTokens, formatDate, formatMoney, formatMonth } from "./format";

describe("formatDate", () => {
  it.each([
    ["dd/MM/yyyy", "05/03/2026"],
    ["yyyy-MM-dd", "2026-03-05"],
    ["DD MMM YYYY", "05 Mar 2026"],
    ["DD MMM yyyy", "05 Mar 2026"],
    ["MM/dd/yy", "03/05/26"],
  ])("writes the day in the form %s", (format, text) => {
    expect(formatDate("2026-03-05", format)).toBe(text);
  });
  it("leaves what is not a day as it is", () => {
    expect(formatDate("soon")).toBe("soon");
    expect(formatDate(null)).toBe("");
  });
  it("keeps the tokens of months", () => {
    expect(dayTokens("d MMM yyyy")).toBe("D MMM YYYY");
  });
});

describe("formatMoney", () => {
  it("writes every digit of an amount that a binary number cannot hold", () => {
    expect(formatMoney("9007199254740993.01", "USD")).toBe("$9,007,199,254,740,993.01");
  });
  it("has the decimals of the currency", () => {
    expect(formatMoney(1000, "JPY")).toBe("¥1,000");
    expect(formatMoney("-1.5", "USD")).toBe("-$1.50");
  });
});

describe("formatMonth", () => {
  it("is short on charts and whole in headings", () => {
    expect(formatMonth("2026-10-31")).toBe("Oct 26");
    expect(formatMonth("2026-10-01", "numeric")).toBe("Oct 2026");
  });
});
