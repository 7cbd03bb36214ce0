import { describe, expect, it } from "vitest";
import { type ReportDefinition, reportOf } from "./definitions";
import { daysOf, drillTarget } from "./drill";
import { fromSearch } from "./parameters";
import { accountsOf, expandableKeys, type FlatRow, flatten, isNegative, type Leaf, leavesOf, type TableRow } from "./table";

function row(name: string, type: string, id?: number | string, children: TableRow[] = []): TableRow {
  return {
    cells: [
      { key: "name", value: name },
      { key: "total", value: "1" },
    ],
    row_types: [type],
    id,
    children,
  };
}

const TREE = [
  row("Assets", "AGGREGATE", "ASSETS", [
    row("Cash", "ACCOUNT", 1, [row("Till", "ACCOUNT", 2), row("Total Cash", "TOTAL", 1)]),
    row("Bank", "ACCOUNT", "account-3"),
    row("Total Assets", "TOTAL", "ASSETS"),
  ]),
];
const TODAY = { day: "2024-05-15", fiscalMonth: 1 };
const BALANCE = reportOf("balance-sheet") as ReportDefinition;

describe("rows", () => {
  it("are flat in their order, without what is collapsed", () => {
    expect(flatten(TREE, new Set()).map(({ key, depth }) => `${key}@${depth}`)).toEqual([
      "0@0",
      "0.0@1",
      "0.0.0@2",
      "0.0.1@2",
      "0.1@1",
      "0.2@1",
    ]);
    expect(flatten(TREE, new Set(["0.0"])).map(({ key }) => key)).toEqual(["0", "0.0", "0.1", "0.2"]);
    expect(expandableKeys(TREE)).toEqual(["0", "0.0"]);
  });

  it("are made of all accounts below", () => {
    expect(accountsOf(TREE[0] as TableRow)).toEqual([1, 2, 3]);
  });

  it("tell negative figures", () => {
    expect(["-1.00", "-$1.00", "$-1.00", "($1.00)"].map(isNegative)).toEqual([true, true, true, true]);
    expect(["1.00", "$1.00", "", "2024-01-31"].map(isNegative)).toEqual([false, false, false, false]);
  });
});

describe("columns", () => {
  it("are flat under the headings of their groups", () => {
    const leaves = leavesOf([
      { key: "name", label: "Account name" },
      {
        key: "date-range-0",
        label: "2024-01",
        children: [
          { key: "total", label: "Total" },
          { key: "previous_year", label: "PY" },
        ],
      },
      { key: "date-range-1", label: "2024-02", children: [{ key: "total", label: "Total" }] },
    ]);
    expect(leaves.map(({ key, group, period, numeric }) => [key, group, period, numeric])).toEqual([
      ["name", "", -1, false],
      ["total", "2024-01", 0, true],
      ["previous_year", "2024-01", 0, true],
      ["total", "2024-02", 1, true],
    ]);
  });
});

describe("entries behind a figure", () => {
  const leaf: Leaf = { key: "date-range-1", label: "", group: "", period: 1, numeric: true };

  it("are those of the column's days", () => {
    const parameters = fromSearch(BALANCE, { from: "2024-01-10", to: "2024-02-15", columns: "month" }, TODAY);
    expect(daysOf(parameters, leaf, 1)).toEqual({ from: "2024-02-01", to: "2024-02-15" });
    expect(daysOf(parameters, { ...leaf, key: "percentage_of_row-1" }, 1)).toBeNull();
    expect(daysOf({ ...parameters, columns: "total" }, { ...leaf, key: "previous_year" }, 1)).toEqual({
      from: "2023-01-10",
      to: "2023-02-15",
    });
  });

  it("of a total are those of the rows that it sums up", () => {
    const rows = flatten(TREE, new Set());
    const parameters = fromSearch(BALANCE, { from: "2024-01-01", to: "2024-02-15" }, TODAY);
    const target = drillTarget(BALANCE, parameters, rows.at(-1) as FlatRow, { ...leaf, key: "total" }, 1);
    expect(target).toMatchObject({ of: "accounts", accounts: [1, 2, 3], from: "2024-01-01", to: "2024-02-15" });
  });
});
