import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { referencesInBody, referencesIn, splitAtReferences, withoutTrailingReferences } from "./references.ts";

describe("referencesIn", () => {
  it.each([
    ["fix the crash (#123)", ["#123"]],
    ["#1, #2 and #1", ["#1", "#2"]],
    ["PROJ-12: wings [A2_B-7]", ["PROJ-12", "A2_B-7"]],
    ["GH-1 and !45", ["GH-1", "!45"]],
    ["acme/web#7 a/b/c!8", ["acme/web#7", "a/b/c!8"]],
    ["ends with #9.", ["#9"]],
  ])("finds the references of %j", (line, found) => expect(referencesIn(line)).toEqual(found));

  it.each([
    "UTF-8, SHA-256, ISO-8601, CVE-2024-1234 and US-1",
    "lower-12 proj-12 A-1 X-",
    "#0 #012 # 12 #12abc #12-beta a#12 &#12; ##12 #12345678901",
    "https://github.com/acme/web/issues#12 www.x.test/PROJ-12 me@acme.test#12",
    "node 14-alpine AB-12-34 v1.2.3-RC-1",
    "Wow!12",
    "",
  ])("finds no references in %j", (line) => expect(referencesIn(line)).toEqual([]));

  it("takes linear time for any line", () => {
    for (const part of ["a", "a.", "a/", "A_", "#1,", "-", "(", "A-1", "/#"]) {
      expect(() => referencesInBody([part.repeat(500), `fixes ${part.repeat(500)}`])).not.toThrow();
      expect(withoutTrailingReferences(`x (${part.repeat(250)}`)).toContain("x (");
    }
  });
});

describe("referencesInBody", () => {
  it.each([
    [["Closes #1, #2 and PROJ-3"], ["#1", "#2", "PROJ-3"]],
    [["This fixes: #4, see also #5"], ["#4"]],
    [
      ["Refs: GH-1", "See merge request acme/web!12"],
      ["GH-1", "acme/web!12"],
    ],
    [
      ["PROJ-12", "#7, #8"],
      ["PROJ-12", "#7", "#8"],
    ],
    [["Closes #1", "closes #1"], ["#1"]],
  ])("finds the references of %j", (lines, found) => expect(referencesInBody(lines)).toEqual(found));

  it("ignores references that the message quotes", () => {
    expect(referencesInBody(["- upstream: add x (#4711)", "prefixes #3", "closes proj-1", "as in PROJ-9 we do"])).toEqual([]);
  });
});

describe("withoutTrailingReferences", () => {
  it.each([
    ["add wings (#12)", "add wings"],
    ["add wings (#12) (#13)", "add wings"],
    ["add wings (#12, PROJ-3)", "add wings"],
    ["add wings [PROJ-3]", "add wings"],
    ["add wings (see #12)", "add wings (see #12)"],
    ["add wings #12", "add wings #12"],
    ["(#12)", "(#12)"],
  ])("shortens %j to %j", (subject, rest) => expect(withoutTrailingReferences(subject)).toBe(rest));
});

it("splitting at references loses no text, and every second part is a reference", () => {
  const parts = fc.array(fc.constantFrom("#1", "PROJ-2", "a/b#3", "!4", "x", ".", "-", "/", "(", ")", "#", "A", "é"), { maxLength: 12 });
  fc.assert(
    fc.property(parts, (chosen) => {
      const word = chosen.join("");
      const cut = splitAtReferences(word);
      expect(cut.join("")).toBe(word);
      expect(new Set(cut.filter((_, index) => index % 2 === 1))).toEqual(new Set(referencesIn(word)));
    }),
  );
});
