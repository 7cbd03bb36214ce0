import { describe, expect, it } from "vitest";
import { nextPath } from "./rules";

describe("nextPath", () => {
  it.each([
    ["/accounts?page=2", "/accounts?page=2"],
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["https://evil.example", "/"],
    ["/auth/login", "/"],
    [undefined, "/"],
  ])("%s leads to %s", (asked, path) => {
    expect(nextPath(asked)).toBe(path);
  });
});
