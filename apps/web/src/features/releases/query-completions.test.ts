import { parseReleaseQuery } from "@landfall/domain/query/parse-release-query";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { completionsAt, type CompletionSources, QUERY_KEYS, quoteValue } from "./query-completions.ts";

const NOW = new Date("2026-05-01T00:00:00Z");

const SOURCES: CompletionSources = {
  versions: ["web@1.2.3", "web@1.3.0-rc.1", "nightly build", "api@2.0.0"],
  packages: ["web", "api", "my app"],
  environments: ["production", "staging"],
  projects: ["web-shop", "pump"],
};

/** The labels of the completions at |. */
function labels(marked: string): string[] {
  const caret = marked.indexOf("|");
  return completionsAt(marked.replace("|", ""), caret, SOURCES).options.map(({ label }) => label);
}

/** The text after the first completion at | is inserted. */
function completed(marked: string): string {
  const caret = marked.indexOf("|");
  const text = marked.replace("|", "");
  const { from, to, options } = completionsAt(text, caret, SOURCES);
  const effect = options[0]?.effect;
  return effect?.kind === "insert" ? text.slice(0, from) + effect.text + text.slice(to) : text;
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
  ])("are listed for %s", (marked, expected) => expect(labels(marked)).toEqual(expected));

  test.each([
    ["fi|", "finalized:"],
    ["web finalized:t| x", "web finalized:true  x"],
    ["release:nig|", String.raw`release:"nightly build" `],
    ["release:[a, web@1.2|]", "release:[a, web@1.2.3 ]"],
    ["release.version:>|", "release.version:>="],
  ])("the first is inserted in %s", (marked, expected) => expect(completed(marked)).toBe(expected));

  it("of values are valid queries", () => {
    const aVersion = fc.string({ unit: fc.constantFrom(...'ab1.@ *"\\[],:+'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(aVersion, { maxLength: 4 }), fc.constantFrom(...QUERY_KEYS), (versions, { key }) => {
        const text = `${key}:`;
        for (const { effect } of completionsAt(text, text.length, { ...SOURCES, versions, packages: versions }).options) {
          if (effect.kind === "filter" || /^[<>]=?$/.test(effect.text)) continue;
          expect(() => parseReleaseQuery(text + effect.text, NOW)).not.toThrow();
        }
      }),
    );
  });

  it("of a version match exactly that version", () => {
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

  it("cover every key of the language, each with a valid example", () => {
    for (const { key, example } of QUERY_KEYS) expect(parseReleaseQuery(example, NOW), key).toHaveLength(1);
    expect(() => parseReleaseQuery("release.stages:x", NOW)).toThrow("Invalid key");
  });
});
