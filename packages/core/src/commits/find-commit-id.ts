import type { Reader } from "@landfall/db/store";
import type { GetCommitInput } from "@landfall/schema/inputs/commit-detail";
import { and, desc, eq, gte, lt, or, type SQL } from "drizzle-orm";
import type { ProjectReach } from "../access/project-reach.ts";
import { commitWithinReach } from "../access/within-reach.ts";
import { AppError, notFound } from "../app-error.ts";

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
export async function findCommitId(db: Reader, organizationId: number, reach: ProjectReach, input: GetCommitInput): Promise<number> {
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
