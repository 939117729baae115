import { setImmediate } from "node:timers/promises";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { draftHtml, draftNotes, type NoteCommit, renderNotes } from "@landfall/domain/release-notes/draft";
import { type MarkdownRenderer, plainHtml } from "@landfall/domain/release-notes/markdown";
import { NoInput } from "@landfall/schema/fields/query";
import { instantOrNull } from "@landfall/schema/instant";
import type { NotesView } from "@landfall/schema/releases/release-notes";
import { REL_READ } from "@landfall/schema/scope";
import { asc, eq, sql } from "drizzle-orm";
import { atRelease } from "../../access/at-release.ts";
import { query } from "../../kernel/operation.ts";
import { briefContributors } from "../../records/contributors.ts";
import { findSavedNotes, type SavedNotes } from "../../records/release-notes.ts";

/**
 * Returns the saved notes of a release, and the draft made from its newest 5000 commits. The Markdown of a draft contains no HTML, and links
 * only to commits and pull requests of repositories with a known URL.
 */
export const getNotes = query({
  scope: REL_READ,
  at: atRelease,
  input: NoInput,
  run: async ({ db, at: { release }, context }) => {
    const saved = await findSavedNotes(db, release.id);
    const isRendered = saved === undefined || saved.html !== null;
    const rendered = isRendered ? null : await renderMissingHtml(context.markdown, saved.markdown);
    const commits = await findNoteCommits(db, release);
    // Reading and drafting thousands of commits can each take a tenth of a second, so other requests are let in between.
    await setImmediate();
    return describeNotes(db, release, commits, saved, rendered);
  },
});

/** Renders notes that an earlier version of the server saved without HTML. */
async function renderMissingHtml(renderer: MarkdownRenderer, markdown: string): Promise<string> {
  const rendered = await renderer.render(markdown);
  return "html" in rendered ? rendered.html : plainHtml(markdown);
}

/**
 * Returns the saved notes of a release and the draft from `commits`, in one query for any number of them. `rendered` is the HTML of saved
 * notes that were stored without it.
 */
export async function describeNotes(
  db: Reader,
  { organizationId, version, commitCount }: Pick<ReleaseRow, "organizationId" | "version" | "commitCount">,
  commits: readonly NoteCommit[],
  saved: SavedNotes | undefined,
  rendered: string | null = null,
): Promise<NotesView> {
  const { sections, leftOut } = draftNotes(commits);
  const draft = renderNotes(sections);
  const listed = draft.sections.flatMap(({ entries }) => entries);
  const people = await briefContributors(
    db,
    organizationId,
    listed.flatMap(({ commit }) => commit.author ?? []),
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

/** The maximum number of commits that are read, and of characters of each message. */
const MAX_COMMITS = 5000;

const MAX_MESSAGE_LENGTH = 4000;

/** Returns the newest 5000 commits of a release, newest first. */
export const findNoteCommits = async (db: Reader, { id, commitCount }: Pick<ReleaseRow, "id" | "commitCount">): Promise<NoteCommit[]> =>
  commitCount === 0 ? [] : selectCommits(db, { releaseId: id });

const selectCommits = prepared((db: Reader, param: { releaseId: number }) => {
  const { releaseCommits, commits, repositories, commitAuthors, organizations } = db.tables;
  return db
    .select({
      sha: commits.sha,
      message: sql<string | null>`substr(${commits.message}, 1, ${sql.raw(String(MAX_MESSAGE_LENGTH))})`,
      repository: { name: repositories.name, url: repositories.url, links: repositories.links, ticketUrl: organizations.ticketUrl },
      author: commitAuthors,
    })
    .from(releaseCommits)
    .innerJoin(commits, eq(commits.id, releaseCommits.commitId))
    .innerJoin(repositories, eq(repositories.id, commits.repositoryId))
    .innerJoin(organizations, eq(organizations.id, repositories.organizationId))
    .leftJoin(commitAuthors, eq(commitAuthors.id, commits.authorId))
    .where(eq(releaseCommits.releaseId, param.releaseId))
    .orderBy(asc(releaseCommits.position))
    .limit(MAX_COMMITS)
    .prepare();
});
