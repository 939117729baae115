import { LandfallError, type LandfallErrorCode } from "@landfall/client/landfall-error";
import { describe, expect, test } from "vitest";
import { CliError, describeFailure, EXIT, failureLines, isCliError } from "./errors.ts";

describe("exit codes", () => {
  test.each<[LandfallErrorCode, number]>([
    ["unauthenticated", 10],
    ["forbidden", 10],
    ["invalid", 20],
    ["too_large", 20],
    ["unsupported_media_type", 20],
    ["not_found", 21],
    ["conflict", 22],
    ["network", 30],
    ["rate_limited", 31],
    ["unavailable", 31],
    ["internal", 31],
    ["aborted", 130],
  ])("%s is %i", (code, exit) => {
    const failure = describeFailure(new LandfallError("said", { code, requestId: "r1" }));
    expect(EXIT[failure.exit]).toBe(exit);
    expect(failure).toMatchObject({ code, message: "said", requestId: "r1" });
    if (code !== "aborted" && code !== "invalid") expect(failure.hint).not.toBeNull();
  });

  test("uses the cause of a CliError", () => {
    expect(describeFailure(new CliError("usage", "no", "do this"))).toEqual({
      exit: "usage",
      code: "usage",
      message: "no",
      hint: "do this",
      issues: [],
      requestId: null,
    });
  });

  test("returns 130 for a prompt that is aborted with Ctrl-C", () => {
    const aborted = Object.assign(new Error("Aborted with Ctrl+C"), { name: "AbortError" });
    expect(describeFailure(aborted)).toMatchObject({ exit: "interrupted", message: "Interrupted." });
  });

  test.each([[new Error("broken")], ["broken"]])("returns 1 for other errors", (thrown) => {
    expect(describeFailure(thrown)).toMatchObject({ exit: "failure", message: "broken", hint: null });
  });
});

describe("failureLines", () => {
  test("lists invalid fields", () => {
    const issues = [
      { path: ["commits", 0, "id"], message: "This field may not be blank." },
      { path: [], message: "No data provided" },
    ];
    const lines = failureLines(
      describeFailure(new LandfallError("This field may not be blank.", { code: "invalid", issues, requestId: "r1" })),
    );
    expect(lines).toEqual([
      "The server rejected the input.",
      "  commits.0.id: This field may not be blank.",
      "  input: No data provided",
      "Request ID: r1",
    ]);
  });

  test("ends with the hint", () => {
    expect(failureLines(describeFailure(new CliError("input", "What.", "Do this.")))).toEqual(["What.", "Do this."]);
    expect(failureLines(describeFailure(new CliError("input", "What.")))).toEqual(["What."]);
  });
});

test.each([
  [new CliError("usage", "x"), true],
  [{ [Symbol.for("landfall.CliError")]: true }, true],
  [new Error("x"), false],
  [null, false],
])("isCliError (%s)", (value, expected) => {
  expect(isCliError(value)).toBe(expected);
});
