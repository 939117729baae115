import { MAX_NOTES_LENGTH } from "@landfall/schema/constants";
import * as fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import { SECTION_TITLES } from "../commits/parse-message.ts";
import { draftNotes, type NoteCommit, renderNotes } from "./draft.ts";

const repositoryAt = (url: string | null, ticketUrl: string | null = null) => ({ name: "acme/web", url, links: null, ticketUrl });

describe("draft notes", () => {
  const commit = (message: string | null, rest: Partial<NoteCommit> = {}): NoteCommit => ({
    sha: "0123456789abcdef0123456789abcdef01234567",
    message,
    repository: repositoryAt(null),
    author: null,
    ...rest,
  });
  const author = (name: string, email: string) => ({ id: 1, organizationId: 1, name, email, mergedInto: null });
  const bot = author("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com");

  /** Returns the entries by section. */
  const summary = (commits: readonly NoteCommit[]) =>
    draftNotes(commits).sections.map(({ title, entries }) => [
      title,
      ...entries.map(({ scope, text }) => (scope ? `${scope}: ${text}` : text)),
    ]);

  describe("draftNotes", () => {
    it("groups changes by section, breaking ones first, in the order of the commits", () => {
      const messages = [
        "Tidy up",
        "chore: sweep",
        "perf: quick",
        "fix: b",
        "docs: say",
        "fix(x): a",
        'Revert "feat: c"',
        "feat: d",
        "feat!: e",
      ];
      expect(summary([commit("Bump a from 1 to 2", { author: bot }), ...messages.map((message) => commit(message))])).toEqual([
        ["Breaking changes", "e"],
        ["Features", "d"],
        ["Fixes", "b", "x: a"],
        ["Performance", "quick"],
        ["Reverts", "c"],
        ["Documentation", "say"],
        ["Chores", "sweep"],
        ["Other changes", "Tidy up"],
        ["Dependencies", "Bump a from 1 to 2"],
      ]);
    });

    it("merges equal changes, with all references and the newest commit", () => {
      const { sections } = draftNotes([
        commit("fix: a (#1)", { sha: "new" }),
        commit("fix: a (#2)\n\nCloses #1", { sha: "old" }),
        commit("fix(x): a"),
      ]);
      expect(sections).toMatchObject([
        {
          title: "Fixes",
          entries: [
            { text: "a", scope: null, references: ["#1", "#2"], commit: { sha: "new" } },
            { scope: "x", references: [] },
          ],
        },
      ]);
    });

    it("counts merge commits and leaves them out", () => {
      expect(draftNotes([commit("Merge branch 'a'"), commit("Merge pull request #1 from a/b"), commit("x")])).toMatchObject({
        leftOut: 2,
        sections: [{ title: "Other changes" }],
      });
      expect(draftNotes([])).toEqual({ sections: [], leftOut: 0 });
    });

    it("lists every change once, in the order of the commits", () => {
      const types = fc.constantFrom("feat: ", "fix(a): ", "perf!: ", "docs: ", "", "Merge branch 'x' ", "revert: ", "chore(deps): ");
      const messages = fc.array(fc.tuple(types, fc.constantFrom("one", "two", "three")), { maxLength: 30 });
      fc.assert(
        fc.property(messages, (drawn) => {
          const commits = drawn.map(([type, text], index) => commit(`${type}${text}`, { sha: String(index) }));
          const { sections, leftOut } = draftNotes(commits);
          const entries = sections.flatMap((section) => section.entries);
          const wanted = new Set(drawn.map((one) => one.join("")).filter((message) => !message.startsWith("Merge")));
          expect(entries.length).toBe(wanted.size);
          expect(leftOut).toBe(drawn.filter(([type]) => type.startsWith("Merge")).length);
          expect(sections.map(({ title }) => SECTION_TITLES.indexOf(title))).toEqual(
            sections.map(({ title }) => SECTION_TITLES.indexOf(title)).toSorted((a, b) => a - b),
          );
          for (const section of sections) {
            const places = section.entries.map((entry) => Number(entry.commit.sha));
            expect(places).toEqual(places.toSorted((a, b) => a - b));
          }
        }),
      );
    });
  });
});

describe("render notes", () => {
  const SHA = "0123456789abcdef0123456789abcdef01234567";
  const GITHUB = "https://github.com/acme/web";

  const commit = (message: string, rest: Partial<NoteCommit> = {}): NoteCommit => ({
    sha: SHA,
    message,
    repository: repositoryAt(null),
    author: null,
    ...rest,
  });
  const render = (...commits: readonly NoteCommit[]) => renderNotes(draftNotes(commits).sections);

  const html = (markdown: string) =>
    micromark(markdown, { allowDangerousHtml: true, allowDangerousProtocol: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });

  describe("renderNotes", () => {
    it("renders sections as lists, with links if the repository is known", () => {
      const { markdown } = render(
        commit("feat(web): add wings (#12)\n\nCloses #13, PROJ-4", { repository: repositoryAt(GITHUB) }),
        commit("fix: close #5 at last", { repository: repositoryAt(GITHUB), sha: "v1-build" }),
        commit("fix: the <br> in foo_bar (#6)"),
      );
      expect(markdown).toBe(`## Features

- **web:** add wings ([#12](${GITHUB}/issues/12), [#13](${GITHUB}/issues/13), PROJ-4) ([0123456](${GITHUB}/commit/${SHA}))

## Fixes

- close [#5](${GITHUB}/issues/5) at last (\`v1-build\`)
- the \\<br\\> in foo\\_bar (#6) (\`0123456\`)
`);
    });

    it("links tickets, with a target that Markdown does not interpret", () => {
      const { markdown } = render(
        commit("fix: doors (#12)\n\nCloses DOOR-7", { repository: repositoryAt(null, "https://jira.acme.test/browse?a=1&copy={ticket}") }),
      );
      expect(html(markdown)).toContain('<a href="https://jira.acme.test/browse?a=1&amp;copy=DOOR-7">DOOR-7</a>');
    });

    it("is empty without changes", () => expect(renderNotes([])).toEqual({ markdown: "", sections: [] }));

    it("states how many entries of a section are left out", () => {
      const { markdown, sections } = render(...Array.from({ length: 203 }, (_, index) => commit(`fix: crash ${index}`)));
      expect(sections).toMatchObject([{ title: "Fixes", more: 3 }]);
      expect(sections[0]?.entries.length).toBe(200);
      expect(markdown.endsWith("- crash 199 (`0123456`)\n- … and 3 more\n")).toBe(true);
    });

    it("is never too long to be saved, and counts the entries left out", () => {
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

    it("keeps its structure for any commits: lists, no HTML, and links to the repository only", () => {
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
      const text = fc
        .array(fc.oneof(mark, fc.string({ unit: "grapheme", maxLength: 4 })), { maxLength: 10 })
        .map((parts) => parts.join(""));
      const hostile = fc.record({
        message: fc.tuple(fc.constantFrom("feat: ", "fix(", "fix(x): ", "revert: ", ""), text).map((parts) => parts.join("")),
        repository: fc
          .oneof(
            fc.constantFrom(null, GITHUB),
            text.map((path) => `https://github.com/${path}`),
          )
          .map(repositoryAt),
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
          const rest = shown.replaceAll(/<\/?(?:h2|ul|li|strong|code)>|<\/a>|<a href="https:\/\/github\.com\/[\w./~%-]+">/g, "");
          expect(rest).not.toMatch(/[<>]/);
          expect(shown.replaceAll(/<code>.*?<\/code>|<a href="[^"]*">/g, "")).not.toMatch(/:\/\/|www\.|@/i);
        }),
        { numRuns: 1000 },
      );
    });
  });
});
