import { describe, expect, it } from "vitest";
import { allows } from "./boot";
import { FEATURES, hasPage, navigation, permissionOf } from "./feature";

const reader = [
  { subject: "Account", action: "View" },
  { subject: "Report", action: "read-journal" },
];

describe("allows", () => {
  it.each([
    ["Account", "View", true],
    ["account", "view", true],
    ["Account", "Create", false],
    ["Report", undefined, true],
    ["Report", "read-balance-sheet", false],
    ["Preferences", undefined, false],
  ])("a reader, asked for %s %s: %s", (subject, action, answer) => {
    expect(allows(reader, subject, action)).toBe(answer);
    expect(allows([{ subject: "all", action: "manage" }], subject, action)).toBe(true);
    expect(allows([], subject, action)).toBe(false);
  });
});

describe("pages", () => {
  it("are there for every entry of the navigation", () => {
    expect(navigation().filter((item) => !hasPage(item.path))).toEqual([]);
  });

  it("that make or change something ask for a permission", () => {
    const open = FEATURES.flatMap((feature) => feature.routes)
      .filter((route) => (route.area ?? "app") === "app" && /\/(new|edit)$/.test(route.path))
      .filter((route) => !permissionOf(route.path));
    expect(open.map((route) => route.path)).toEqual([]);
  });
});
