import * as fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import { plainLine } from "../commits/parse-message.ts";
import { codeSpan, markdownText } from "./markdown-text.ts";

const html = (markdown: string) =>
  micromark(markdown, { allowDangerousHtml: true, allowDangerousProtocol: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });

const unescape = (text: string) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

const HOSTILE = [
  "</li></ul><script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "[click](javascript:alert(1))",
  "![x](https://evil.test/x.png)",
  "[a][b] [a]: https://evil.test",
  "<https://evil.test>",
  "see https://evil.test/?q=`x`",
  "www.evil.test and HTTPS://EVIL.test",
  "mail me@evil.test, cc @ada",
  "# heading",
  "###### deep",
  "- item",
  "+ item",
  "* item",
  "1. item",
  "12) item",
  "> quote",
  "---",
  "***",
  "___",
  "===",
  "```js",
  "~~~",
  "    code",
  "**bold** _it_ ~~gone~~",
  "`code` ``more",
  "&lt;b&gt; &copy; &#58;",
  "[x] done",
  "[^1] note",
  "a | b",
  "--- | ---",
  "trailing \\",
  "$x$ \\(y\\)",
  "https\\://evil.test",
  "@",
  "`@`",
];

/** Asserts that Markdown displays exactly this text as a list item between others. */
function expectShown(markdown: string, text: string): void {
  const shown = html(`- before\n- ${markdown}\n- after\n`);
  const [, inside = "the list is broken"] = /^<ul>\n<li>before<\/li>\n<li>(.*)<\/li>\n<li>after<\/li>\n<\/ul>\n?$/s.exec(shown) ?? [];
  expect(inside.replaceAll(/<\/?code>/g, "")).not.toMatch(/[<>]/);
  expect(unescape(inside.replaceAll(/<\/?code>/g, ""))).toBe(text);
  expect(inside.replaceAll(/<code>.*?<\/code>/g, "")).not.toMatch(/:\/\/|www\.|@/i);
}

describe("markdownText", () => {
  it.each(HOSTILE.map((text) => [plainLine(text, 200)]))("displays %j unchanged", (text) => expectShown(markdownText(text), text));

  it("displays any line unchanged", () => {
    const mark = fc.constantFrom(
      ..."\\`*_[]<>&~|$#+-=().!:@/\"' 1".split(""),
      "www.",
      "http://",
      "&amp;",
      "<b>",
      "](x)",
      "#12",
      "`` ",
      "\t",
    );
    const line = fc.array(fc.oneof({ weight: 3, arbitrary: mark }, fc.string({ unit: "grapheme", maxLength: 3 })), { maxLength: 20 });
    fc.assert(
      fc.property(line, (parts) => {
        const text = plainLine(parts.join(""), 200);
        fc.pre(text !== "");
        expectShown(markdownText(text), text);
      }),
      { numRuns: 2000 },
    );
  });

  it("links references and nothing else", () => {
    const linkOf = (reference: string) => (reference.startsWith("#") ? `https://github.com/a/b/issues/${reference.slice(1)}` : null);
    expect(markdownText("close #12, PROJ_A-3 and me@x.test#4", linkOf)).toBe(
      "close [#12](https://github.com/a/b/issues/12), PROJ\\_A-3 and `me@x.test#4`",
    );
    expect(html(markdownText("#12 is [#13](x)", linkOf))).toBe(
      '<p><a href="https://github.com/a/b/issues/12">#12</a> is [<a href="https://github.com/a/b/issues/13">#13</a>](x)</p>',
    );
  });
});

describe("codeSpan", () => {
  it.each(["a", "`", "``", "a`b", "`a`", "a``b`c", "\\"])("displays %j", (text) => {
    expect(html(codeSpan(text))).toBe(`<p><code>${text}</code></p>`);
  });
});
