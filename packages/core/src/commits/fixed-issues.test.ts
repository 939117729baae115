import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fixedIssues } from "./fixed-issues.ts";

describe("the issues a message says it fixes (contract 14.9)", () => {
  test.each([
    ["Fixes APP-12", ["APP-12"]],
    ["fix app-1a2", ["APP-1A2"]],
    ["FIXED: APP-1", ["APP-1"]],
    ["Close APP-1", ["APP-1"]],
    ["closes APP-1", ["APP-1"]],
    ["Closed APP-1", ["APP-1"]],
    ["resolve APP-1", ["APP-1"]],
    ["Resolves: APP-1", ["APP-1"]],
    ["resolved\n\tAPP-1", ["APP-1"]],
    ["Fixes APP-1, APP-2 and MY_WEB-X9", ["APP-1", "APP-2", "MY_WEB-X9"]],
    ["Fixes APP-1,APP-2", ["APP-1", "APP-2"]],
    ["Fixes APP-1 APP-2", ["APP-1", "APP-2"]],
    ["Fixes MY-APP-7", ["MY-APP-7"]],
    ["Fixes APP-1. Also closes WEB-2!", ["APP-1", "WEB-2"]],
    ["Fixes APP-1, app-1", ["APP-1"]],
    ["All of it\n\nFixes APP-1\nFixes APP-2\n", ["APP-1", "APP-2"]],
    ["", []],
    ["APP-1", []],
    ["Fixes 12", []],
    ["Fixes #12", []],
    ["Fixes the APP-1", []],
    ["Prefixes APP-1", []],
    ["Fixing APP-1", []],
    ["FixesAPP-1", []],
    ["Fixes:APP-1", []],
    ["Mentions APP-1 but fixes nothing", []],
  ])("%j: %j", (message, issues) => {
    expect(fixedIssues(message)).toEqual(issues);
  });

  test("are found wherever they stand, between whatever words", () => {
    const key = fc.stringMatching(/^[A-Z]{2,5}-[A-Z0-9]{1,4}$/);
    const verb = fc.constantFrom("Fix", "fixes", "FIXED", "close", "Closes", "closed", "resolve", "resolves", "Resolved:");
    const prose = fc
      .array(fc.constantFrom("the", "of", "a-b", "quick", "APP-9", "42", "\n", "(see", "it)"), { maxLength: 8 })
      .map((words) => words.join(" "));
    fc.assert(
      fc.property(prose, verb, fc.uniqueArray(key, { minLength: 1, maxLength: 4 }), prose, (before, word, keys, after) => {
        expect(fixedIssues(`${before} ${word} ${keys.join(", ")}. ${after}`)).toEqual(keys);
      }),
    );
  });

  test("are all upper case, each once, whatever the message", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("fix", "closes", " ", "APP-1", "a-", "-", "_", ":", ",", " and ", "9"), maxLength: 60 }),
        (message) => {
          const issues = fixedIssues(message);
          expect(issues).toEqual([...new Set(issues.map((issue) => issue.toUpperCase()))]);
          for (const issue of issues) expect(issue).toMatch(/^[A-Z0-9_-]+-[A-Z0-9]+$/);
        },
      ),
    );
  });

  test.each([
    ["no key", "fixes " + "A".repeat(100_000)],
    ["dashes only", "fixes " + "-".repeat(100_000)],
    ["half keys", "fixes " + "A-_".repeat(40_000)],
    ["spaces", ("fixes" + " ".repeat(60)).repeat(2000)],
    ["keys without end", "fixes " + "A-1,".repeat(30_000)],
    ["dashes between", "fixes " + "A--A".repeat(30_000)],
  ])("take no longer to find in a long message of %s", (_, message) => {
    const started = performance.now();
    fixedIssues(message);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test("are not looked for beyond 64 KiB, and none is cut in half there", () => {
    const key = "APP-123";
    for (let beyond = 0; beyond <= key.length + 1; beyond++) {
      const filler = ".".repeat(65_536 - "fixes ".length - key.length + beyond);
      expect([beyond, fixedIssues(`${filler}fixes ${key} and more`)]).toEqual([beyond, beyond === 0 ? [key] : []]);
    }
  });
});
