import { describe, expect, it } from "vitest";
import type { Schemas } from "@/api/client";
import { ages, biggestExpenses, findNode, flows, monthly, span } from "./series";

type Node = Schemas["NodeOut"];

function money(amount: number): Schemas["AmountOut"] {
  return { amount, formatted_amount: `$${amount}`, currency_code: "USD" };
}

function day(date: string): Schemas["DateOut"] {
  return { date: `${date}T00:00:00.000Z`, formatted_date: date };
}

const MONTHS = [
  { from: "2024-01-01", to: "2024-01-31" },
  { from: "2024-02-01", to: "2024-02-29" },
];

function node(id: string | number, name: string, figures: number[], total: number, children?: Node[]): Node {
  return {
    id,
    name,
    node_type: typeof id === "number" ? "ACCOUNT" : "ACCOUNTS",
    total: money(total),
    horizontal_totals: figures.map((amount, index) => ({
      total: money(amount),
      from_date: day(MONTHS[index]?.from ?? ""),
      to_date: day(MONTHS[index]?.to ?? ""),
    })),
    children,
  };
}

const PROFIT_LOSS = [
  node("INCOME", "Income", [0.1, 200], 200.1, [node(1, "Sales", [0.1, 200], 200.1)]),
  node("COST_OF_SALES", "Cost of sales", [0, 20], 20, [node(2, "Goods", [0, 20], 20)]),
  node("EXPENSES", "Expenses", [30, 40], 70, [
    node(3, "Rent", [30, 30], 60, [node(6, "Office", [30, 30], 60)]),
    node(4, "Fees", [0, 10], 10),
    node(5, "Refunds", [0, -3], -3),
  ]),
  node("OTHER_INCOME", "Other income", [0.2, 0], 0.2),
  node("NET_INCOME", "NET INCOME", [-29.7, 140], 110.3),
];

const BALANCE_SHEET = [
  node("ASSETS", "Assets", [100, 150], 150, [
    node("CURRENT_ASSETS", "Current Asset", [100, 150], 150, [node("CASH_EQUIVALENTS", "Cash", [90, 120], 120)]),
  ]),
  node("LIABILITY_EQUITY", "Liabilities and Equity", [100, 150], 150, [node("EQUITY", "Equity", [80, 110], 110)]),
];

describe("statements as series", () => {
  it("finds a line at any depth", () => {
    expect(findNode(BALANCE_SHEET, "CASH_EQUIVALENTS")?.name).toBe("Cash");
    expect(findNode(PROFIT_LOSS, "OTHER_EXPENSES")).toBeUndefined();
  });

  it("gives a line by month, and zeros for one that is left out", () => {
    expect(monthly(BALANCE_SHEET, "EQUITY")).toEqual([
      { from: "2024-01-01", to: "2024-01-31", amount: 80 },
      { from: "2024-02-01", to: "2024-02-29", amount: 110 },
    ]);
    expect(monthly(BALANCE_SHEET, "INVENTORY").map((point) => point.amount)).toEqual([0, 0]);
    expect(monthly([], "EQUITY")).toEqual([]);
  });

  it("adds all kinds of income and of expense without binary rounding", () => {
    expect(flows(PROFIT_LOSS)).toEqual([
      { from: "2024-01-01", to: "2024-01-31", income: 0.3, expense: 30, net: -29.7 },
      { from: "2024-02-01", to: "2024-02-29", income: 200, expense: 60, net: 140 },
    ]);
  });

  it("orders expenses by amount, accounts below counted in the one above", () => {
    expect(biggestExpenses(PROFIT_LOSS, 2)).toEqual([
      { key: "3", name: "Rent", amount: 60 },
      { key: "2", name: "Goods", amount: 20 },
    ]);
    expect(biggestExpenses(PROFIT_LOSS, 9).map((share) => share.name)).toEqual(["Rent", "Goods", "Fees"]);
  });

  it("puts what is not due before the overdue periods", () => {
    const period = { from_period: "", to_period: null, total: money(7) };
    const total = {
      current: money(5),
      aging: [
        { ...period, before_days: 1, to_days: 30 },
        { ...period, before_days: 31, to_days: null },
      ],
      total: money(19),
    };
    expect(ages(total)).toEqual([
      { key: "current", from: null, to: null, amount: 5 },
      { key: "1", from: 1, to: 30, amount: 7 },
      { key: "31", from: 31, to: null, amount: 7 },
    ]);
  });
});

describe("span", () => {
  it("is the twelve months up to that of the newest line", () => {
    expect(span("2024-02-10", "2026-05-05")).toEqual({ from: "2023-03-01", to: "2024-02-29" });
  });

  it("ends with today's month when lines lie ahead or there are none", () => {
    expect(span("2030-01-01", "2026-05-31")).toEqual({ from: "2025-06-01", to: "2026-05-31" });
    expect(span(null, "2026-01-15")).toEqual({ from: "2025-02-01", to: "2026-01-31" });
  });
});
