import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { commitOf, comparisonOf, placedSide, sideOf } from "./comparison.fixture.ts";
import { toMarkdown } from "./to-markdown.ts";

const html = (markdown: string) => micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });

test("tells what two sides have apart and in common, and leaves out what there is none of", () => {
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

\`web@2\` is the newer one: 2 releases and 2 commits after \`web@1\` in web.

### Releases in between (2)

- \`web@2\`
- \`web@1.5\`

### Commits of these releases (2)

- \`0123456789\` Pay faster – Ada
- \`b\` Mend – Ada

### Commits only in \`web@2\` (1)

- \`0123456789\` Pay faster

### Commits in both (first 1 of 1,200)

- \`c\` No message – Ada

### People (1)

- wim: 1 commit in the first, 1,000 in the second

### Files only in \`web@2\` (1)

- \`src/pay.ts\` in acme/web

### Deploys of \`web@1\` (1)

- production, 2026-01-02 03:04 UTC
`);
});

test("one release after the other needs no list of what came in between", () => {
  expect(toMarkdown(comparisonOf())).not.toContain("in between");
});

test("whatever texts it holds, no link, image, HTML or further heading comes of them", () => {
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
