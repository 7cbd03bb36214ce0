import { describe, expect, it } from "vitest";
import { REPORTS } from "@/features/reports/definitions";
import { administered, countStates, FIRST_CHOICE, isOpen, missing, PACK_REPORTS, requestOf, sizeText } from "./packs";

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

  it("ask for the organizations of their scope", () => {
    const chosen = { ...FIRST_CHOICE, organization_ids: ["a"] };
    const asked = (["this", "chosen", "all"] as const).map((scope) => requestOf({ ...chosen, scope }));
    expect(asked.map((body) => [body.all_organizations, body.organization_ids])).toEqual([
      [false, undefined],
      [false, ["a"]],
      [true, undefined],
    ]);
    expect(asked[0]).not.toHaveProperty("scope");
  });

  it("need an organization where some are to be chosen", () => {
    expect(missing({ ...FIRST_CHOICE, scope: "chosen" }, "!")).toEqual({ organization_ids: "!" });
    expect(missing({ ...FIRST_CHOICE, scope: "chosen", organization_ids: ["a"] }, "!")).toEqual({});
    expect(missing(FIRST_CHOICE, "!")).toEqual({});
  });

  it("offer the organizations that the person administers, each under a name of its own", () => {
    const place = (organization_id: string, name: string | null, more = {}) =>
      ({ organization_id, name, active: true, is_ready: true, role_slug: "admin", ...more }) as Parameters<
        typeof administered
      >[0][number];
    const places = [
      place("4", "Zeta"),
      place("1", "Alpha"),
      place("2", "Alpha"),
      place("3", null),
      place("5", "Staff", { role_slug: "staff" }),
      place("6", "Left", { active: false }),
      place("7", "Unbuilt", { is_ready: false }),
    ];
    expect(administered(places).map(({ label }) => label)).toEqual(["3", "Alpha (1)", "Alpha (2)", "Zeta"]);
  });
});
