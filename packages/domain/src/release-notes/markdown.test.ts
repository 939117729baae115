import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draftHtml, draftNotes, renderNotes } from "./draft.ts";
import { excerptOf, renderMarkdown, renderNotesMarkdown } from "./markdown.ts";

const problemOf = (markdown: string) => {
  const result = renderNotesMarkdown(markdown);
  return "problem" in result ? result.problem : null;
};

describe("renderNotesMarkdown", () => {
  test.each([
    ["20 quotations", `${">".repeat(20)} a`],
    ["many list items", "- a\n".repeat(2000)],
    ["rules and emphasis", `${"-".repeat(500)}\n\n${"*".repeat(500)}\n\n${"- ".repeat(15)}\n\n1.1.1.1`],
    ["brackets beside each other", "[a](https://a.test) \\[ ".repeat(500)],
  ])("renders %s", (_, markdown) => {
    expect(problemOf(markdown)).toBeNull();
  });

  test.each([
    ["quotations", `text\n${">".repeat(21)} a`],
    ["quotations and spaces", `${"> ".repeat(21)}a`],
    ["lists", `${"- ".repeat(21)}a`],
    ["numbered lists", `${"1. ".repeat(21)}a`],
    ["brackets", "[".repeat(21)],
    ["images", "![".repeat(5000)],
  ])("returns a problem for deep nesting: %s", (_, markdown) => {
    expect(problemOf(markdown)).toBe("Lists, quotations, and brackets can be nested at most 20 levels deep.");
  });

  test("returns a problem if the HTML would be too long", () => {
    expect(problemOf(`[a]: https://a.test/${"x".repeat(9000)}\n\n${"[a] ".repeat(2500)}`)).toMatch(
      /^The HTML of these notes would be too long/,
    );
  });
});

test("draftHtml returns the HTML of the draft's Markdown", () => {
  const author = null;
  const commit = (sha: string, message: string, url: string | null = "https://github.com/acme/web") => ({
    sha: sha.padEnd(40, "0"),
    message,
    repository: { name: "acme/web", url, links: null, ticketUrl: "https://jira.acme.test/browse?a=1&b={ticket}" },
    author,
  });
  const { sections } = draftNotes([
    commit("a", 'feat(cart): add <b>wings</b> & "tails" (#12)'),
    commit("b", "fix: ask ada@acme.test about *stars* and [links](x) of acme/api#7\n\nCloses #13"),
    commit("c", "fix: see https://evil.test/?a=1&b=2", null),
    { ...commit("d", "Merge it by hand"), sha: "r`12" },
    commit("e", "feat!: remove `old` things\n\nCloses DOOR-7"),
  ]);
  const { markdown, sections: listed } = renderNotes(sections);
  const rendered = renderNotesMarkdown(markdown);
  const ofMarkdown = "html" in rendered ? rendered.html : "";
  expect(draftHtml(listed).replaceAll("&#39;", "'")).toBe(ofMarkdown.trimEnd());
  expect(ofMarkdown).toContain("<h3>");
});

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`);

test("excerptOf returns a short text unchanged", () => {
  expect(excerptOf("# One\n\nText\n")).toBe("# One\n\nText\n");
});

test("excerptOf keeps twelve lines", () => {
  expect(excerptOf(lines(20).join("\n"))).toBe(`${lines(12).join("\n")}\n\n…`);
});

test("excerptOf keeps at most 1500 characters", () => {
  expect(excerptOf("x".repeat(5000))).toBe(`${"x".repeat(1500)}\n\n…`);
});

test("excerptOf closes a code block that is cut off", () => {
  expect(excerptOf(["```ts", ...lines(20), "```"].join("\n"))).toBe(`\`\`\`ts\n${lines(11).join("\n")}\n\`\`\`\n\n…`);
  expect(excerptOf(["~~~", "code", "~~~", ...lines(20)].join("\n"))).not.toMatch(/~~~\n\n…$/);
});

const html = (markdown: string) => renderMarkdown(markdown, 3).trim();

test.each([
  ["**Pay** by ~~card~~ `invoice`", "<p><strong>Pay</strong> by <del>card</del> <code>invoice</code></p>"],
  ["[#12](https://acme.test/12)", '<p><a rel="noopener noreferrer" href="https://acme.test/12">#12</a></p>'],
  ["- [ ] one\n- [x] two", "<ul>\n<li>☐ one</li>\n<li>☑ two</li>\n</ul>"],
  ['![a chart](https://acme.test/x.png "t")', '<p><a rel="noopener noreferrer" href="https://acme.test/x.png">a chart</a></p>'],
  ["![](https://acme.test/x.png)", '<p><a rel="noopener noreferrer" href="https://acme.test/x.png">Image</a></p>'],
])("%s", (markdown, expected) => {
  expect(html(markdown)).toBe(expected);
});

test.each([
  ["# One\n## Two\n## Again\n# Other", ["h3", "h4", "h4", "h3"]],
  ["## One\n#### Left out one\n## Two", ["h3", "h4", "h3"]],
  ["### Low\n# High", ["h3", "h3"]],
  ["# 1\n## 2\n### 3\n#### 4\n##### 5\n###### 6", ["h3", "h4", "h5", "h6", "h6", "h6"]],
])("headings of %j are %j", (markdown, tags) => {
  const rendered = html(markdown);
  expect([...rendered.matchAll(/<(h\d)>/g)].map(([, tag]) => tag)).toEqual(tags);
  expect([...rendered.matchAll(/<\/(h\d)>/g)].map(([, tag]) => tag)).toEqual(tags);
});

describe("renderMarkdown is safe", () => {
  test.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,AAAA)",
    "<javascript:alert(1)>",
    '[x](https://a.test/"onclick="alert(1))',
    '![" onload="alert(1)](https://a.test)',
    "&lt;h1 onclick=alert(1)&gt;",
    "| a |\n| - |\n| <b onclick=x> |",
  ])("%s", (markdown) => {
    expect(forbiddenTags(html(markdown))).toEqual([]);
  });

  test("for any text", () => {
    const bit = fc.constantFrom(
      "<",
      ">",
      '"',
      "'",
      "![",
      "[",
      "](",
      ")",
      "javascript:",
      "https://a.test",
      "<h1",
      " onload=x",
      "&quot;",
      "`",
      "\n",
      "# ",
      "- [ ] ",
      "|",
      "a",
      "<!--",
      "\0",
    );
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 30 }), (bits) => {
        expect(forbiddenTags(html(bits.join("")))).toEqual([]);
      }),
    );
  });
});

/** Returns the tags that rendered notes must not contain. */
function forbiddenTags(rendered: string): string[] {
  const tags = [...rendered.matchAll(/<[^>]*>/g)].map(([tag]) => tag);
  return tags.filter((tag) => !ALLOWED.test(tag));
}

const ALLOWED =
  /^<\/?(?:p|strong|em|del|code|pre|ul|ol|li|blockquote|h[3-6]|br|hr|table|thead|tbody|tr|th|td|section|sup)(?: class="[\w -]*"| id="[\w-]*"| align="\w+"| start="\d+"| data-footnotes="")*(?: \/)?>$|^<code class="language-[^"<>]*">$|^<\/a>$|^<a(?: rel="noopener noreferrer")? href="(?:https?:[^"<>]*|mailto:[^"<>]*|[^":<>]*)"(?: [\w-]+="[^"<>]*")*>$/;
