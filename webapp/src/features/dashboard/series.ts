import dayjs from "dayjs";
import Decimal from "decimal.js";
import type { Schemas } from "@/api/client";

type Node = Schemas["NodeOut"];

/** Days as YYYY-MM-DD, both included. */
export interface Span {
  from: string;
  to: string;
}

/** One month of one figure. */
export interface MonthPoint extends Span {
  amount: number;
}

export interface MonthFlow extends Span {
  income: number;
  expense: number;
  net: number;
}

export interface Share {
  key: string;
  name: string;
  amount: number;
}

export interface Aged {
  key: string;
  from: number | null;
  to: number | null;
  amount: number;
}

const MONTHS = 12;
const INCOME = ["INCOME", "OTHER_INCOME"];
const EXPENSE = ["COST_OF_SALES", "EXPENSES", "OTHER_EXPENSES"];

/** Twelve whole months, of which the last has the newest ledger line, or today when that is earlier. */
export function span(newest: string | null, today: string): Span {
  const end = dayjs(newest !== null && newest < today ? newest : today);
  return {
    from: end
      .subtract(MONTHS - 1, "month")
      .startOf("month")
      .format("YYYY-MM-DD"),
    to: end.endOf("month").format("YYYY-MM-DD"),
  };
}

/** The line of a statement with an id, at any depth. */
export function findNode(nodes: readonly Node[], id: string): Node | undefined {
  for (const node of nodes) {
    const found = node.id === id ? node : findNode(node.children ?? [], id);
    if (found) return found;
  }
  return undefined;
}

function periods(nodes: readonly Node[]): Span[] {
  const columns = nodes.find((node) => node.horizontal_totals?.length)?.horizontal_totals ?? [];
  // Days travel as midnight in UTC; what counts is the day.
  return columns.map(({ from_date, to_date }) => ({ from: from_date.date.slice(0, 10), to: to_date.date.slice(0, 10) }));
}

function amounts(nodes: readonly Node[], ids: readonly string[], count: number): Decimal[] {
  const lines = ids.map((id) => findNode(nodes, id)?.horizontal_totals ?? []);
  return Array.from({ length: count }, (_, index) =>
    lines.reduce((sum, line) => sum.plus(line[index]?.total.amount ?? 0), new Decimal(0)),
  );
}

/** A line of a statement by month; a line that the statement leaves out is zero. */
export function monthly(nodes: readonly Node[], id: string): MonthPoint[] {
  const months = periods(nodes);
  const figures = amounts(nodes, [id], months.length);
  return months.map((month, index) => ({ ...month, amount: figures[index]?.toNumber() ?? 0 }));
}

/** Income, expense and what is left, by month. */
export function flows(nodes: readonly Node[]): MonthFlow[] {
  const months = periods(nodes);
  const [income, expense, net] = [INCOME, EXPENSE, ["NET_INCOME"]].map((ids) => amounts(nodes, ids, months.length));
  return months.map((month, index) => ({
    ...month,
    income: income?.[index]?.toNumber() ?? 0,
    expense: expense?.[index]?.toNumber() ?? 0,
    net: net?.[index]?.toNumber() ?? 0,
  }));
}

/** The accounts with the highest expense, greatest first; those with more income than expense are left out. */
export function biggestExpenses(nodes: readonly Node[], limit: number): Share[] {
  return EXPENSE.flatMap((id) => findNode(nodes, id)?.children ?? [])
    .map((account) => ({ key: String(account.id), name: account.name, amount: account.total.amount }))
    .filter((share) => share.amount > 0)
    .sort((a, b) => b.amount - a.amount)
    .slice(0, limit);
}

/** What is open by days overdue; `from` null is not due, `to` null is without end. */
export function ages(total: Schemas["AgingTotalOut"]): Aged[] {
  const overdue = total.aging.map((period) => ({
    key: String(period.before_days),
    from: period.before_days,
    to: period.to_days,
    amount: period.total.amount,
  }));
  return [{ key: "current", from: null, to: null, amount: total.current.amount }, ...overdue];
}
