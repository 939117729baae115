import { describe, expect, test } from "vitest";
import { draftHtml } from "./draft-html.ts";
import { draftNotes } from "./draft-notes.ts";
import { renderNotesMarkdown } from "./markdown.ts";
import { renderNotes } from "./render-notes.ts";

const problemOf = (markdown: string) => {
  const result = renderNotesMarkdown(markdown);
  return "problem" in result ? result.problem : null;
};

describe("notes are rendered", () => {
  test.each([
    ["20 quotations", `${">".repeat(20)} a`],
    ["many list items", "- a\n".repeat(2000)],
    ["rules and emphasis", `${"-".repeat(500)}\n\n${"*".repeat(500)}\n\n${"- ".repeat(15)}\n\n1.1.1.1`],
    ["brackets beside each other", "[a](https://a.test) \\[ ".repeat(500)],
  ])("with %s", (_, markdown) => {
    expect(problemOf(markdown)).toBeNull();
  });

  test.each([
    ["quotations", `text\n${">".repeat(21)} a`],
    ["quotations and spaces", `${"> ".repeat(21)}a`],
    ["lists", `${"- ".repeat(21)}a`],
    ["numbered lists", `${"1. ".repeat(21)}a`],
    ["brackets", "[".repeat(21)],
    ["pictures", "![".repeat(5000)],
  ])("unless they nest too deeply: %s", (_, markdown) => {
    expect(problemOf(markdown)).toBe("Lists, quotations and brackets may be nested 20 levels deep.");
  });

  test("unless the result is much longer than they are", () => {
    expect(problemOf(`[a]: https://a.test/${"x".repeat(9000)}\n\n${"[a] ".repeat(2500)}`)).toMatch(/^These notes are too long as HTML/);
  });
});

test("a draft is the HTML its Markdown would give", () => {
  const author = null;
  const commit = (sha: string, message: string, repositoryUrl: string | null = "https://github.com/acme/web") => ({
    sha: sha.padEnd(40, "0"),
    message,
    repositoryUrl,
    author,
  });
  const { sections } = draftNotes([
    commit("a", 'feat(cart): add <b>wings</b> & "tails" (#12)'),
    commit("b", "fix: ask ada@acme.test about *stars* and [links](x) of acme/api#7\n\nCloses #13"),
    commit("c", "fix: see https://evil.test/?a=1&b=2", null),
    { ...commit("d", "Merge it by hand"), sha: "r`12" },
    commit("e", "feat!: remove `old` things"),
  ]);
  const { markdown, sections: listed } = renderNotes(sections);
  const rendered = renderNotesMarkdown(markdown);
  const ofMarkdown = "html" in rendered ? rendered.html : "";
  expect(draftHtml(listed).replaceAll("&#39;", "'")).toBe(ofMarkdown.trimEnd());
  expect(ofMarkdown).toContain("<h3>");
});
