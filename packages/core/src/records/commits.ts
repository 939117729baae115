import { anyOf, literalLimit } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { CommitAuthorRow, CommitRow, RepositoryRow } from "@landfall/db/tables/schema";
import { listedMessage } from "@landfall/domain/commits/reported-commit";
import { instant, instantOrNull } from "@landfall/schema/instant";
import type { CommitView } from "@landfall/schema/releases/commits";
import { asc, eq } from "drizzle-orm";
import type { Access } from "../access/organization-access.ts";
import { describeAuthors } from "./authors.ts";
import { reachableReleases } from "./releases.ts";
import { describeRepository } from "./repositories.ts";

export type CommitWithSource = { readonly commit: CommitRow; readonly repository: RepositoryRow; readonly author: CommitAuthorRow | null };

/** At most this many releases are named on the commits of one answer. */
const MAX_RELEASES = 1000;

/**
 * Commits as the wire shows them, in the order given (contract 12.3), with the releases they are in, as far as the caller may know of
 * those. A few queries whatever their number.
 */
export async function describeCommits(db: Reader, access: Access, rows: readonly CommitWithSource[]): Promise<CommitView[]> {
  if (rows.length === 0) return [];
  const authors = await describeAuthors(
    db,
    access.organization.id,
    rows.flatMap(({ author }) => author ?? []),
  );
  const named = await selectReleases(db, { ids: rows.map(({ commit }) => commit.id) });
  const known = await reachableReleases(db, access, [...new Set(named.map((row) => row.releaseId))]);
  const releases = Map.groupBy(
    named.filter((row) => known.has(row.releaseId)),
    (row) => row.commitId,
  );
  return rows.map(({ commit, repository, author }) => ({
    id: commit.sha,
    message: listedMessage(commit.message),
    dateCreated: instant(commit.dateCreated),
    pullRequest: null,
    suspectCommitType: "",
    repository: describeRepository(repository),
    author: (author && authors.get(author.id)) ?? {},
    releases: (releases.get(commit.id) ?? []).map(({ version, ref, url, dateReleased, dateCreated }) => ({
      version,
      shortVersion: version,
      ref,
      url,
      dateReleased: instantOrNull(dateReleased),
      dateCreated: instant(dateCreated),
    })),
  }));
}

/** Commits by id, with repository and author. */
export async function findCommits(db: Reader, ids: readonly number[]): Promise<CommitWithSource[]> {
  return ids.length === 0 ? [] : selectCommits(db, { ids });
}

/** Commits by id, with repository and author, in the order of the ids. */
export async function findCommitsInOrder(db: Reader, ids: readonly number[]): Promise<CommitWithSource[]> {
  const found = new Map((await findCommits(db, ids)).map((row) => [row.commit.id, row]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

const selectCommits = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { commits, repositories, commitAuthors } = db.tables;
  return db
    .select({ commit: commits, repository: repositories, author: commitAuthors })
    .from(commits)
    .innerJoin(repositories, eq(repositories.id, commits.repositoryId))
    .leftJoin(commitAuthors, eq(commitAuthors.id, commits.authorId))
    .where(anyOf(commits.id, param.ids))
    .prepare();
});

const selectReleases = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { releases, releaseCommits } = db.tables;
  return db
    .select({
      commitId: releaseCommits.commitId,
      releaseId: releases.id,
      version: releases.version,
      ref: releases.ref,
      url: releases.url,
      dateReleased: releases.dateReleased,
      dateCreated: releases.dateCreated,
    })
    .from(releaseCommits)
    .innerJoin(releases, eq(releases.id, releaseCommits.releaseId))
    .where(anyOf(releaseCommits.commitId, param.ids))
    .orderBy(asc(releases.id))
    .limit(literalLimit(MAX_RELEASES))
    .prepare();
});
