import { describe, expect, it } from "vitest";
import { CONDITIONS_MAX, type Condition, fieldsOf, filterRoles, isUsable, type Operator, passes, readFilter } from "./filter";
import type { Column } from "./types";

interface Row {
  name: string | null;
  amount: number | null;
  day: string;
  kind: string;
}

const columns: Column<Row>[] = [
  { key: "name", header: "Name", value: (row) => row.name, sortKey: "display_name", filter: { type: "text" } },
  { key: "amount", header: "Amount", value: (row) => row.amount, filter: { type: "number" } },
  { key: "day", header: "Day", value: (row) => row.day, filter: { type: "date", key: "payment_date" } },
  { key: "kind", header: "Kind", value: () => "shown", filter: { type: "choice", value: (row) => row.kind } },
  { key: "other", header: "Other", value: () => null },
];
const rows: Row[] = [
  { name: "Café Zürich", amount: 10, day: "2026-01-31T00:00:00.000Z", kind: "cash" },
  { name: null, amount: null, day: "2026-02-01", kind: "bank" },
];
const fields = fieldsOf(columns, rows);
const [first, second] = rows as [Row, Row];

function condition(field: string, operator: Operator, value: string, joint: "and" | "or" = "and"): Condition {
  return { joint, field, operator, value };
}

describe("fieldsOf", () => {
  it("offers the columns that say how, with the choices in the rows", () => {
    expect(fields.map(({ key, wireKey }) => [key, wireKey])).toEqual([
      ["name", "display_name"],
      ["amount", "amount"],
      ["day", "payment_date"],
      ["kind", "kind"],
    ]);
    expect(fields[3]?.choices.map(({ value }) => value)).toEqual(["bank", "cash"]);
  });
});

describe("passes", () => {
  it.each<[string, Operator, string, boolean]>([
    ["name", "contains", "zurich", true],
    ["name", "contains", "CAFÉ", true],
    ["name", "not_contains", "zurich", false],
    ["name", "not_contains", "bern", true],
    ["name", "equals", "cafe zurich", true],
    ["name", "equals", "cafe", false],
    ["name", "not_equals", "cafe", true],
    ["name", "starts_with", "cafe", true],
    ["name", "starts_with", "zurich", false],
    ["name", "ends_with", "zurich", true],
    ["amount", "equals", "10.00", true],
    ["amount", "not_equals", "10", false],
    ["amount", "bigger_than", "9.99", true],
    ["amount", "bigger_than", "10", false],
    ["amount", "bigger_or_equal", "10", true],
    ["amount", "smaller_than", "10", false],
    ["amount", "smaller_or_equal", "10", true],
    ["amount", "bigger_than", "-1", true],
    ["day", "in", "2026-01-31", true],
    ["day", "in", "2026-02-01", false],
    ["day", "before", "2026-02-01", true],
    ["day", "before", "2026-01-31", false],
    ["day", "after", "2026-01-30", true],
    ["day", "after", "2026-01-31", false],
    ["kind", "is", "cash", true],
    ["kind", "is_not", "cash", false],
  ])("%s %s %s: %s", (field, operator, value, held) => {
    expect(passes(first, [condition(field, operator, value)], fields)).toBe(held);
  });

  it("finds nothing where there is nothing, as the database does", () => {
    for (const operator of ["contains", "not_contains", "not_equals"] as const) {
      expect(passes(second, [condition("name", operator, "x")], fields)).toBe(false);
    }
    expect(passes(second, [condition("amount", "not_equals", "1")], fields)).toBe(false);
  });

  it("joins from left to right", () => {
    const yes = condition("kind", "is", "cash");
    const no = condition("kind", "is", "bank");
    expect(passes(first, [yes, { ...no, joint: "or" }, no], fields)).toBe(false);
    expect(passes(first, [no, { ...yes, joint: "or" }], fields)).toBe(true);
    expect(passes(first, [no, yes], fields)).toBe(false);
    expect(passes(first, [{ ...no, joint: "or" }], fields)).toBe(false);
  });

  it("lets everything through that is not asked", () => {
    expect(passes(first, [], fields)).toBe(true);
    expect(passes(first, [condition("gone", "is", "x"), condition("amount", "equals", "")], fields)).toBe(true);
  });
});

describe("isUsable", () => {
  it.each<[string, Operator, string]>([
    ["gone", "is", "x"],
    ["name", "contains", " "],
    ["name", "bigger_than", "1"],
    ["name", "contains", "x".repeat(101)],
    ["amount", "equals", "ten"],
    ["amount", "equals", "1e5"],
    ["amount", "equals", "99999999999999"],
    ["day", "in", "2026-02-00"],
    ["day", "in", "1850-02-01"],
    ["day", "in", "yesterday"],
    ["kind", "is", ""],
  ])("refuses %s %s %s, which the server would too", (field, operator, value) => {
    expect(isUsable(condition(field, operator, value), fields)).toBe(false);
  });
});

describe("filterRoles", () => {
  it("names fields as the server does, and leaves out what cannot be asked", () => {
    const text = filterRoles(
      [condition("name", "contains", "a"), condition("gone", "is", "x"), condition("day", "after", "2026-01-01", "or")],
      fields,
    );
    expect(JSON.parse(text ?? "")).toEqual([
      { field_key: "display_name", comparator: "contains", value: "a", condition: "and" },
      { field_key: "payment_date", comparator: "after", value: "2026-01-01", condition: "or" },
    ]);
    expect(filterRoles([condition("amount", "equals", "")], fields)).toBeUndefined();
  });
});

describe("readFilter", () => {
  it("takes what it wrote", () => {
    const filter = [condition("name", "contains", "a"), condition("amount", "equals", "1", "or")];
    expect(readFilter(JSON.parse(JSON.stringify(filter)))).toEqual(filter);
  });
  it("takes nonsense for no filter, and not too much", () => {
    expect([readFilter(null), readFilter("x"), readFilter([null, 1, { field: 1 }])]).toEqual([[], [], []]);
    expect(readFilter(Array(50).fill(condition("name", "contains", "a")))).toHaveLength(CONDITIONS_MAX);
  });
});
