import { describe, expect, it } from "vitest";
import { readTime } from "./useChangeReader";

describe("readTime", () => {
  it("reads midnight as its day, in the organisation's form", () => {
    expect(readTime("2026-10-31T00:00:00.000Z", "dd/MM/yyyy")).toBe("31/10/2026");
  });

  it("reads other instants with their hour", () => {
    expect(readTime("2026-10-31T12:30:00.000Z")).toMatch(/^3[01] Oct 2026 \d{2}:\d{2}$/);
  });

  it("leaves other texts alone", () => {
    expect(readTime("Rent of 2026-10-31")).toBeUndefined();
    expect(readTime("2026-10-31")).toBeUndefined();
  });
});
