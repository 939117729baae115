import type { Reader } from "@landfall/db/store";
import type { RepositoryRow } from "@landfall/db/tables/schema";
import { listedMessage } from "@landfall/domain/commits/reported-commit";
import type { Page } from "@landfall/schema/page";
import {
  type CommitFileView,
  type CommitView,
  ListCommitsInput,
  ListRepositoryCommitsOfReleaseInput,
  type RepositoryFilter,
} from "@landfall/schema/releases/commits";
import { REL_READ } from "@landfall/schema/scope";
import { and, asc, desc, eq, gt, lt } from "drizzle-orm";
import { atProjectRelease, type AtRelease, atRelease } from "../../access/at-release.ts";
import type { Access } from "../../access/organization-access.ts";
import { reachableProjects, repositoryWithinReach } from "../../access/project-reach.ts";
import { quoted } from "../../access/unknown-names.ts";
import { type AppError, notFound } from "../../kernel/app-error.ts";
import { keysetPage, keysetWindow } from "../../kernel/keyset-page.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { query } from "../../kernel/operation.ts";
import type { PageRequest } from "../../kernel/page-request.ts";
import { describeAuthors } from "../../records/authors.ts";
import { describeCommits, findCommits } from "../../records/commits.ts";

/** Lists the commits of a release, newest first (contract 6.1). */
export const listReleaseCommits = query({
  scope: REL_READ,
  at: atRelease,
  input: ListCommitsInput,
  run: ({ db, at }, input) => selectReleaseCommits(db, at, input),
});

/** Lists the commits of a release of a project, optionally of one repository (contract 6.2). */
export const listProjectReleaseCommits = query({
  scope: REL_READ,
  at: atProjectRelease,
  input: ListRepositoryCommitsOfReleaseInput,
  run: ({ db, at }, input) => selectReleaseCommits(db, at, input),
});

/**
 * Returns a page of the commits of a release in stored order (contract 6.1, 6.2).
 *
 * @throws 404 if there is no repository for the filter.
 */
async function selectReleaseCommits(
  db: Reader,
  { access, release }: AtRelease,
  request: PageRequest & RepositoryFilter,
): Promise<Page<CommitView>> {
  const repository = await findFilteredRepository(db, access, request);
  if (repository === null) throw unknownRepository(access, request);
  const window = keysetWindow(request, "ascending");
  const rows = await readRows(db, release.id, repository, window);
  const { items, ...links } = keysetPage(window, rows, ({ position, commit }) => ({ value: position, id: commit.id }));
  return { items: await describeCommits(db, access, items), ...links };
}

async function readRows(db: Reader, releaseId: number, repository: RepositoryRow | undefined, window: ReturnType<typeof keysetWindow>) {
  const { releaseCommits, commits, repositories, commitAuthors } = db.tables;
  const { position } = releaseCommits;
  const { key, backwards, limit } = window;
  // Positions are unique in a release, so the key needs no id.
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

/** Lists the files that the commits of a release changed, sorted by path: one row for each commit and file (contract 6.3). */
export const listCommitFiles = query({
  scope: REL_READ,
  at: atRelease,
  input: ListRepositoryCommitsOfReleaseInput,
  run: async ({ db, at: { access, release } }, input): Promise<Page<CommitFileView>> => {
    const window = offsetWindow(input);
    const repository = await findFilteredRepository(db, access, input);
    if (repository === null) throw unknownRepository(access, input);
    const { releaseCommits, commits, commitFiles } = db.tables;
    // Files are sorted without their commits: the messages of a long list need too much memory.
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

const unknownRepository = ({ organization }: Access, { repo_id: id, repo_name: name }: RepositoryFilter): AppError =>
  notFound(`No repository ${quoted(name || id || "")} in ${organization.slug}, or you do not have access to its projects.`);

/**
 * Returns the newest active repository within reach that has the external id and the name of a filter, as far as they are given (contract
 * 6.2). Undefined if the filter is empty, null if there is no such repository.
 */
export async function findFilteredRepository(
  db: Reader,
  access: Access,
  { repo_id: externalId, repo_name: name }: RepositoryFilter,
): Promise<RepositoryRow | undefined | null> {
  if (!externalId && !name) return undefined;
  const { repositories } = db.tables;
  const [row] = await db
    .select()
    .from(repositories)
    .where(
      and(
        eq(repositories.organizationId, access.organization.id),
        eq(repositories.status, "active"),
        externalId ? eq(repositories.externalId, externalId) : undefined,
        name ? eq(repositories.name, name) : undefined,
        repositoryWithinReach(db, await reachableProjects(db, access)),
      ),
    )
    .orderBy(desc(repositories.id))
    .limit(1);
  return row ?? null;
}
