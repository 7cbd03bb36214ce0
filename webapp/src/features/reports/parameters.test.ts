import { describe, expect, it } from "vitest";
import { REPORTS, type ReportDefinition, reportOf } from "./definitions";
import { defaultParameters, fromSearch, type Parameters, toQuery, toSearch } from "./parameters";

const TODAY = { day: "2024-05-15", fiscalMonth: 4 };

function report(slug: string): ReportDefinition {
  const found = reportOf(slug);
  if (!found) throw new Error(`no report ${slug}`);
  return found;
}

const BALANCE = report("balance-sheet");
const AGING = report("receivable-aging");

describe("address of a sheet", () => {
  it.each(REPORTS.map(({ slug }) => slug))("keeps the default of %s", (slug) => {
    const parameters = defaultParameters(report(slug), TODAY);
    expect(fromSearch(report(slug), toSearch(report(slug), parameters, TODAY), TODAY)).toEqual(parameters);
  });

  it("is the fiscal year to date where it says nothing", () => {
    expect(fromSearch(BALANCE, {}, TODAY)).toMatchObject({ preset: "fiscal_year_to_date", from: "2024-04-01", to: "2024-05-15" });
  });

  it("is the month to date for listings of every entry", () => {
    expect(fromSearch(report("journal"), {}, TODAY)).toMatchObject({
      preset: "month_to_date",
      from: "2024-05-01",
      to: "2024-05-15",
    });
  });

  it("keeps every choice", () => {
    const parameters: Parameters = {
      ...defaultParameters(BALANCE, TODAY),
      preset: "custom",
      from: "2023-01-01",
      to: "2023-12-31",
      columns: "quarter",
      previous_period: ["amount", "change"],
      previous_year: ["amount", "percentage"],
      percentages: ["percentage_of_row"],
      rows: "nonzero",
      precision: 0,
      thousands: true,
      negative: "parentheses",
      showZero: true,
      branches: [3],
      accounts: [1000, 1001],
    };
    expect(fromSearch(BALANCE, toSearch(BALANCE, parameters, TODAY), TODAY)).toEqual(parameters);
  });

  it("shows the same days on another day", () => {
    const search = toSearch(BALANCE, defaultParameters(BALANCE, TODAY), TODAY);
    const later = fromSearch(BALANCE, search, { day: "2025-11-01", fiscalMonth: 4 });
    expect(later).toMatchObject({ from: "2024-04-01", to: "2024-05-15" });
  });

  it("takes what the router parsed as numbers and lists", () => {
    const parsed = fromSearch(BALANCE, { branches: 7, accounts: [1, "2"], precision: 3, thousands: 1 }, TODAY);
    expect(parsed).toMatchObject({ branches: [7], accounts: [1, 2], precision: 3, thousands: true });
  });

  it("ignores what it does not understand", () => {
    const parsed = fromSearch(
      BALANCE,
      {
        from: "2024-13-01",
        to: "yesterday",
        columns: "century",
        rows: "some",
        precision: 9,
        branches: "x,-1,0",
        percentages: "basis",
      },
      TODAY,
    );
    expect(parsed).toEqual(defaultParameters(BALANCE, TODAY));
  });

  it("keeps to what the report has", () => {
    const parsed = fromSearch(AGING, { columns: "month", previous_year: "amount", accounts: "1", rows: "active" }, TODAY);
    expect(parsed).toMatchObject({ columns: "total", previous_year: [], accounts: [], rows: "all" });
  });

  it("shows the compared amount beside its change", () => {
    expect(fromSearch(BALANCE, { previous_year: "change" }, TODAY).previous_year).toEqual(["amount", "change"]);
  });

  it("never begins after its end", () => {
    const parsed = fromSearch(BALANCE, { from: "2024-06-01", to: "2024-05-01" }, TODAY);
    expect(parsed.from <= parsed.to).toBe(true);
  });
});

describe("query of the API", () => {
  it("names parameters as the API does", () => {
    const parameters = fromSearch(
      BALANCE,
      {
        from: "2024-01-01",
        to: "2024-03-31",
        columns: "month",
        previous_year: "amount,change,percentage",
        percentages: "percentage_of_column",
        precision: "0",
        thousands: "1",
        negative: "parentheses",
        branches: "1,2",
        rows: "nonzero",
      },
      TODAY,
    );
    const query = toQuery(BALANCE, parameters);
    expect(query.getAll("branches_ids[]")).toEqual(["1", "2"]);
    query.delete("branches_ids[]");
    expect(Object.fromEntries(query)).toEqual({
      from_date: "2024-01-01",
      to_date: "2024-03-31",
      "number_format[precision]": "0",
      "number_format[divide_on1000]": "true",
      "number_format[negative_format]": "parentheses",
      display_columns_type: "date_periods",
      display_columns_by: "month",
      previous_year: "true",
      previous_year_amount_change: "true",
      previous_year_percentage_change: "true",
      percentage_of_column: "true",
      none_transactions: "false",
      none_zero: "true",
    });
  });

  it("asks reports as of a day for the day alone", () => {
    const query = toQuery(AGING, fromSearch(AGING, { to: "2024-05-01", aging_days: "15", contacts: "9" }, TODAY));
    expect(query.get("as_date")).toBe("2024-05-01");
    expect(query.has("from_date")).toBe(false);
    expect(query.get("aging_days_before")).toBe("15");
    expect(query.getAll("customers_ids[]")).toEqual(["9"]);
    expect(query.has("none_transactions")).toBe(false);
  });
});
