import { describe, expect, it } from "vitest";
import { REPORTS } from "@/features/reports/definitions";
import { countStates, isOpen, PACK_REPORTS, sizeText } from "./packs";

describe("packs", () => {
  it("hold the reports that have a page", () => {
    expect([...PACK_REPORTS].sort()).toEqual(REPORTS.map(({ slug }) => slug).sort());
  });

  it("are polled while they can change", () => {
    expect(["waiting", "active", "completed", "failed", "cancelled"].map(isOpen)).toEqual([true, true, false, false, false]);
  });

  it.each([
    [null, ""],
    [0, "0 B"],
    [999, "999 B"],
    [1500, "1.5 kB"],
    [25_000_000, "25 MB"],
    [3_200_000_000_000, "3200 GB"],
  ])("tell the size of %s", (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });

  it("count their organizations by state", () => {
    const parts = ["active", "completed", "completed"].map((state) => ({ state }) as Parameters<typeof countStates>[0][number]);
    expect(countStates(parts)).toEqual({ active: 1, completed: 2 });
  });
});
