import { describe, expect, it } from "vitest";
import { fiscalMonth } from "@/shared/fiscal";
import { isDay, periodsOf, presetRange, previousPeriod, previousYear, unitOf } from "./days";

const JANUARY = 1;
const APRIL = 4;
const JULY = 7;

describe("presets", () => {
  it.each([
    ["today", JANUARY, "2024-02-29", "2024-02-29"],
    ["this_week", JANUARY, "2024-02-26", "2024-03-03"],
    ["this_month", JANUARY, "2024-02-01", "2024-02-29"],
    ["month_to_date", JANUARY, "2024-02-01", "2024-02-29"],
    ["last_month", JANUARY, "2024-01-01", "2024-01-31"],
    ["this_quarter", JANUARY, "2024-01-01", "2024-03-31"],
    ["last_quarter", JANUARY, "2023-10-01", "2023-12-31"],
    ["this_fiscal_year", JANUARY, "2024-01-01", "2024-12-31"],
    ["this_fiscal_year", APRIL, "2023-04-01", "2024-03-31"],
    ["fiscal_year_to_date", APRIL, "2023-04-01", "2024-02-29"],
    ["last_fiscal_year", APRIL, "2022-04-01", "2023-03-31"],
    ["last_fiscal_year", JULY, "2022-07-01", "2023-06-30"],
  ] as const)("%s with a fiscal year from month %i", (preset, month, from, to) => {
    expect(presetRange(preset, "2024-02-29", month)).toEqual({ from, to });
  });

  it("counts quarters from the fiscal year's first month", () => {
    expect(presetRange("this_quarter", "2024-05-10", 2)).toEqual({ from: "2024-05-01", to: "2024-07-31" });
    expect(presetRange("this_quarter", "2024-01-10", 2)).toEqual({ from: "2023-11-01", to: "2024-01-31" });
  });

  it("begins a fiscal year on its first day", () => {
    expect(presetRange("fiscal_year_to_date", "2024-04-01", APRIL)).toEqual({ from: "2024-04-01", to: "2024-04-01" });
    expect(presetRange("this_fiscal_year", "2024-03-31", APRIL)).toEqual({ from: "2023-04-01", to: "2024-03-31" });
  });
});

describe("days", () => {
  it("knows months by their names", () => {
    expect(fiscalMonth("April")).toBe(4);
    expect(fiscalMonth("december")).toBe(12);
    expect(fiscalMonth(undefined)).toBe(1);
    expect(fiscalMonth("soon")).toBe(1);
  });

  it("refuses days that do not exist", () => {
    expect(isDay("2024-02-29")).toBe(true);
    expect(isDay("2023-02-29")).toBe(false);
    expect(isDay("2024-2-9")).toBe(false);
    expect(isDay(20240229)).toBe(false);
  });

  it("begins weeks on Monday", () => {
    expect(unitOf("2024-03-03", "week", JANUARY)).toEqual({ from: "2024-02-26", to: "2024-03-03" });
    expect(unitOf("2024-03-04", "week", JANUARY)).toEqual({ from: "2024-03-04", to: "2024-03-10" });
  });

  it("lays out full units", () => {
    expect(periodsOf({ from: "2024-02-10", to: "2024-04-05" }, "month", JANUARY).map((period) => period.to)).toEqual([
      "2024-02-29",
      "2024-03-31",
      "2024-04-30",
    ]);
    expect(periodsOf({ from: "2024-03-31", to: "2024-04-01" }, "year", APRIL)).toHaveLength(2);
    expect(periodsOf({ from: "2024-04-05", to: "2024-02-10" }, "month", JANUARY)).toEqual([]);
  });

  it("compares with as many days before, and with the year before", () => {
    expect(previousPeriod({ from: "2024-03-01", to: "2024-03-31" })).toEqual({ from: "2024-01-30", to: "2024-02-29" });
    expect(previousYear({ from: "2024-02-01", to: "2024-02-29" })).toEqual({ from: "2023-02-01", to: "2023-02-28" });
  });
});
