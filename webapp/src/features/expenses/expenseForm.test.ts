import { describe, expect, it } from "vitest";
import {
  CATEGORIES_MAX,
  categoriesTotal,
  emptyCategory,
  expenseBody,
  expenseErrors,
  expenseValues,
  withoutRow,
  withRowAfter,
} from "./expenseForm";

const fresh = () => expenseValues(null, { today: "2024-02-29", currency: "USD", paymentAccount: 7 });
const words = (key: string) => key;

describe("the form of an expense", () => {
  it("adds decimals up without a rounding error", () => {
    expect(categoriesTotal([{ amount: "0.1" }, { amount: "0.2" }, { amount: "" }, { amount: "-" }]).toString()).toBe("0.3");
  });

  it("asks for account and amount of the only row, and leaves empty rows alone when another is filled", () => {
    expect(Object.keys(expenseErrors(fresh(), words))).toEqual(["categories.0.expense_account_id", "categories.0.amount"]);
    const filled = { ...fresh(), categories: [emptyCategory(), { ...emptyCategory(), expense_account_id: 3, amount: "5" }] };
    expect(expenseErrors(filled, words)).toEqual({});
  });

  it("asks for the payment account, the day and a rate above zero", () => {
    const values = { ...fresh(), payment_account_id: null, payment_date: null, exchange_rate: "0" };
    expect(expenseErrors(values, words)).toMatchObject({
      payment_account_id: "words.required",
      payment_date: "words.required",
      exchange_rate: "expenses.ratePositive",
    });
  });

  it("sends filled rows only, in order, and null for empty texts", () => {
    const row = { ...emptyCategory(), id: 9, expense_account_id: 3, amount: "12.50", description: " paper " };
    const body = expenseBody({ ...fresh(), categories: [emptyCategory(), row, emptyCategory()] }, true);
    expect(body).toMatchObject({
      payment_account_id: 7,
      payment_date: "2024-02-29",
      exchange_rate: 1,
      reference_no: null,
      publish: true,
    });
    expect(body.categories).toEqual([
      { id: 9, index: 1, expense_account_id: 3, amount: 12.5, description: "paper", landed_cost: false },
    ]);
  });
});

describe("the rows", () => {
  it("never are none, and have distinct keys", () => {
    const one = emptyCategory();
    const left = withoutRow([one], one.key);
    expect(left).toHaveLength(1);
    expect(left[0]?.key).not.toBe(one.key);
  });

  it("stop at the most that the server takes", () => {
    const full = Array.from({ length: CATEGORIES_MAX }, emptyCategory);
    expect(withRowAfter(full)).toBe(full);
    expect(withRowAfter([emptyCategory()])).toHaveLength(2);
  });
});
