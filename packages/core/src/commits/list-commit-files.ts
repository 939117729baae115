import { ListRepositoryCommitsOfReleaseInput } from "@landfall/schema/inputs/commits-of-release";
import { REL_READ } from "@landfall/schema/scope";
import type { CommitFileView } from "@landfall/schema/views/commit";
import type { Page } from "@landfall/schema/views/page";
import { and, asc, eq } from "drizzle-orm";
import { atRelease } from "../access/at-release.ts";
import { notFound } from "../app-error.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { listedMessage } from "./cut-message.ts";
import { findCommits } from "./describe-commits.ts";
import { describeAuthors } from "./find-authors.ts";
import { findFilteredRepository } from "./find-filtered-repository.ts";

/** The files the commits of a release changed, by name; one row for each commit and file (contract 6.3). */
export const listCommitFiles = query({
  scope: REL_READ,
  at: atRelease,
  input: ListRepositoryCommitsOfReleaseInput,
  run: async ({ db, at: { access, release } }, input): Promise<Page<CommitFileView>> => {
    const window = offsetWindow(input);
    const repository = await findFilteredRepository(db, access, input);
    if (repository === null) throw notFound();
    const { releaseCommits, commits, commitFiles } = db.tables;
    // Files are sorted without their commits: messages of a long list are more than memory has room for.
    const rows = await db
      .select({ file: commitFiles })
      .from(releaseCommits)
      .innerJoin(commits, eq(commits.id, releaseCommits.commitId))
      .innerJoin(commitFiles, eq(commitFiles.commitId, commits.id))
      .where(and(eq(releaseCommits.releaseId, release.id), repository && eq(commits.repositoryId, repository.id)))
      .orderBy(asc(commitFiles.path), asc(commitFiles.id))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    const found = await findCommits(db, [...new Set(items.map(({ file }) => file.commitId))]);
    const commitOf = new Map(found.map((row) => [row.commit.id, row]));
    const authors = await describeAuthors(
      db,
      release.organizationId,
      found.flatMap(({ author }) => author ?? []),
    );
    return {
      items: items.flatMap(({ file }) => {
        const source = commitOf.get(file.commitId);
        if (!source) return [];
        return {
          id: String(file.id),
          orgId: release.organizationId,
          author: (source.author && authors.get(source.author.id)) ?? {},
          commitMessage: listedMessage(source.commit.message),
          filename: file.path,
          type: file.type,
          repoName: source.repository.name,
        };
      }),
      ...links,
    };
  },
});
