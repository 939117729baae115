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

/** A commit with its repository and, if its list named one, its author. */
export type CommitWithSource = { readonly commit: CommitRow; readonly repository: RepositoryRow; readonly author: CommitAuthorRow | null };

/** At most this many releases are listed for the commits of one response. */
const MAX_RELEASES = 1000;

/**
 * Returns commits in the given order (contract 12.3), each with the releases within the caller's reach that contain it. The number of
 * queries does not depend on the number of commits.
 */
export async function describeCommits(db: Reader, access: Access, rows: readonly CommitWithSource[]): Promise<CommitView[]> {
  if (rows.length === 0) return [];
  const authors = await describeAuthors(
    db,
    access.organization.id,
    rows.flatMap(({ author }) => author ?? []),
  );
  const containing = await selectReleases(db, { ids: rows.map(({ commit }) => commit.id) });
  const reachable = await reachableReleases(db, access, [...new Set(containing.map((row) => row.releaseId))]);
  const releases = Map.groupBy(
    containing.filter((row) => reachable.has(row.releaseId)),
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

/** Returns commits by id, with repository and author, unordered. At most one query. */
export async function findCommits(db: Reader, ids: readonly number[]): Promise<CommitWithSource[]> {
  return ids.length === 0 ? [] : selectCommits(db, { ids });
}

/** Returns commits by id, with repository and author, in the order of the ids. At most one query. */
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
