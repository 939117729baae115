import { parseReleaseQuery } from "@landfall/domain/query/parse-release-query";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { completionsAt, type CompletionSources, quoteValue } from "./query-completions.ts";
import { QUERY_KEYS } from "./query-keys.ts";

const NOW = new Date("2026-05-01T00:00:00Z");

const FACTS: CompletionSources = {
  versions: ["web@1.2.3", "web@1.3.0-rc.1", "nightly build", "api@2.0.0"],
  packages: ["web", "api", "my app"],
  environments: ["production", "staging"],
  projects: ["web-shop", "pump"],
};

/** The labels offered where | stands. */
function labels(marked: string): string[] {
  const caret = marked.indexOf("|");
  return completionsAt(marked.replace("|", ""), caret, FACTS).options.map(({ label }) => label);
}

/** The text after the first offer was taken where | stands. */
function taken(marked: string): string {
  const caret = marked.indexOf("|");
  const text = marked.replace("|", "");
  const { from, to, options } = completionsAt(text, caret, FACTS);
  const does = options[0]?.does;
  return does?.kind === "insert" ? text.slice(0, from) + does.text + text.slice(to) : text;
}

describe("completions", () => {
  const KEYS = QUERY_KEYS.map(({ key }) => `${key}:`);
  test.each([
    ["|", KEYS],
    ["web |", KEYS],
    ["!|", KEYS.map((key) => `!${key}`)],
    ["fin|", ["finalized:"]],
    ["version|", ["release.version:"]],
    ["prod|", ["production"]],
    ["pump|", ["pump"]],
    ["finalized:|", ["true", "false"]],
    ["!finalized:f|", ["false"]],
    ["release:we|", ["web@1.2.3", "web@1.3.0-rc.1"]],
    ["release:[web@1.2.3, ap|", ["api@2.0.0"]],
    ["release.package:|", ["web", "api", "my app"]],
    ["release.version:|", [">=", "<", "1.2.3", "1.3.0-rc.1", "2.0.0", "1.2.*", "1.3.*", "2.0.*"]],
    ["release.version:>=1.3|", [">=1.3.0-rc.1", ">=1.3.*"]],
    ["release.stage:r|", ["replaced"]],
    ["environment:|", []],
    ['release:"nightly |', []],
    ['"release:|', []],
    ["a/b|", []],
  ])("%s", (marked, expected) => expect(labels(marked)).toEqual(expected));

  test.each([
    ["fi|", "finalized:"],
    ["web finalized:t| x", "web finalized:true  x"],
    ["release:nig|", String.raw`release:"nightly build" `],
    ["release:[a, web@1.2|]", "release:[a, web@1.2.3 ]"],
    ["release.version:>|", "release.version:>="],
  ])("taking the first offer in %s", (marked, expected) => expect(taken(marked)).toBe(expected));

  it("are of the language: whatever is taken for a value can be searched", () => {
    const aVersion = fc.string({ unit: fc.constantFrom(...'ab1.@ *"\\[],:+'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(aVersion, { maxLength: 4 }), fc.constantFrom(...QUERY_KEYS), (versions, { key }) => {
        const text = `${key}:`;
        for (const { does } of completionsAt(text, text.length, { ...FACTS, versions, packages: versions }).options) {
          if (does.kind === "filter" || /^[<>]=?$/.test(does.text)) continue;
          expect(() => parseReleaseQuery(text + does.text, NOW)).not.toThrow();
        }
      }),
    );
  });

  it("of a version find exactly that version", () => {
    const aVersion = fc.string({ unit: fc.constantFrom(...'ab1. *"\\[],'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        aVersion.filter((version) => version !== "latest"),
        (version) => {
          expect(parseReleaseQuery(`release:${quoteValue(version)}`, NOW)).toEqual([
            { kind: "release", negated: false, match: { form: "exact", value: version } },
          ]);
        },
      ),
    );
  });

  it("hold every key of the language, each with an example that is right", () => {
    for (const { key, example } of QUERY_KEYS) expect(parseReleaseQuery(example, NOW), key).toHaveLength(1);
    expect(() => parseReleaseQuery("release.stages:x", NOW)).toThrow("Invalid key");
  });
});
