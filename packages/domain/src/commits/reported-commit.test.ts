import type { CommitInput } from "@landfall/schema/releases/commits";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { authorEmail, fixedIssues, listedMessage, orderCommits, storedMessage } from "./reported-commit.ts";

const at = (id: string, timestamp?: string | null): CommitInput => ({
  id,
  ...(timestamp == null ? { timestamp } : { timestamp: new Date(timestamp) }),
});

const ids = (commits: readonly CommitInput[]) => orderCommits(commits).map(({ id }) => id);

describe("orderCommits", () => {
  test.each([
    ["keeps the order sent without timestamps", [at("a"), at("b"), at("c")], ["a", "b", "c"]],
    ["puts the newest first", [at("old", "2018-01-01"), at("new", "2018-01-03"), at("mid", "2018-01-02")], ["new", "mid", "old"]],
    ["keeps the order sent for equal timestamps", [at("a", "2018-01-01"), at("b", "2018-01-01"), at("c", "2018-01-01")], ["a", "b", "c"]],
    [
      "puts commits without a timestamp last, as the oldest",
      [at("none"), at("old", "0001-01-01"), at("null", null), at("new", "9999-12-31")],
      ["new", "old", "none", "null"],
    ],
    ["returns an empty list for none", [], []],
  ])("%s (contract 14.1, 19)", (_, commits, order) => {
    expect(ids(commits)).toEqual(order);
  });

  test.each([
    ["Fix it #skipsentry", false],
    ["#skipsentry", false],
    ["a#skipsentryb", false],
    ["#SkipSentry", true],
    ["#skip sentry", true],
    ["", true],
    [null, true],
    [undefined, true],
  ])("keeps a commit with the message %j: %s", (message, isKept) => {
    expect(ids([{ id: "a", message }])).toEqual(isKept ? ["a"] : []);
  });
});

test("orderCommits sorts as a plain sort would, loses no commit, and does not change its argument", () => {
  const commit = fc.record({
    id: fc.string(),
    timestamp: fc.option(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(5) }), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(commit), (commits) => {
      const sent = [...commits];
      const moments = [5, 4, 3, 2, 1, 0, undefined];
      expect(orderCommits(commits)).toEqual(
        moments.flatMap((moment) => commits.filter(({ timestamp }) => timestamp?.getTime() === moment)),
      );
      expect(commits).toEqual(sent);
    }),
  );
});

const LONG = `${"a".repeat(70)}@x.yz`;

describe("authorEmail (contract 14.4)", () => {
  test.each([
    ["returns the email sent, in lower case", "Ada@Example.COM", "Ada", "ada@example.com"],
    ["accepts any text as an email", "email[test]@example.org", null, "email[test]@example.org"],
    ["returns null for an empty email, despite a name", "", "Ada", null],
    ["uses the name when the email is null", null, "Foo Bar", "foobar@localhost"],
    ["uses the name when the key is missing", undefined, "Foo Bar", "foobar@localhost"],
    ["drops characters of a name that an email cannot contain", undefined, "Jo_ão d'Arc-2.x (he/him)", "jo_odarc-2.xhehim@localhost"],
    ["has an empty local part for a name without such characters", undefined, "佐藤", "@localhost"],
    ["returns null without email and name", null, null, null],
    ["returns null for an empty name", undefined, "", null],
    ["keeps 75 characters", LONG, null, LONG],
    ["cuts 76 characters to 72 and dots", `b${LONG}`, null, `b${"a".repeat(70)}@...`],
    ["counts code points", "\u{1f680}".repeat(75), null, "\u{1f680}".repeat(75)],
    ["cuts no character in half", "\u{1f680}".repeat(76), null, `${"\u{1f680}".repeat(72)}...`],
  ])("%s", (_, email, name, address) => {
    expect(authorEmail(email, name)).toBe(address);
  });

  test("ignores case, fits the column, and is idempotent", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 100 });
    fc.assert(
      fc.property(text, fc.option(text), (email, name) => {
        const address = authorEmail(email, name);
        if (address === null) return;
        expect([...address].length).toBeLessThanOrEqual(75);
        expect(address.isWellFormed()).toBe(true);
        expect(authorEmail(address, null)).toBe(address);
      }),
    );
  });
});

test.each(["", "Fix it\n", "x".repeat(65_536), "é".repeat(32_768), "🚀".repeat(16_384)])(
  "storedMessage keeps a message of at most 64 KiB",
  (text) => {
    expect(storedMessage(text)).toBe(text);
  },
);

test.each(["x".repeat(65_537), "é".repeat(32_769), "🚀".repeat(16_385), "a" + "🚀".repeat(100_000)])(
  "storedMessage cuts a longer message between characters and marks the cut",
  (text) => {
    const stored = storedMessage(text);
    const [start = "", rest] = stored.split("\n\n[The rest of this message is not stored.]");
    expect(rest).toBe("");
    expect(text.startsWith(start)).toBe(true);
    expect(Buffer.byteLength(stored)).toBeGreaterThan(65_530);
    expect(Buffer.byteLength(stored)).toBeLessThanOrEqual(65_536);
    expect(storedMessage(stored)).toBe(stored);
  },
);

test("listedMessage returns at most 4 KiB and marks the cut", () => {
  const character = fc.constantFrom("a", "é", "…", "🚀");
  fc.assert(
    fc.property(fc.string({ unit: character, minLength: 3000, maxLength: 6000, size: "max" }), (text) => {
      const listed = listedMessage(text) ?? "";
      if (Buffer.byteLength(text) <= 4096) return expect(listed).toBe(text);
      expect(Buffer.byteLength(listed)).toBeLessThanOrEqual(4096);
      expect([listed.at(-1), text.startsWith(listed.slice(0, -1)), listed.isWellFormed()]).toEqual(["…", true, true]);
    }),
    { numRuns: 50 },
  );
  expect(listedMessage(null)).toBeNull();
});

describe("fixedIssues (contract 14.9)", () => {
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

  test("finds keys anywhere in a message", () => {
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

  test("returns distinct keys in upper case for any message", () => {
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
  ])("scans a long message of %s in linear time", (_, message) => {
    const started = performance.now();
    fixedIssues(message);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test("ignores keys beyond 64 KiB and cuts none in half", () => {
    const key = "APP-123";
    for (let beyond = 0; beyond <= key.length + 1; beyond++) {
      const filler = ".".repeat(65_536 - "fixes ".length - key.length + beyond);
      expect([beyond, fixedIssues(`${filler}fixes ${key} and more`)]).toEqual([beyond, beyond === 0 ? [key] : []]);
    }
  });
});
