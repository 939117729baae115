import fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { expect, test } from "vitest";
import { comparisonMarkdown } from "./comparison-markdown.ts";
import { commitOf, comparisonOf, differenceOf, placedSide, reportedOf, sideOf } from "./comparison.fixture.ts";

const html = (markdown: string) => micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
const wim = { name: null, email: "wim", userId: null, isBot: false };

test("lists what is new and what is missing, without empty parts and without the reported lists", () => {
  const comparison = comparisonOf({
    base: placedSide("web@1", "production"),
    relation: "parted",
    added: differenceOf({
      releases: { total: 2, items: [sideOf("web@2").release, { ...sideOf("web@1.5").release, commitCount: 2 }] },
      releasesWithoutCommits: 1,
      commits: { total: 1200, items: [commitOf("0123456789abcdef", "Pay faster"), commitOf("b", "", { author: null })] },
      people: { total: 1, items: [{ person: wim, commits: 1000 }] },
      files: { total: 1, items: [{ repository: "acme/web", path: "src/pay.ts" }] },
    }),
    missing: differenceOf({
      releases: { total: 1, items: [{ ...sideOf("web@1").release, commitCount: 1 }] },
      commits: { total: 1, items: [commitOf("c", "Fix")] },
    }),
    reported: reportedOf({ commits: { onlyHead: { total: 1, items: [commitOf("d", "x")] }, onlyBase: NONE, both: NONE } }),
  });
  expect(comparisonMarkdown(comparison)).toBe(`## production of web (\`web@1\`) → \`web@2\`

Their histories part after \`web@1\`. New in \`web@2\`: 1,200 commits, 1 person, 1 file in 2 releases. 1 of 2 releases has no commits. Missing from \`web@2\`, but in production: 1 commit, 0 people, 0 files in 1 release.

### New in \`web@2\`: commits (first 2 of 1,200)

- \`0123456789\` Pay faster – Ada
- \`b\` No message

### New in \`web@2\`: people (1)

- wim: 1,000 commits

### New in \`web@2\`: files (1)

- \`src/pay.ts\` in acme/web

### New in \`web@2\`: releases (2)

- \`web@2\`: no commits
- \`web@1.5\`: 2 commits

### Missing from \`web@2\`: commits (1)

- \`c\` Fix – Ada

### Missing from \`web@2\`: releases (1)

- \`web@1\`: 1 commit

### Deploys of \`web@1\` (1)

- production, 2026-01-02 03:04 UTC
`);
});

test.each([
  ["unrelated releases", { head: sideOf("api@2"), relation: "unrelated", line: null, added: null, missing: null }],
  ["one release", { head: sideOf("web@1") }],
] as const)("has the reported lists of %s", (_name, more) => {
  const reported = reportedOf({
    commits: { onlyHead: NONE, onlyBase: NONE, both: { total: 1200, items: [commitOf("c", "Fix")] } },
    people: { total: 1, items: [{ person: wim, base: 1, head: 1000 }] },
  });
  const markdown = comparisonMarkdown(comparisonOf({ ...more, reported }));
  expect(markdown).toContain("### Commits in both (first 1 of 1,200)\n\n- `c` Fix – Ada\n");
  expect(markdown).toContain("### People (1)\n\n- wim: 1 commit in the first, 1,000 in the second\n");
  expect(comparisonMarkdown(comparisonOf({ reported }))).not.toContain("in both");
});

test("escapes texts, so that they make no link, image, HTML, or heading", () => {
  const text = fc.oneof(
    fc.string({ maxLength: 30 }).filter((value) => !/[\r\n]/.test(value)),
    fc.constantFrom(
      "# x",
      "- x",
      "1. x",
      "[a](http://x.test)",
      "![a](b)",
      "<b>x</b>",
      "`a`",
      "http://x.test/a",
      "a@b.test",
      "| a |",
      "@team",
    ),
  );
  fc.assert(
    fc.property(text, text, text, (subject, name, path) => {
      const author = { name, email: "e", userId: null, isBot: false };
      const added = differenceOf({
        releases: { total: 1, items: [sideOf("web@2").release] },
        commits: { total: 1, items: [commitOf("abc", subject, { author })] },
        people: { total: 1, items: [{ person: author, commits: 1 }] },
        files: { total: 1, items: [{ repository: name, path: path || "x" }] },
      });
      const head = placedSide("web@2", name || "x");
      const result = html(comparisonMarkdown(comparisonOf({ head, relation: "ahead", added })));
      const tags = new Set([...result.matchAll(/<(\/?[a-z]+\d?)/g)].map(([, tag]) => tag?.replace("/", "")));
      expect([...tags].filter((tag) => !["h2", "h3", "p", "ul", "li", "code"].includes(tag ?? ""))).toEqual([]);
      expect(result.match(/<h3/g)).toHaveLength(5);
    }),
  );
});

const NONE = { total: 0, items: [] };
