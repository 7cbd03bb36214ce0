import { describe, expect, it } from "vitest";
import { accountingValues, changedSettings } from "./accountingForm";

const stored = [
  { group: "accounts", key: "account_code_unique", value: true },
  { group: "manual_journals", key: "number_prefix", value: "J-" },
  { group: "manual_journals", key: "next_number", value: "00009" },
  { group: "manual_journals", key: "auto_increment", value: "1" },
  { group: "expenses", key: "preferred_payment_account", value: 1001 },
];

describe("the accounting settings", () => {
  it("are read by their types", () => {
    expect(accountingValues(stored)).toEqual({
      account_code_required: false,
      account_code_unique: true,
      journal_auto_increment: true,
      journal_prefix: "J-",
      journal_next_number: "00009",
      expense_payment_account: 1001,
    });
  });

  it("send what was changed only, and null for what was cleared", () => {
    const before = accountingValues(stored);
    expect(changedSettings(before, { ...before })).toEqual([]);
    expect(changedSettings(before, { ...before, journal_prefix: "", account_code_required: true })).toEqual([
      { group: "accounts", key: "account_code_required", value: true },
      { group: "manual_journals", key: "number_prefix", value: null },
    ]);
  });
});
