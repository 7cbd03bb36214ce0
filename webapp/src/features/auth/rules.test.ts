import { describe, expect, it } from "vitest";
import { nextPath, passwordProblem } from "./rules";

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

describe("passwordProblem", () => {
  const words = (key: string, options?: Record<string, unknown>) => `${key} ${options?.count}`;

  it.each([
    ["", "auth.tooShort 6"],
    ["12345", "auth.tooShort 6"],
    ["123456", null],
    ["x".repeat(1024), null],
    ["x".repeat(1025), "auth.tooLong 1024"],
  ])("judges %s", (password, problem) => {
    expect(passwordProblem(password, words)).toBe(problem);
  });
});
