import { describe, expect, it } from "vitest";
import { findAccount, type LedgerAccount } from "./api";
import { documentPath, presetRange, rangeOf } from "./range";

describe("ranges of a register", () => {
  it("ends twelve months with the newest line", () => {
    expect(presetRange("lastYear", "2024-02-29", "january", "2026-01-01")).toEqual({
      from_date: "2023-03-01",
      to_date: "2024-02-29",
    });
    expect(presetRange("lastYear", null, "january", "2026-01-31")).toEqual({ from_date: "2025-02-01", to_date: "2026-01-31" });
  });

  it("takes the whole fiscal year of the newest line", () => {
    expect(presetRange("fiscalYear", "2024-02-10", "april")).toEqual({ from_date: "2023-04-01", to_date: "2024-03-31" });
    expect(presetRange("fiscalYear", "2024-04-01", "april")).toEqual({ from_date: "2024-04-01", to_date: "2025-03-31" });
    expect(presetRange("fiscalYear", "2024-02-10", "unheard-of")).toEqual({ from_date: "2024-01-01", to_date: "2024-12-31" });
  });

  it("has lines of days to come in all dates", () => {
    expect(presetRange("allTime", "2031-05-05", "january", "2026-01-01").to_date).toBe("2031-05-05");
    expect(presetRange("allTime", "2020-05-05", "january", "2026-01-01").to_date).toBe("2026-01-01");
  });

  it("reads an address only when both days are sound", () => {
    expect(rangeOf({ from_date: "2024-01-01", to_date: "2024-12-31" })).toEqual({
      from_date: "2024-01-01",
      to_date: "2024-12-31",
    });
    expect(rangeOf({ from_date: "2024-01-01" })).toBeNull();
    expect(rangeOf({ from_date: "soon", to_date: "2024-12-31" })).toBeNull();
    expect(rangeOf(undefined)).toBeNull();
  });
});

describe("documents and accounts", () => {
  it("knows where a document is shown", () => {
    expect(documentPath("Journal", 7)).toBe("/journals/7");
    expect(documentPath("Expense", 8)).toBe("/expenses/8");
    expect(documentPath("LandedCost", 9)).toBeNull();
  });

  it("finds an account below another", () => {
    const account = (id: number, children: LedgerAccount[] = []) => ({ id, children }) as LedgerAccount;
    const ledger = [account(1, [account(2, [account(3)])]), account(4)];
    expect(findAccount(ledger, 3)?.id).toBe(3);
    expect(findAccount(ledger, 9)).toBeNull();
  });
});
