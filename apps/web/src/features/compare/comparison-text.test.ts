import fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { expect, test } from "vitest";
import { summaryText, toMarkdown } from "./comparison-text.ts";
import { commitOf, comparisonOf, placedSide, sideOf } from "./comparison.fixture.ts";

const html = (markdown: string) => micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });

test("lists what each side has and what both have, without empty parts", () => {
  const wim = { name: null, email: "wim", userId: null, isBot: false };
  const comparison = comparisonOf({
    base: placedSide("web@1", "production"),
    distance: { project: { id: "1", slug: "web", name: "Web" }, newer: "head", releases: 2, commits: 3, isCapped: false },
    between: {
      releases: { total: 2, items: [sideOf("web@2").release, sideOf("web@1.5").release] },
      commits: { total: 2, items: [commitOf("0123456789abcdef", "Pay faster"), commitOf("b", "Mend")] },
    },
    commits: {
      onlyHead: { total: 1, items: [commitOf("0123456789abcdef", "Pay faster", { author: null })] },
      onlyBase: { total: 0, items: [] },
      both: { total: 1200, items: [commitOf("c", "")] },
    },
    people: { total: 1, items: [{ person: wim, base: 1, head: 1000 }] },
    files: {
      onlyHead: { total: 1, items: [{ repository: "acme/web", path: "src/pay.ts" }] },
      onlyBase: { total: 0, items: [] },
      both: { total: 0, items: [] },
    },
  });
  expect(toMarkdown(comparison)).toBe(`## production of web (\`web@1\`) → \`web@2\`

\`web@2\` is newer: 2 releases and 2 commits after \`web@1\` in web.

### Releases between (2)

- \`web@2\`
- \`web@1.5\`

### Commits of these releases (2)

- \`0123456789\` Pay faster – Ada
- \`b\` Mend – Ada

### Commits only in \`web@2\` (1)

- \`0123456789\` Pay faster

### Commits in both (first 1 of 1,200)

- \`c\` No message – Ada

### Contributors (1)

- wim: 1 commit in the first, 1,000 in the second

### Files only in \`web@2\` (1)

- \`src/pay.ts\` in acme/web

### Deploys of \`web@1\` (1)

- production, 2026-01-02 03:04 UTC
`);
});

test("has no list of releases between adjacent releases", () => {
  expect(toMarkdown(comparisonOf())).not.toContain("Releases between");
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
      const items = [commitOf("abc", subject, { author })];
      const markdown = toMarkdown(
        comparisonOf({
          commits: { onlyHead: { total: 1, items }, onlyBase: { total: 0, items: [] }, both: { total: 0, items: [] } },
          files: {
            onlyHead: { total: 1, items: [{ repository: name, path: path || "x" }] },
            onlyBase: { total: 0, items: [] },
            both: { total: 0, items: [] },
          },
        }),
      );
      const tags = new Set([...html(markdown).matchAll(/<(\/?[a-z]+\d?)/g)].map(([, tag]) => tag?.replace("/", "")));
      expect([...tags].filter((tag) => !["h2", "h3", "p", "ul", "li", "code"].includes(tag ?? ""))).toEqual([]);
      expect(html(markdown).match(/<h3/g)).toHaveLength(2);
    }),
  );
});

const some = (total: number) => ({ total, items: [commitOf("a", "A")] });
const none = { total: 0, items: [] };
const both = { onlyHead: none, onlyBase: none, both: some(3) };
const apart = { onlyHead: some(2), onlyBase: some(1), both: none };
const far = { project: { id: "1", slug: "web", name: "Web" }, newer: "head", releases: 3, commits: 9, isCapped: false } as const;
const between = { releases: none, commits: some(8) };

test.each<[string, Parameters<typeof comparisonOf>[0], string[]]>([
  ["one release", { head: sideOf("web@1") }, ["Both are the same release."]],
  ["the head is newer", { distance: far, between, commits: apart }, ["web@2 is newer: 3 releases and 8 commits after web@1 in web."]],
  [
    "the base is newer",
    { distance: { ...far, newer: "base", releases: 1 }, between, commits: apart },
    ["web@1 is newer: 1 release and 8 commits after web@2 in web."],
  ],
  [
    "too far to count",
    { distance: { ...far, releases: 1000, commits: 5000, isCapped: true }, between, commits: apart },
    ["web@2 is newer: more than 1,000 releases and more than 5,000 commits after web@1 in web."],
  ],
  [
    "no project in common",
    { distance: null, between: null, commits: apart },
    ["They have no visible project in common, so neither is newer."],
  ],
])("summarizes: %s", (_name, more, expected) => {
  expect(summaryText(comparisonOf(more))).toEqual(expected);
});

test("reports equal and missing commits", () => {
  const last = (more: Parameters<typeof comparisonOf>[0]) => summaryText(comparisonOf(more)).at(-1);
  expect(last({ sameCommits: true, commits: both })).toBe("Both have the same 3 commits.");
  expect(last({})).toBe("Neither has commits.");
  expect(last({ commits: { ...apart, onlyBase: none } })).toBe("web@1 has no commits.");
  expect(last({ commits: { ...apart, onlyHead: none } })).toBe("web@2 has no commits.");
});
