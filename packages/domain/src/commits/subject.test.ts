import { describe, expect, test } from "vitest";
import { subjectOf } from "./subject.ts";

describe("subjectOf", () => {
  test.each([
    [null, ""],
    ["", ""],
    [" \n ", ""],
    ["Fix it", "Fix it"],
    ["\n\n  Fix it  \n\nBecause.", "Fix it"],
    ["Fix it\r\nBecause.", "Fix it"],
    ["a".repeat(200), "a".repeat(200)],
    ["a".repeat(201), `${"a".repeat(199)}…`],
    [`${"a".repeat(200)}   `, "a".repeat(200)],
    ["😀".repeat(200), "😀".repeat(200)],
    ["😀".repeat(201), `${"😀".repeat(199)}…`],
    ["😀".repeat(5000), `${"😀".repeat(199)}…`],
    [`a${"😀".repeat(5000)}`, `a${"😀".repeat(198)}…`],
  ])("returns the first line, cut to 200 characters (%#)", (message, subject) => expect(subjectOf(message)).toBe(subject));
});
