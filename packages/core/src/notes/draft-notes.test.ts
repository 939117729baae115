import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SECTION_TITLES } from "./commit-types.ts";
import { draftNotes, type NoteCommit } from "./draft-notes.ts";

const commit = (message: string | null, rest: Partial<NoteCommit> = {}): NoteCommit => ({
  sha: "0123456789abcdef0123456789abcdef01234567",
  message,
  repositoryUrl: null,
  author: null,
  ...rest,
});
const author = (name: string, email: string) => ({ id: 1, organizationId: 1, name, email, mergedInto: null });
const bot = author("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com");

/** Section by section, what it tells. */
const told = (commits: readonly NoteCommit[]) =>
  draftNotes(commits).sections.map(({ title, entries }) => [
    title,
    ...entries.map(({ scope, text }) => (scope ? `${scope}: ${text}` : text)),
  ]);

describe("draftNotes", () => {
  it("groups changes: what breaks first, what is unconventional near the end, in the order of the commits", () => {
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
    expect(told([commit("Bump a from 1 to 2", { author: bot }), ...messages.map((message) => commit(message))])).toEqual([
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

  it("joins what says the same, with the references of all and the newest commit", () => {
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

  it("counts merges and leaves them out", () => {
    expect(draftNotes([commit("Merge branch 'a'"), commit("Merge pull request #1 from a/b"), commit("x")])).toMatchObject({
      leftOut: 2,
      sections: [{ title: "Other changes" }],
    });
    expect(draftNotes([])).toEqual({ sections: [], leftOut: 0 });
  });

  it("tells every commit once, in an order that only the commits decide", () => {
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
