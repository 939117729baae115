import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { CommitRow } from "@landfall/db/tables/schema";
import { instant } from "@landfall/schema/instant";
import { type CommitDetailView, GetCommitInput } from "@landfall/schema/releases/commits";
import { REL_READ } from "@landfall/schema/scope";
import { and, asc, count, desc, eq, exists, gte, lt, or, type SQL, sql } from "drizzle-orm";
import { atOrganization } from "../../access/organization-access.ts";
import { commitWithinReach, type ProjectReach, reachableProjects } from "../../access/project-reach.ts";
import { quoted } from "../../access/unknown-names.ts";
import { AppError, notFound } from "../../kernel/app-error.ts";
import { query } from "../../kernel/operation.ts";
import { briefRelease } from "../../records/briefs.ts";
import { briefContributors } from "../../records/contributors.ts";
import { findWhereabouts } from "../../records/commit-whereabouts.ts";
import { findCommits } from "../../records/commits.ts";
import { describeLinkSource } from "../../records/repositories.ts";

/** Releases that are returned with a commit. */
const MAX_RELEASES = 50;

/**
 * Returns a commit with its files, the releases that contain it, and the environments that it has reached. With closed membership, only
 * commits of releases within reach are found; else all of the organization, released or not.
 *
 * @throws 404 if there is no such commit, and `invalid` with reason "ambiguous" if several hashes begin with the prefix or several
 * repositories have the hash.
 */
export const getCommit = query({
  scope: REL_READ,
  at: atOrganization,
  input: GetCommitInput,
  run: async ({ db, at: { access } }, input): Promise<CommitDetailView> => {
    const organizationId = access.organization.id;
    const reach = await reachableProjects(db, access);
    const id = await findCommitId(db, organizationId, reach, input);
    const [found] = await findCommits(db, [id]);
    if (!found) throw unknownCommit(input);
    const { commit, repository, author } = found;
    const contributors = await briefContributors(db, organizationId, author ? [author] : []);
    const { releases = [], environments = [] } = (await findWhereabouts(db, organizationId, reach, [id])).get(id) ?? {};
    return {
      sha: commit.sha,
      message: commit.message,
      dateCreated: instant(commit.dateCreated),
      author: (author && contributors.get(author.id)) ?? null,
      repository: describeLinkSource(access.organization, repository),
      files: await findChangedFiles(db, id),
      releases: { total: releases.length, items: releases.slice(0, MAX_RELEASES).map(briefRelease) },
      environments: [...environments],
      neighbors: releases.length > 0 ? null : await countUnreleasedAfter(db, commit),
    };
  },
});

/** A hash, or a prefix of one that is long enough to look up. */
const PREFIX = /^[0-9a-f]{7,64}$/i;

/** Commits that are read to find the one that matches. */
const MAX_CANDIDATES = 100;

type Candidate = { readonly id: number; readonly sha: string; readonly repository: string; readonly isActive: boolean };

/**
 * Returns the id of the one commit within reach that has this hash or, for a prefix of at least seven digits, whose hash begins with it. An
 * exact hash takes precedence over longer ones. Of several repositories with the same name, the active one takes precedence, then the
 * newest. At most two queries.
 *
 * @throws 404 if there is no such commit, and `invalid` with reason "ambiguous" if there are several.
 */
async function findCommitId(db: Reader, organizationId: number, reach: ProjectReach, input: GetCommitInput): Promise<number> {
  const { sha } = db.tables.commits;
  const digits = input.sha.toLowerCase();
  const select = (hasHash: SQL | undefined) => selectCandidates(db, organizationId, reach, input, hasHash);
  const exact = await select(or(eq(sha, input.sha), eq(sha, digits)));
  // Hashes have no letter after f, so "g" is the upper end of the range of every prefix.
  const found = exact.length > 0 || !PREFIX.test(digits) ? exact : await select(and(gte(sha, digits), lt(sha, `${digits}g`)));
  const chosen = found.find(({ isActive }) => isActive) ?? found.at(0);
  if (!chosen) throw unknownCommit(input);
  const shas = new Set(found.map((one) => one.sha));
  if (shas.size > 1) throw ambiguous("sha", `${countLabel(found)} commits begin with these digits. Enter more digits.`);
  const names = new Set(found.map(({ repository }) => repository));
  if (names.size > 1)
    throw ambiguous("repository", `${countLabel([...names])} repositories have a commit with this hash. Specify the repository.`);
  return chosen.id;
}

const unknownCommit = ({ sha, repository }: GetCommitInput): AppError =>
  notFound(
    `No commit ${quoted(sha)}${repository ? ` in the repository ${quoted(repository)}` : ""}, or you do not have access to its projects.`,
  );

function selectCandidates(
  db: Reader,
  organizationId: number,
  reach: ProjectReach,
  { repository }: GetCommitInput,
  hasHash: SQL | undefined,
): Promise<Candidate[]> {
  const { commits, repositories } = db.tables;
  const inRepository = repository ? eq(repositories.name, repository) : undefined;
  return db
    .select({ id: commits.id, sha: commits.sha, repository: repositories.name, status: repositories.status })
    .from(commits)
    .innerJoin(repositories, eq(repositories.id, commits.repositoryId))
    .where(and(eq(commits.organizationId, organizationId), hasHash, inRepository, commitWithinReach(db, reach)))
    .orderBy(desc(repositories.id), desc(commits.id))
    .limit(MAX_CANDIDATES)
    .then((rows) => rows.map(({ status, ...row }) => ({ ...row, isActive: status === "active" })));
}

const countLabel = ({ length }: readonly unknown[]): string => (length < MAX_CANDIDATES ? String(length) : `${MAX_CANDIDATES} or more`);

const ambiguous = (path: keyof GetCommitInput, message: string): AppError =>
  new AppError("invalid", message, { issues: [{ path: [path], message }], reason: "ambiguous" });

/** Files that are returned with a commit. */
const MAX_FILES = 1000;

/** Returns the first 1000 files that a commit changed, sorted by path, and their total number. At most two queries. */
async function findChangedFiles(db: Reader, commitId: number): Promise<CommitDetailView["files"]> {
  const items = await selectFiles(db, { commitId });
  if (items.length < MAX_FILES) return { total: items.length, items };
  const [row] = await countFiles(db, { commitId });
  return { total: row?.total ?? items.length, items };
}

const selectFiles = prepared((db: Reader, param: { commitId: number }) => {
  const { commitId, path, type } = db.tables.commitFiles;
  return db
    .select({ path, type })
    .from(db.tables.commitFiles)
    .where(eq(commitId, param.commitId))
    .orderBy(asc(path))
    .limit(MAX_FILES)
    .prepare();
});

const countFiles = prepared((db: Reader, param: { commitId: number }) => {
  const { commitFiles } = db.tables;
  return db.select({ total: count() }).from(commitFiles).where(eq(commitFiles.commitId, param.commitId)).prepare();
});

/** Newer commits that are read. */
const MAX_SCANNED = 2000;

/** Counts the commits that are in no release, of the 2000 that follow a commit in its repository. One query. */
async function countUnreleasedAfter(
  db: Reader,
  { repositoryId, dateCreated, id }: Pick<CommitRow, "repositoryId" | "dateCreated" | "id">,
): Promise<NonNullable<CommitDetailView["neighbors"]>> {
  const { commits, releaseCommits } = db.tables;
  const newer = sql`(${commits.dateCreated}, ${commits.id}) > (${sql.param(dateCreated, commits.dateCreated)}, ${id})`;
  const next = db
    .select({ id: commits.id })
    .from(commits)
    .where(and(eq(commits.repositoryId, repositoryId), newer))
    .orderBy(asc(commits.dateCreated), asc(commits.id))
    .limit(MAX_SCANNED)
    .as("next");
  const isReleased = exists(
    db
      .select({ one: sql`1` })
      .from(releaseCommits)
      .where(eq(releaseCommits.commitId, next.id)),
  );
  const [row] = await db
    .select({ scanned: count(), unreleased: sql<number>`coalesce(sum(case when ${isReleased} then 0 else 1 end), 0)`.mapWith(Number) })
    .from(next);
  const { scanned, unreleased } = row ?? { scanned: 0, unreleased: 0 };
  return { unreleased, isCapped: scanned === MAX_SCANNED };
}
