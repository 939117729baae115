import type { RepositoryRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import type { RepositoryFilter } from "@landfall/schema/inputs/commits-of-release";
import type { CommitView } from "@landfall/schema/views/commit";
import type { Page } from "@landfall/schema/views/page";
import { and, asc, desc, eq, gt, lt } from "drizzle-orm";
import type { AtRelease } from "../access/at-release.ts";
import { notFound } from "../app-error.ts";
import { keysetPage, keysetWindow } from "../pagination/keyset-page.ts";
import type { PageRequest } from "../pagination/page-request.ts";
import { describeCommits } from "./describe-commits.ts";
import { findFilteredRepository } from "./find-filtered-repository.ts";

/** A page of a release's commits in stored order (contract 6.1, 6.2). Throws 404 for a filter that names no repository. */
export async function selectReleaseCommits(
  db: Reader,
  { access, release }: AtRelease,
  request: PageRequest & RepositoryFilter,
): Promise<Page<CommitView>> {
  const repository = await findFilteredRepository(db, access, request);
  if (repository === null) throw notFound();
  const window = keysetWindow(request, "ascending");
  const rows = await readRows(db, release.id, repository, window);
  const { items, ...links } = keysetPage(window, rows, ({ position, commit }) => ({ value: position, id: commit.id }));
  return { items: await describeCommits(db, access, items), ...links };
}

async function readRows(db: Reader, releaseId: number, repository: RepositoryRow | undefined, window: ReturnType<typeof keysetWindow>) {
  const { releaseCommits, commits, repositories, commitAuthors } = db.tables;
  const { position } = releaseCommits;
  const { key, backwards, limit } = window;
  // A position belongs to one commit of a release, so it is the whole key.
  const beyond = backwards ? lt(position, key.value) : gt(position, key.value);
  return db
    .select({ position, commit: commits, repository: repositories, author: commitAuthors })
    .from(releaseCommits)
    .innerJoin(commits, eq(commits.id, releaseCommits.commitId))
    .innerJoin(repositories, eq(repositories.id, commits.repositoryId))
    .leftJoin(commitAuthors, eq(commitAuthors.id, commits.authorId))
    .where(and(eq(releaseCommits.releaseId, releaseId), beyond, repository && eq(commits.repositoryId, repository.id)))
    .orderBy(backwards ? desc(position) : asc(position))
    .limit(limit);
}
