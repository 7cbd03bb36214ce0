import { describe, expect, it } from "vitest";
import { ApiError } from "@/api/errors";
import { problemText, sortProblems } from "./useSave";

describe("sortProblems", () => {
  it("puts a problem at its field, and the rest into the notification", () => {
    const problem = new ApiError(
      400,
      [
        { type: "VALIDATION_ERROR", message: "too long", property: "entries.0.note" },
        { type: "EMAIL_EXISTS", message: "taken" },
        { type: "OTHER", message: "no" },
      ],
      "",
    );
    const sorted = sortProblems(problem, (type) => (type === "EMAIL_EXISTS" ? "email" : undefined));
    expect(sorted).toEqual({ fields: { "entries.0.note": "too long", email: "taken" }, rest: ["no"] });
  });
  it("never stays silent", () => {
    expect(sortProblems(new ApiError(500, [], "HTTP 500")).rest).toEqual(["HTTP 500"]);
  });
  it("tells a refusal once that travels under two types", () => {
    const problem = new ApiError(
      400,
      ["account_name_not_unqiue", "ACCOUNT.NAME.NOT.UNIQUE"].map((type) => ({ type, message: "Another account has this name." })),
      "",
    );
    const fieldOf = (type: string) => (type === "account_name_not_unqiue" ? "name" : undefined);
    expect(sortProblems(problem, fieldOf)).toEqual({ fields: { name: "Another account has this name." }, rest: [] });
    expect(sortProblems(problem).rest).toEqual(["Another account has this name."]);
  });
});

describe("problemText", () => {
  it("says a message once that belongs to several fields", () => {
    const problem = new ApiError(
      400,
      [
        { type: "VALIDATION_ERROR", message: "too long", property: "name" },
        { type: "VALIDATION_ERROR", message: "too long", property: "code" },
        { type: "OTHER", message: "no" },
      ],
      "",
    );
    expect(problemText(problem)).toBe("no\ntoo long");
  });
});
