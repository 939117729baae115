import type { ReleaseRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { instantOrNull } from "@landfall/schema/instant";
import type { NotesView } from "@landfall/schema/views/notes";
import { briefContributors } from "../compare/brief-people.ts";
import { draftHtml } from "./draft-html.ts";
import { draftNotes } from "./draft-notes.ts";
import { findNoteCommits } from "./find-note-commits.ts";
import type { SavedNotes } from "./find-saved-notes.ts";
import { renderNotes } from "./render-notes.ts";

/**
 * Returns the notes of a release, saved and drafted, in a few queries whatever the number of commits. `rendered` is the HTML of saved notes
 * that have none stored.
 */
export async function describeNotes(
  db: Reader,
  { id, organizationId, version, commitCount }: Pick<ReleaseRow, "id" | "organizationId" | "version" | "commitCount">,
  saved: SavedNotes | undefined,
  rendered: string | null = null,
): Promise<NotesView> {
  const commits = commitCount === 0 ? [] : await findNoteCommits(db, id);
  const { sections, leftOut } = draftNotes(commits);
  const draft = renderNotes(sections);
  const shown = draft.sections.flatMap(({ entries }) => entries);
  const people = await briefContributors(
    db,
    organizationId,
    shown.flatMap(({ commit }) => commit.author ?? []),
  );
  return {
    version,
    markdown: saved?.markdown ?? draft.markdown,
    html: saved ? (saved.html ?? rendered ?? "") : draftHtml(draft.sections),
    isDraft: saved === undefined,
    dateSaved: instantOrNull(saved?.dateSaved ?? null),
    savedBy: saved?.savedBy ?? null,
    draft: {
      markdown: draft.markdown,
      sections: draft.sections.map(({ title, entries, more }) => ({
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
