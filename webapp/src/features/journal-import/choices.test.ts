import { describe, expect, it } from "vitest";
import {
  type AccountRow,
  chooseAccount,
  chooseCurrency,
  chooseNew,
  filterRows,
  NOTHING_CHOSEN,
  requestOf,
  targetOf,
} from "./choices";

function row(change: Partial<AccountRow["target"]> = {}, problem: AccountRow["problem"] = null): AccountRow {
  const target = {
    source: "new",
    account_id: null,
    name: "Foo:Bar",
    code: null,
    account_type: "bank",
    currency_code: "USD",
  } as const;
  return { ledger_account: "Foo:Bar", postings: 1, totals: [], target: { ...target, ...change }, problem };
}

const KNOWN = row({ source: "earlier", account_id: 7, name: "Bank", code: "10001" });
const FILE = { name: "a.journal", text: "x", bytes: 1, encoding: "UTF-8" };

describe("choices", () => {
  it("are shown before the next preview knows them", () => {
    expect(targetOf(row(), undefined)).toEqual({ account_id: null, name: "Foo:Bar", code: null, account_type: "bank" });
    const existing = chooseAccount(NOTHING_CHOSEN, row(), 5);
    expect(targetOf(row(), existing.accounts["Foo:Bar"]).account_id).toBe(5);
    const fresh = chooseAccount(NOTHING_CHOSEN, KNOWN, null);
    expect(targetOf(KNOWN, fresh.accounts["Foo:Bar"])).toEqual({
      account_id: null,
      name: "Foo:Bar",
      code: null,
      account_type: null,
    });
  });
  it("keep what was typed for a new account, and forget the account of the books", () => {
    const typed = chooseNew(chooseAccount(NOTHING_CHOSEN, row(), 5), row(), { account_type: "cash" });
    const named = chooseNew(typed, row(), { name: "Till", code: "10010" });
    expect(named.accounts["Foo:Bar"]).toEqual({ account_type: "cash", name: "Till", code: "10010" });
    expect(chooseNew(named, row(), { name: "", code: "" }).accounts["Foo:Bar"]).toEqual({ account_type: "cash" });
  });
  it("travel with the files, and only they", () => {
    const choices = chooseCurrency(chooseAccount(NOTHING_CHOSEN, row(), 5), "kr", "SEK");
    expect(requestOf([FILE], choices)).toEqual({
      files: [{ name: "a.journal", text: "x" }],
      mapping: [{ ledger_account: "Foo:Bar", account_id: 5 }],
      commodities: [{ commodity: "kr", currency_code: "SEK" }],
    });
    expect(requestOf([FILE], NOTHING_CHOSEN)).toMatchObject({ mapping: [], commodities: [] });
  });
});

describe("filterRows", () => {
  const problem = { kind: "control_account", file: "a", line: 1, message: "no", about: "Foo:Bar" };
  it("leaves what is asked for", () => {
    const rows = [row(), KNOWN, row({}, problem)];
    expect(filterRows(rows, "all")).toHaveLength(3);
    expect(filterRows(rows, "problems")).toEqual([rows[2]]);
    expect(filterRows(rows, "new")).toEqual([rows[0], rows[2]]);
  });
});
