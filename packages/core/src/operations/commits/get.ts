import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { CommitRow } from "@landfall/db/tables/schema";
import { instant } from "@landfall/schema/instant";
import { type CommitDetailView, GetCommitInput } from "@landfall/schema/releases/commits";
import { REL_READ } from "@landfall/schema/scope";
import { and, asc, count, desc, eq, exists, gte, lt, or, type SQL, sql } from "drizzle-orm";
import { atOrganization } from "../../access/organization-access.ts";
import { commitWithinReach, type ProjectReach, reachableProjects } from "../../access/project-reach.ts";
import { AppError, notFound } from "../../kernel/app-error.ts";
import { query } from "../../kernel/operation.ts";
import { briefRelease } from "../../records/briefs.ts";
import { briefContributors } from "../../records/contributors.ts";
import { findWhereabouts } from "../../records/commit-whereabouts.ts";
import { findCommits } from "../../records/commits.ts";

const RELEASES_LISTED = 50;

/**
 * A commit with its files, the releases that hold it and where it is now. Where membership is closed, only a commit of a release within
 * reach is told of; else any of the organization, released or not. Throws 404 for an unknown one and `invalid` (reason "ambiguous") for
 * digits that several commits begin with, or a hash that several repositories have.
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
    if (!found) throw notFound();
    const { commit, repository, author } = found;
    const people = await briefContributors(db, organizationId, author ? [author] : []);
    const { releases = [], environments = [] } = (await findWhereabouts(db, organizationId, reach, [id])).get(id) ?? {};
    return {
      sha: commit.sha,
      message: commit.message,
      dateCreated: instant(commit.dateCreated),
      author: (author && people.get(author.id)) ?? null,
      repository: { name: repository.name, url: repository.url },
      files: await findChangedFiles(db, id),
      releases: { total: releases.length, items: releases.slice(0, RELEASES_LISTED).map(briefRelease) },
      environments: [...environments],
      neighbours: releases.length > 0 ? null : await countUnreleasedAfter(db, commit),
    };
  },
});

/** The beginning of a hash, long enough to mean one. */
const PREFIX = /^[0-9a-f]{7,64}$/i;

/** Whoever sees so many candidates needs no exact number. */
const MAX_CANDIDATES = 100;

type Candidate = { readonly id: number; readonly sha: string; readonly repository: string; readonly isActive: boolean };

/**
 * The id of the one commit that a hash, or at least seven first digits of one, names among those the caller may know of. A whole hash
 * goes before longer ones that begin with it, and of repositories of one name the active, then the newest one. Throws 404 for none and
 * `invalid` (reason "ambiguous") with their number for several. At most two queries.
 */
async function findCommitId(db: Reader, organizationId: number, reach: ProjectReach, input: GetCommitInput): Promise<number> {
  const { sha } = db.tables.commits;
  const digits = input.sha.toLowerCase();
  const select = (called: SQL | undefined) => selectCandidates(db, organizationId, reach, input, called);
  const exact = await select(or(eq(sha, input.sha), eq(sha, digits)));
  // No hash has a letter after f, so "g" ends the range of every beginning.
  const found = exact.length > 0 || !PREFIX.test(digits) ? exact : await select(and(gte(sha, digits), lt(sha, `${digits}g`)));
  const chosen = found.find(({ isActive }) => isActive) ?? found.at(0);
  if (!chosen) throw notFound();
  const shas = new Set(found.map((one) => one.sha));
  if (shas.size > 1) throw ambiguous("sha", `${countLabel(found)} commits begin with these digits. Give more of them.`);
  const names = new Set(found.map(({ repository }) => repository));
  if (names.size > 1) throw ambiguous("repository", `${countLabel([...names])} repositories have a commit of this hash. Name one of them.`);
  return chosen.id;
}

function selectCandidates(
  db: Reader,
  organizationId: number,
  reach: ProjectReach,
  { repository }: GetCommitInput,
  called: SQL | undefined,
): Promise<Candidate[]> {
  const { commits, repositories } = db.tables;
  const inRepository = repository ? eq(repositories.name, repository) : undefined;
  return db
    .select({ id: commits.id, sha: commits.sha, repository: repositories.name, status: repositories.status })
    .from(commits)
    .innerJoin(repositories, eq(repositories.id, commits.repositoryId))
    .where(and(eq(commits.organizationId, organizationId), called, inRepository, commitWithinReach(db, reach)))
    .orderBy(desc(repositories.id), desc(commits.id))
    .limit(MAX_CANDIDATES)
    .then((rows) => rows.map(({ status, ...row }) => ({ ...row, isActive: status === "active" })));
}

const countLabel = ({ length }: readonly unknown[]): string => (length < MAX_CANDIDATES ? String(length) : `${MAX_CANDIDATES} or more`);

const ambiguous = (path: keyof GetCommitInput, message: string): AppError =>
  new AppError("invalid", message, { issues: [{ path: [path], message }], reason: "ambiguous" });

const MAX_FILES = 1000;

/** The files a commit changed, by path: the first 1000, and how many there are. At most two queries. */
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

/** Of the commits that came next so many are looked at. */
const MAX_SCANNED = 2000;

/** How many newer commits of a commit's repository are in no release, of the 2000 that came next. One query. */
async function countUnreleasedAfter(
  db: Reader,
  { repositoryId, dateCreated, id }: Pick<CommitRow, "repositoryId" | "dateCreated" | "id">,
): Promise<NonNullable<CommitDetailView["neighbours"]>> {
  const { commits, releaseCommits } = db.tables;
  const newer = sql`(${commits.dateCreated}, ${commits.id}) > (${sql.param(dateCreated, commits.dateCreated)}, ${id})`;
  const next = db
    .select({ id: commits.id })
    .from(commits)
    .where(and(eq(commits.repositoryId, repositoryId), newer))
    .orderBy(asc(commits.dateCreated), asc(commits.id))
    .limit(MAX_SCANNED)
    .as("next");
  const held = exists(
    db
      .select({ one: sql`1` })
      .from(releaseCommits)
      .where(eq(releaseCommits.commitId, next.id)),
  );
  const [row] = await db
    .select({ looked: count(), unreleased: sql<number>`coalesce(sum(case when ${held} then 0 else 1 end), 0)`.mapWith(Number) })
    .from(next);
  const { looked, unreleased } = row ?? { looked: 0, unreleased: 0 };
  return { unreleased, isCapped: looked === MAX_SCANNED };
}
