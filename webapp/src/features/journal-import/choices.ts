import type { Schemas } from "@/api/client";
import { type SourceFile, sentFiles } from "./files";

export type AccountRow = Schemas["ImportAccountOut"];
export type Problem = Schemas["ImportProblemOut"];
export type ImportRequest = Schemas["JournalImportIn"];

/** Where a ledger account is to go: an account of the books, or a new one, of which what is absent is as proposed. */
export interface Choice {
  account_id?: number;
  name?: string;
  account_type?: string;
  code?: string;
}

/** By ledger account, and by commodity: only what the person changed. */
export interface Choices {
  accounts: Readonly<Record<string, Choice>>;
  currencies: Readonly<Record<string, string>>;
}

export const NOTHING_CHOSEN: Choices = { accounts: {}, currencies: {} };

export interface Target {
  account_id: number | null;
  name: string;
  code: string | null;
  account_type: string | null;
}

/** Where a row goes as far as it is known now: what was just chosen, else what the last preview said. */
export function targetOf(row: AccountRow, choice: Choice | undefined): Target {
  const { account_id, name, code, account_type } = row.target;
  if (choice === undefined) return { account_id, name, code, account_type };
  if (choice.account_id !== undefined) return { account_id: choice.account_id, name, code, account_type };
  const proposed = account_id === null ? row.target : { name: row.ledger_account, code: null, account_type: null };
  return {
    account_id: null,
    name: choice.name ?? proposed.name,
    code: choice.code ?? proposed.code,
    account_type: choice.account_type ?? proposed.account_type,
  };
}

/** Another account of the books for a row, or a new one (null). */
export function chooseAccount(choices: Choices, row: AccountRow, accountId: number | null): Choices {
  if (accountId !== null) return withChoice(choices, row, { account_id: accountId });
  const { account_id: _, ...rest } = choices.accounts[row.ledger_account] ?? {};
  return withChoice(choices, row, rest);
}

/** Another type, name or code of the account that a row is to create; blank texts are as if not given. */
export function chooseNew(choices: Choices, row: AccountRow, change: Omit<Choice, "account_id">): Choices {
  const { account_id: _, ...before } = choices.accounts[row.ledger_account] ?? {};
  const given = Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined && value !== "");
  return withChoice(choices, row, Object.fromEntries(given));
}

export function chooseCurrency(choices: Choices, commodity: string, code: string): Choices {
  return { ...choices, currencies: { ...choices.currencies, [commodity]: code } };
}

function withChoice(choices: Choices, row: AccountRow, choice: Choice): Choices {
  return { ...choices, accounts: { ...choices.accounts, [row.ledger_account]: choice } };
}

/** The request of these files and choices, for the preview and the import alike. */
export function requestOf(files: readonly SourceFile[], choices: Choices): ImportRequest {
  return {
    files: sentFiles(files),
    mapping: Object.entries(choices.accounts).map(([ledger_account, choice]) => ({ ledger_account, ...choice })),
    commodities: Object.entries(choices.currencies).map(([commodity, currency_code]) => ({ commodity, currency_code })),
  };
}

export type Shown = "all" | "problems" | "new";

/** The rows that a filter leaves. */
export function filterRows(rows: readonly AccountRow[], shown: Shown): AccountRow[] {
  if (shown === "problems") return rows.filter((row) => row.problem !== null);
  if (shown === "new") return rows.filter((row) => row.target.account_id === null);
  return [...rows];
}

/** Problems that are about no account and no commodity: they stand at lines of the files only. */
export function problemsOfLines(problems: readonly Problem[]): Problem[] {
  return problems.filter((problem) => problem.about === null);
}
