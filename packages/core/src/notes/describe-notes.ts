import type { ReleaseRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { instantOrNull } from "@landfall/schema/instant";
import type { NotesView } from "@landfall/schema/views/notes";
import { briefAuthors } from "../compare/brief-people.ts";
import { draftNotes } from "./draft-notes.ts";
import { findNoteCommits } from "./find-note-commits.ts";
import { findSavedNotes } from "./find-saved-notes.ts";
import { renderNotes } from "./render-notes.ts";

/** The notes of a release, saved and drafted. A few queries whatever the number of commits. */
export async function describeNotes(
  db: Reader,
  { id, organizationId, version, commitCount }: Pick<ReleaseRow, "id" | "organizationId" | "version" | "commitCount">,
): Promise<NotesView> {
  const saved = await findSavedNotes(db, id);
  const commits = commitCount === 0 ? [] : await findNoteCommits(db, id);
  const { sections, leftOut } = draftNotes(commits);
  const rendered = renderNotes(sections);
  const shown = rendered.sections.flatMap(({ entries }) => entries);
  const people = await briefAuthors(
    db,
    organizationId,
    shown.flatMap(({ commit }) => commit.author ?? []),
  );
  return {
    version,
    markdown: saved?.markdown ?? rendered.markdown,
    isDraft: saved === undefined,
    dateSaved: instantOrNull(saved?.dateSaved ?? null),
    savedBy: saved?.savedBy ?? null,
    draft: {
      markdown: rendered.markdown,
      sections: rendered.sections.map(({ title, entries, more }) => ({
        title,
        entries: entries.map(({ commit: { sha, author }, scope, text, references }) => ({
          sha,
          scope,
          text,
          references: [...references],
          author: (author && people.get(author.id)) ?? null,
        })),
        more,
      })),
      commits: { read: commits.length, total: Math.max(commitCount, commits.length) },
      leftOut,
    },
  };
}
