import { describe, expect, it } from "vitest";
import { differences, fieldLabel, summary } from "./changes";

describe("differences", () => {
  it("tells changed fields only, before and after", () => {
    const before = { id: 1, name: "Cash", code: "100", active: true, updated_at: "2024-01-01" };
    const after = { id: 1, name: "Petty cash", code: "100", active: false, updated_at: "2024-02-01" };
    expect(differences(before, after)).toEqual([
      { field: "name", before: "Cash", after: "Petty cash" },
      { field: "active", before: "true", after: "false" },
    ]);
  });

  it("tells all filled fields of a new record and of a deleted one", () => {
    const record = { id: 7, name: "Bank", description: null, code: "" };
    expect(differences(null, record)).toEqual([{ field: "name", before: "—", after: "Bank" }]);
    expect(differences(record, null)).toEqual([{ field: "name", before: "Bank", after: "—" }]);
  });

  it("compares lines one by one, added and removed ones too", () => {
    const before = { entries: [{ id: 1, debit: 10, credit: 0 }] };
    const after = {
      entries: [
        { id: 5, debit: 12.5, credit: 0 },
        { id: 6, debit: 0, credit: 12.5 },
      ],
    };
    expect(differences(before, after)).toEqual([
      { field: "entries 1 · debit", before: "10", after: "12.5" },
      { field: "entries 2 · debit", before: "—", after: "0" },
      { field: "entries 2 · credit", before: "—", after: "12.5" },
    ]);
  });

  it("reads values through the reader, with the field's own name", () => {
    const read = (field: string, value: unknown) => (field === "parent_account_id" ? `account ${value}` : undefined);
    expect(differences({ parent_account_id: 3 }, { parent_account_id: null }, read)).toEqual([
      { field: "parent account", before: "account 3", after: "—" },
    ]);
  });

  it("compares lists of plain values as one field and sees no change in equal ones", () => {
    expect(differences({ tags: ["a"] }, { tags: ["a", "b"] })).toEqual([{ field: "tags", before: "a", after: "a, b" }]);
    expect(differences({ tags: [1, 2], at: null }, { tags: [1, 2] })).toEqual([]);
  });
});

describe("labels", () => {
  it("drops the technical ending", () => {
    expect(fieldLabel("parent_account_id")).toBe("parent account");
    expect(fieldLabel("exchange_rate")).toBe("exchange rate");
  });

  it("names at most four fields in a summary", () => {
    const changes = ["a", "b", "c", "d", "e"].map((field) => ({ field, before: "1", after: "2" }));
    expect(summary(changes)).toEqual({ count: 5, fields: "a, b, c, d, …" });
    expect(summary([])).toEqual({ count: 0, fields: "" });
  });
});
