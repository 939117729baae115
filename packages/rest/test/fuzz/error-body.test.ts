import { describe, expect, test } from "vitest";
import { errorBodyProblem } from "./error-body.ts";

describe("the shapes of contract 1.19", () => {
  test.each([
    { detail: "The requested resource does not exist" },
    { detail: { code: "parameter-validation-error", message: "Invalid projects", extra: { context: "" } } },
    { error: "File too large" },
    { version: ["This field is required."] },
    { version: ["This field is required."], projects: ["This field may not be null."] },
    { commits: { id: ["This field is required."] } },
    { commits: { patch_set: { type: ["This field is required."], path: ["This field is required."] } } },
    { commits: { non_field_errors: ["Invalid data. Expected a dictionary, but got str."] } },
    { non_field_errors: ["No data provided"] },
    { non_field_errors: ["A team with this slug already exists."], detail: "A team with this slug already exists." },
    { error_type: "validation" },
  ])("%j is valid", (body) => {
    expect(errorBodyProblem(body, ["version", "projects", "commits"])).toBeNull();
  });

  test.each([
    undefined,
    null,
    "text",
    [],
    ["text"],
    {},
    { detail: "" },
    { detail: ["text"] },
    { detail: "text", errorId: "x" },
    { detail: { message: "text" } },
    { error: {} },
    { version: "text" },
    { version: [] },
    { version: [{}] },
    { version: {} },
    { commits: { id: "text" } },
    { commits: [["text"]] },
    { colour: ["This field is required."] },
    { detail: "text", version: ["text"] },
  ])("%j is invalid", (body) => {
    expect(errorBodyProblem(body, ["version", "projects", "commits"])).not.toBeNull();
  });
});
