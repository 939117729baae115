import { MAX_NOTES_LENGTH } from "@landfall/schema/longest-notes";
import * as fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import { draftNotes, type NoteCommit } from "./draft-notes.ts";
import { renderNotes } from "./render-notes.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";
const GITHUB = "https://github.com/acme/web";
const commit = (message: string, rest: Partial<NoteCommit> = {}): NoteCommit => ({
  sha: SHA,
  message,
  repositoryUrl: null,
  author: null,
  ...rest,
});
const render = (...commits: readonly NoteCommit[]) => renderNotes(draftNotes(commits).sections);
const html = (markdown: string) =>
  micromark(markdown, { allowDangerousHtml: true, allowDangerousProtocol: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });

describe("renderNotes", () => {
  it("writes sections as lists, with links where the repository is known", () => {
    const { markdown } = render(
      commit("feat(web): add wings (#12)\n\nCloses #13, PROJ-4", { repositoryUrl: GITHUB }),
      commit("fix: close #5 at last", { repositoryUrl: GITHUB, sha: "v1-build" }),
      commit("fix: the <br> in foo_bar (#6)"),
    );
    expect(markdown).toBe(`## Features

- **web:** add wings ([#12](${GITHUB}/issues/12), [#13](${GITHUB}/issues/13), PROJ-4) ([0123456](${GITHUB}/commit/${SHA}))

## Fixes

- close [#5](${GITHUB}/issues/5) at last (\`v1-build\`)
- the \\<br\\> in foo\\_bar (#6) (\`0123456\`)
`);
  });

  it("is empty without changes", () => expect(renderNotes([])).toEqual({ markdown: "", sections: [] }));

  it("says how many of a section it does not list", () => {
    const { markdown, sections } = render(...Array.from({ length: 203 }, (_, index) => commit(`fix: crash ${index}`)));
    expect(sections).toMatchObject([{ title: "Fixes", more: 3 }]);
    expect(sections[0]?.entries.length).toBe(200);
    expect(markdown.endsWith("- crash 199 (`0123456`)\n- … and 3 more\n")).toBe(true);
  });

  it("is never too long to be saved, and counts what it leaves out", () => {
    const types = ["feat", "fix", "perf", "docs", "test", "ci", "chore", "style"];
    const long = types.flatMap((type) =>
      Array.from({ length: 150 }, (_, index) => commit(`${type}(${"*".repeat(60)}): ${index} ${"<".repeat(180)}`)),
    );
    const { markdown, sections } = render(...long);
    expect(markdown.length).toBeLessThanOrEqual(MAX_NOTES_LENGTH);
    expect(markdown.length).toBeGreaterThan(MAX_NOTES_LENGTH * 0.9);
    expect(sections.map(({ entries, more }) => entries.length + more)).toEqual(types.map(() => 150));
    expect(sections.at(-1)).toMatchObject({ title: "Chores", entries: [], more: 150 });
  });

  it("keeps its shape whatever commits say: its lists, no HTML, and no links but to the repository", () => {
    const mark = fc.constantFrom(
      "</ul>",
      "<script>",
      "](javascript:x)",
      "[a](",
      "![",
      "https://evil.test/",
      "www.evil.test",
      "@ada",
      "\n- ",
      "\n\n# ",
      "`",
      "**",
      "_",
      "~~",
      "|",
      "\\",
      "&lt;",
      "#12",
      "a/b#3",
      "PROJ-1",
      "\r",
      "\u2028",
      " ",
    );
    const text = fc.array(fc.oneof(mark, fc.string({ unit: "grapheme", maxLength: 4 })), { maxLength: 10 }).map((parts) => parts.join(""));
    const hostile = fc.record({
      message: fc.tuple(fc.constantFrom("feat: ", "fix(", "fix(x): ", "revert: ", ""), text).map((parts) => parts.join("")),
      repositoryUrl: fc.oneof(
        fc.constantFrom(null, GITHUB),
        text.map((path) => `https://github.com/${path}`),
      ),
      sha: fc.oneof(fc.constant(SHA), text),
      author: fc.constant(null),
    });
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 6 }), (commits) => {
        const { markdown, sections } = render(...commits);
        const shown = html(markdown);
        expect(shown.match(/<h2>/g)?.length ?? 0).toBe(sections.length);
        expect(shown.match(/<ul>/g)?.length ?? 0).toBe(sections.length);
        expect(shown.match(/<li>/g)?.length ?? 0).toBe(sections.reduce((sum, { entries }) => sum + entries.length, 0));
        const rest = shown.replaceAll(/<\/?(?:h2|ul|li|strong|code)>|<\/a>|<a href="https:\/\/github\.com\/[\w./~-]+">/g, "");
        expect(rest).not.toMatch(/[<>]/);
        expect(shown.replaceAll(/<code>.*?<\/code>|<a href="[^"]*">/g, "")).not.toMatch(/:\/\/|www\.|@/i);
      }),
      { numRuns: 1000 },
    );
  });
});
