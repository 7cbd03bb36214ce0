import { describe, expect, it } from "vitest";
import { ApiError } from "@/api/errors";
import { sortProblems } from "./useSave";

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
});
