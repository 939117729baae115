import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMessage, plainLine } from "./parse-message.ts";

const parse = (message: string | null) => parseMessage(message, { isBot: false });
const byBot = (message: string) => parseMessage(message, { isBot: true });

describe("parseMessage", () => {
  it.each([
    ["feat: add wings", "Features", null, "add wings"],
    ["feat(web): add wings (#12)", "Features", "web", "add wings"],
    ["Fix(api, db):   the crash", "Fixes", "api, db", "the crash"],
    ["perf: faster", "Performance", null, "faster"],
    ["docs: say so", "Documentation", null, "say so"],
    ["chore(): sweep", "Chores", null, "sweep"],
    ["fixup! feat: add wings", "Features", null, "add wings"],
    ["feat(web)!: drop tails", "Breaking changes", "web", "drop tails"],
    ["feat: drop tails\n\nBREAKING CHANGE: birds cannot steer", "Breaking changes", null, "drop tails — birds cannot steer"],
    ["fix: x\r\n\r\nbody\r\nBREAKING-CHANGE: y", "Breaking changes", null, "x — y"],
    ["anything\n\nBREAKING CHANGE: y", "Breaking changes", null, "anything — y"],
    ["chore(deps): bump a from 1 to 2", "Dependencies", null, "bump a from 1 to 2"],
    ["fix(deps-dev): bump a", "Dependencies", null, "bump a"],
    ["deps(web): take a", "Dependencies", "web", "take a"],
    ["Add wings", "Other changes", null, "Add wings"],
    ["web: add wings", "Other changes", null, "web: add wings"],
    ["feat add wings", "Other changes", null, "feat add wings"],
    ["feat:add wings", "Other changes", null, "feat:add wings"],
    ["http://x.test: y", "Other changes", null, "http://x.test: y"],
    ["api!: gone", "Breaking changes", null, "api!: gone"],
    ["Bump the version", "Other changes", null, "Bump the version"],
    ["Merge parsers into one", "Other changes", null, "Merge parsers into one"],
  ])("parses %j as %s", (message, section, scope, text) => expect(parse(message)).toMatchObject({ section, scope, text }));

  it.each([
    ['Revert "feat(web): add wings"\n\nThis reverts commit abc.', "web", "add wings"],
    ['Revert "add wings (#12)" (#13)', null, "add wings"],
    ["revert: feat(web): add wings", "web", "add wings"],
    ["revert(web)!: add wings", null, "add wings"],
    ['Revert "Revert "add wings""', null, 'Revert "add wings"'],
    ['Revert "Merge pull request #3 from x/y"', null, "Merge pull request #3 from x/y"],
  ])("parses %j as a revert", (message, scope, text) => expect(parse(message)).toMatchObject({ section: "Reverts", scope, text }));

  it.each([
    "Merge branch 'main' into wings",
    'Merge branch "main"',
    "Merge branches 'a' and 'b'",
    "Merge remote-tracking branch 'origin/main'",
    "Merge pull request #12 from acme/wings\n\nfeat: add wings",
    "Merge tag 'v1.0'",
    "Merge commit 'abc'",
    "Merge 0123456 into fedcba9",
    "Merged in wings (pull request #4)",
  ])("returns null for %j", (message) => expect(parse(message)).toBeNull());

  it.each([null, "", "  \n \n", "\u0000"])("uses a placeholder for the empty message %j", (message) => {
    expect(parse(message)).toEqual({ section: "Other changes", scope: null, text: "(no message)", references: [] });
  });

  it("collects distinct references of the subject and the footers, at most ten", () => {
    expect(parse("fix: PROJ-1 crash (#12)\n\nas said in #99\nCloses #12, #13\nRefs: GH-4")?.references).toEqual([
      "PROJ-1",
      "#12",
      "#13",
      "GH-4",
    ]);
    const many = Array.from({ length: 30 }, (_, index) => `#${index + 1}`);
    expect(parse(`fix: x\n\nCloses ${many.join(", ")}`)?.references).toEqual(many.slice(0, 10));
  });

  it("puts bot updates under dependencies and ignores quoted messages", () => {
    const body = "\n\nBumps a.\nBREAKING CHANGE: theirs\nFixes #4711";
    expect(byBot(`Bump a from 1 to 2 (#5)${body}`)).toEqual({
      section: "Dependencies",
      scope: null,
      text: "Bump a from 1 to 2",
      references: ["#5"],
    });
    expect(byBot("chore(web): update a to v2")).toMatchObject({ section: "Dependencies", scope: "web" });
    expect(byBot("chore(release): 1.2.0")).toMatchObject({ section: "Chores", scope: "release" });
    expect(byBot("feat: add wings")).toMatchObject({ section: "Features" });
  });

  it("shortens long scopes and texts", () => {
    const parsed = parse(`feat(${"s".repeat(100)}): ${"x".repeat(300)}`);
    expect([parsed?.scope?.length, parsed?.text.length]).toEqual([60, 200]);
    expect(parse(`feat: ${"x ".repeat(2_000_000)}`)?.text.length).toBeLessThanOrEqual(200);
  });

  const word = fc.stringMatching(/^[a-z]{1,8}$/);
  const line = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(" "));

  it("returns the parts of any conventional message", () => {
    const types = fc.constantFrom(["feat", "Features"], ["fix", "Fixes"], ["perf", "Performance"], ["ci", "Continuous integration"]);
    const scopes = fc.option(fc.stringMatching(/^[a-z][a-z0-9/-]{0,10}$/).filter((scope) => !scope.startsWith("dep")));
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { maxLength: 4 });
    fc.assert(
      fc.property(
        types,
        scopes,
        fc.boolean(),
        line,
        numbers,
        fc.array(line),
        ([type = "", title = ""], scope, isBreaking, text, ids, body) => {
          const head = `${type}${scope === null ? "" : `(${scope})`}${isBreaking ? "!" : ""}: ${text}`;
          const references = ids.map((id) => `#${id}`);
          const message = [head, "", ...body, ...references.map((reference) => `Closes ${reference}`)].join("\n");
          expect(parse(message)).toEqual({ section: isBreaking ? "Breaking changes" : title, scope, text, references });
        },
      ),
    );
  });

  it("returns one line that is not empty for any message", () => {
    const parts = fc.constantFrom(
      "feat",
      "revert",
      "Revert ",
      '"',
      "(",
      ")",
      "!",
      ": ",
      ":",
      "\n",
      "\r",
      "#1",
      "PROJ-2",
      "fixup! ",
      "BREAKING CHANGE: ",
      " ",
      "\0",
    );
    const odd = fc.array(fc.oneof(parts, fc.string({ unit: "binary", maxLength: 5 })), { maxLength: 15 }).map((all) => all.join(""));
    fc.assert(
      fc.property(odd, fc.boolean(), (message, isBot) => {
        const parsed = parseMessage(message, { isBot });
        if (parsed === null) return;
        expect(parsed.text).not.toMatch(/^$|[\p{Cc}\u2028\u2029]/u);
        expect(parsed.scope).not.toBe("");
        expect(parsed.text.isWellFormed()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("plainLine", () => {
  it.each([
    ["  add\twings \n now ", "add wings now"],
    ["a\u0000b\u001B[31mc", "a b [31mc"],
    ["abc\u202Edcba", "abc dcba"],
    ["a\u2028b\u2029c\u0085d", "a b c d"],
    ["half \uD83D", "half \uFFFD"],
    ["", ""],
    [" \n ", ""],
  ])("returns %j as one line", (text, line) => expect(plainLine(text, 100)).toBe(line));

  it("never cuts a character in half", () => {
    expect(plainLine("🚀🚀🚀", 3)).toBe("🚀🚀🚀");
    expect(plainLine("🚀🚀🚀🚀", 3)).toBe("🚀🚀…");
    expect(plainLine("x".repeat(1_000_000), 10)).toBe(`${"x".repeat(9)}…`);
  });

  it("returns one line of at most that length for any text, and is idempotent", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 2, max: 20 }), (text, longest) => {
        const line = plainLine(text, longest);
        expect([...line].length).toBeLessThanOrEqual(longest);
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]| {2}|^ | $/u);
        expect(plainLine(line, longest)).toBe(line);
      }),
    );
  });
});
