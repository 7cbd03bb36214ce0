import { Decimal } from "decimal.js";
import type { Expense, ExpenseBody } from "./api";

export interface CategoryValues {
  /** Tells React which row is which; never travels. */
  key: string;
  id: number | null;
  expense_account_id: number | null;
  amount: string;
  description: string;
  landed_cost: boolean;
}

export interface ExpenseValues {
  payment_account_id: number | null;
  payment_date: string | null;
  payee_id: number | null;
  currency_code: string;
  exchange_rate: string;
  reference_no: string;
  description: string;
  branch_id: number | null;
  categories: CategoryValues[];
}

export const CATEGORIES_MAX = 300;

let rowsMade = 0;

export function emptyCategory(): CategoryValues {
  rowsMade += 1;
  return { key: `row-${rowsMade}`, id: null, expense_account_id: null, amount: "", description: "", landed_cost: false };
}

export function isEmptyCategory(row: CategoryValues): boolean {
  return row.expense_account_id === null && row.amount === "" && row.description.trim() === "";
}

interface Defaults {
  today: string;
  currency: string;
  paymentAccount: number | null;
}

export function expenseValues(expense: Expense | null, defaults: Defaults): ExpenseValues {
  if (!expense) {
    return {
      payment_account_id: defaults.paymentAccount,
      payment_date: defaults.today,
      payee_id: null,
      currency_code: defaults.currency,
      exchange_rate: "1",
      reference_no: "",
      description: "",
      branch_id: null,
      categories: [emptyCategory()],
    };
  }
  return {
    payment_account_id: expense.payment_account_id,
    payment_date: expense.payment_date.slice(0, 10),
    payee_id: expense.payee_id,
    currency_code: expense.currency_code,
    exchange_rate: String(expense.exchange_rate),
    reference_no: expense.reference_no ?? "",
    description: expense.description ?? "",
    branch_id: expense.branch_id,
    categories: expense.categories.map((row) => ({
      key: `id-${row.id}`,
      id: row.id,
      expense_account_id: row.expense_account_id,
      amount: String(row.amount),
      description: row.description ?? "",
      landed_cost: row.landed_cost,
    })),
  };
}

/** What the categories come to, for the eye only: the server adds up for itself. */
export function categoriesTotal(categories: Pick<CategoryValues, "amount">[]): Decimal {
  return categories.reduce((sum, { amount }) => {
    try {
      return sum.plus(amount === "" ? 0 : amount);
    } catch {
      return sum;
    }
  }, new Decimal(0));
}

/** Errors by field path; `message` makes the words of one. */
export function expenseErrors(values: ExpenseValues, message: (key: string) => string): Record<string, string> {
  const errors: Record<string, string> = {};
  if (values.payment_account_id === null) errors.payment_account_id = message("words.required");
  if (!values.payment_date) errors.payment_date = message("words.required");
  if (!(Number(values.exchange_rate) > 0)) errors.exchange_rate = message("expenses.ratePositive");
  const filled = values.categories.filter((row) => !isEmptyCategory(row));
  values.categories.forEach((row, index) => {
    if (isEmptyCategory(row) && (index > 0 || filled.length > 0)) return;
    if (row.expense_account_id === null) errors[`categories.${index}.expense_account_id`] = message("words.required");
    if (row.amount === "") errors[`categories.${index}.amount`] = message("words.required");
  });
  return errors;
}

/** What travels: rows left empty are left out. */
export function expenseBody(values: ExpenseValues, publish: boolean): ExpenseBody {
  return {
    payment_account_id: values.payment_account_id as number,
    payment_date: values.payment_date as string,
    payee_id: values.payee_id,
    currency_code: values.currency_code,
    exchange_rate: Number(values.exchange_rate),
    reference_no: values.reference_no.trim() || null,
    description: values.description.trim() || null,
    branch_id: values.branch_id,
    publish,
    categories: values.categories
      .filter((row) => !isEmptyCategory(row))
      .map((row, index) => ({
        id: row.id,
        index: index + 1,
        expense_account_id: row.expense_account_id as number,
        amount: Number(row.amount),
        description: row.description.trim() || null,
        landed_cost: row.landed_cost,
      })),
  };
}

/** The rows after Enter in the last one: one more, as long as there is room. */
export function withRowAfter(rows: CategoryValues[]): CategoryValues[] {
  return rows.length >= CATEGORIES_MAX ? rows : [...rows, emptyCategory()];
}

/** The rows without this one; never none at all. */
export function withoutRow(rows: CategoryValues[], key: string): CategoryValues[] {
  const rest = rows.filter((row) => row.key !== key);
  return rest.length > 0 ? rest : [emptyCategory()];
}
