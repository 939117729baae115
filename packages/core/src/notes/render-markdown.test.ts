import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "./render-markdown.ts";

const html = (markdown: string) => renderMarkdown(markdown, 3).trim();

test.each([
  ["**Pay** by ~~card~~ `invoice`", "<p><strong>Pay</strong> by <del>card</del> <code>invoice</code></p>"],
  ["[#12](https://acme.test/12)", '<p><a rel="noopener noreferrer" href="https://acme.test/12">#12</a></p>'],
  ["- [ ] one\n- [x] two", "<ul>\n<li>☐ one</li>\n<li>☑ two</li>\n</ul>"],
  ['![a chart](https://acme.test/x.png "t")', '<p><a rel="noopener noreferrer" href="https://acme.test/x.png">a chart</a></p>'],
  ["![](https://acme.test/x.png)", '<p><a rel="noopener noreferrer" href="https://acme.test/x.png">Picture</a></p>'],
])("%s", (markdown, expected) => {
  expect(html(markdown)).toBe(expected);
});

test.each([
  ["# One\n## Two\n## Again\n# Other", ["h3", "h4", "h4", "h3"]],
  ["## One\n#### Left out one\n## Two", ["h3", "h4", "h3"]],
  ["### Low\n# High", ["h3", "h3"]],
  ["# 1\n## 2\n### 3\n#### 4\n##### 5\n###### 6", ["h3", "h4", "h5", "h6", "h6", "h6"]],
])("headings of %j are %j", (markdown, tags) => {
  const made = html(markdown);
  expect([...made.matchAll(/<(h\d)>/g)].map(([, tag]) => tag)).toEqual(tags);
  expect([...made.matchAll(/<\/(h\d)>/g)].map(([, tag]) => tag)).toEqual(tags);
});

describe("is safe", () => {
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
    expect(wrongOf(html(markdown))).toEqual([]);
  });

  test("whatever is typed", () => {
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
        expect(wrongOf(html(bits.join("")))).toEqual([]);
      }),
    );
  });
});

/** Elements and addresses that notes have no use for. */
function wrongOf(made: string): string[] {
  const tags = [...made.matchAll(/<[^>]*>/g)].map(([tag]) => tag);
  return tags.filter((tag) => !ALLOWED.test(tag));
}

const ALLOWED =
  /^<\/?(?:p|strong|em|del|code|pre|ul|ol|li|blockquote|h[3-6]|br|hr|table|thead|tbody|tr|th|td|section|sup)(?: class="[\w -]*"| id="[\w-]*"| align="\w+"| start="\d+"| data-footnotes="")*(?: \/)?>$|^<\/a>$|^<a(?: rel="noopener noreferrer")? href="(?:https?:[^"<>]*|mailto:[^"<>]*|[^":<>]*)"(?: [\w-]+="[^"<>]*")*>$/;
