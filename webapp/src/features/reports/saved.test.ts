import { beforeEach, describe, expect, it } from "vitest";
import { forget, readSaved, save } from "./saved";

beforeEach(() => localStorage.clear());

describe("saved settings", () => {
  it("are kept by report and organization, the last of a name", () => {
    save("journal", "one", "Mine", { from: "2024-01-01", to: "2024-01-31" });
    save("journal", "one", "Mine", { from: "2024-02-01", to: "2024-02-29", branches: "1" });
    expect(readSaved("journal", "one")).toEqual([
      { name: "Mine", search: { from: "2024-02-01", to: "2024-02-29", branches: "1" } },
    ]);
    expect(readSaved("journal", "two")).toEqual([]);
    expect(readSaved("cash-flow", "one")).toEqual([]);
    expect(forget("journal", "one", "Mine")).toEqual([]);
  });

  it("with a preset move on with the calendar", () => {
    const saved = save("journal", "one", "Month", { range: "this_month", from: "2024-01-01", to: "2024-01-31" });
    expect(saved[0]?.search).toEqual({ range: "this_month" });
  });

  it("survive what others wrote in their place", () => {
    localStorage.setItem("reports.saved.one.journal", '[{"name": 1}, null, {"name": "x", "search": {}}]');
    expect(readSaved("journal", "one")).toEqual([{ name: "x", search: {} }]);
    localStorage.setItem("reports.saved.one.journal", "{");
    expect(readSaved("journal", "one")).toEqual([]);
  });
});
