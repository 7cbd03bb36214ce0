import { describe, expect, it } from "vitest";
import { differences } from "./changes";

describe("differences", () => {
  it("tells changed, added and removed fields, and no others", () => {
    expect(differences({ name: "Cash", code: "100", note: "x" }, { name: "Bank", code: "100", bank: true })).toEqual([
      { field: "name", before: "Cash", after: "Bank" },
      { field: "note", before: "x", after: "—" },
      { field: "bank", before: "—", after: "true" },
    ]);
  });
  it("takes nothing as the state before a record was made", () => {
    expect(differences(null, { name: "Cash" })).toEqual([{ field: "name", before: "—", after: "Cash" }]);
  });
});
