import { type Setting, type SettingChange, settingFlag, settingNumber, settingText } from "./api";

export interface AccountingValues {
  account_code_required: boolean;
  account_code_unique: boolean;
  journal_auto_increment: boolean;
  journal_prefix: string;
  journal_next_number: string;
  expense_payment_account: number | null;
}

export function accountingValues(settings: Setting[]): AccountingValues {
  return {
    account_code_required: settingFlag(settings, "accounts", "account_code_required"),
    account_code_unique: settingFlag(settings, "accounts", "account_code_unique"),
    journal_auto_increment: settingFlag(settings, "manual_journals", "auto_increment"),
    journal_prefix: settingText(settings, "manual_journals", "number_prefix"),
    journal_next_number: settingText(settings, "manual_journals", "next_number"),
    expense_payment_account: settingNumber(settings, "expenses", "preferred_payment_account"),
  };
}

const PLACES: Record<keyof AccountingValues, [group: string, key: string]> = {
  account_code_required: ["accounts", "account_code_required"],
  account_code_unique: ["accounts", "account_code_unique"],
  journal_auto_increment: ["manual_journals", "auto_increment"],
  journal_prefix: ["manual_journals", "number_prefix"],
  journal_next_number: ["manual_journals", "next_number"],
  expense_payment_account: ["expenses", "preferred_payment_account"],
};

/**
 * Only what was changed, so that saving an old page does not undo the work of others: the next number, above all,
 * moves on with each journal.
 */
export function changedSettings(before: AccountingValues, after: AccountingValues): SettingChange[] {
  return (Object.keys(PLACES) as (keyof AccountingValues)[])
    .filter((name) => before[name] !== after[name])
    .map((name) => {
      const [group, key] = PLACES[name];
      const value = after[name];
      return { group, key, value: value === "" ? null : value };
    });
}
