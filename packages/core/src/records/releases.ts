import { anyOf } from "@landfall/db/sql/conditions";
import type { NewRow } from "@landfall/db/sql/insert-rows";
import { pick, prepared } from "@landfall/db/sql/prepared";
import type { Reader, Tx } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { semverColumns } from "@landfall/domain/versions/semver";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { findRelease } from "../access/find-release.ts";
import type { Access } from "../access/organization-access.ts";
import { reachableProjects, withinReach } from "../access/project-reach.ts";
import { notFound } from "../kernel/app-error.ts";

export type NewRelease = {
  readonly organizationId: number;
  readonly version: string;
  readonly ref: string | null;
  readonly url: string | null;
  readonly ownerId: number | null;
  readonly dateReleased: Date | null;
  readonly isArchived: boolean;
  readonly userAgent: string | null;
};

/** The release of this version, made when there is none (contract 3.2, step 3). Of many callers at once exactly one makes it. */
export async function ensureRelease(tx: Tx, draft: NewRelease, now: Date): Promise<{ release: ReleaseRow; created: boolean }> {
  const known = await findRelease(tx, draft.organizationId, draft.version);
  if (known) return { release: known, created: false };
  const { organizationId, version, ref, url, ownerId, dateReleased, isArchived, userAgent } = draft;
  const named = { organizationId, version, ref, url, ownerId, dateReleased, isArchived, userAgent, ...sortableVersion(version) };
  const [made] = await insertRelease(tx, { ...named, dateCreated: now, dateEffective: dateReleased ?? now, authorIds: [] });
  if (made) return { release: made, created: true };
  const raced = await findRelease(tx, draft.organizationId, draft.version);
  if (!raced) throw new Error("a release that exists could not be read");
  return { release: raced, created: false };
}

/** The semver columns, and whether the version is final: candidates sort below it (contract 13.3). */
function sortableVersion(version: string) {
  const columns = semverColumns(version);
  return { ...columns, isFinal: columns.prerelease === null ? null : columns.prerelease === "" ? 1 : 0 };
}

const RELEASE_COLUMNS = [
  "organizationId",
  "version",
  "isArchived",
  "ref",
  "url",
  "ownerId",
  "userAgent",
  "dateCreated",
  "dateReleased",
  "dateEffective",
  "authorIds",
  "package",
  "major",
  "minor",
  "patch",
  "revision",
  "isFinal",
  "prerelease",
  "buildCode",
  "buildNumber",
] as const;

const insertRelease = prepared((tx: Tx, param: NewRow<"releases", typeof RELEASE_COLUMNS>) =>
  tx.insert(tx.tables.releases).values(pick(param, RELEASE_COLUMNS)).onConflictDoNothing().returning().prepare(),
);

export type ReleaseChanges = Partial<Pick<ReleaseRow, "ref" | "url" | "isArchived" | "dateReleased" | "ownerId">>;

export type ChangedRelease = {
  readonly release: ReleaseRow;
  /** This change gave the release its first date: of many at once exactly one is told so. */
  readonly isFinalized: boolean;
};

/**
 * Changes a release, and the dates and state its project links repeat; answers it as it is now, with what others changed meanwhile.
 * Nothing to change writes nothing. Throws 404 when the release is gone.
 */
export async function changeRelease(tx: Tx, release: ReleaseRow, changes: ReleaseChanges): Promise<ChangedRelease> {
  if (Object.keys(changes).length === 0) return { release, isFinalized: false };
  const { isArchived, dateReleased } = changes;
  const mayBeFirst = dateReleased instanceof Date && release.dateReleased === null;
  const first = mayBeFirst ? await write(tx, release, changes, isNull(tx.tables.releases.dateReleased)) : undefined;
  const changed = first ?? (await write(tx, release, changes));
  if (!changed) throw notFound();
  const repeated = {
    ...(isArchived === undefined ? {} : { isArchived }),
    ...effectiveDate(release, dateReleased),
  };
  if (Object.keys(repeated).length > 0) {
    const { releaseProjects } = tx.tables;
    await tx.update(releaseProjects).set(repeated).where(eq(releaseProjects.releaseId, release.id));
  }
  return { release: changed, isFinalized: first !== undefined };
}

async function write(tx: Tx, release: ReleaseRow, changes: ReleaseChanges, condition?: SQL): Promise<ReleaseRow | undefined> {
  const { releases } = tx.tables;
  const { id, organizationId } = release;
  const [row] = await tx
    .update(releases)
    .set({ ...changes, ...effectiveDate(release, changes.dateReleased) })
    .where(and(eq(releases.id, id), eq(releases.organizationId, organizationId), condition))
    .returning();
  return row;
}

/** A release that is not finalized counts from when it was created. */
const effectiveDate = ({ dateCreated }: ReleaseRow, dateReleased: Date | null | undefined): { dateEffective?: Date } =>
  dateReleased === undefined ? {} : { dateEffective: dateReleased ?? dateCreated };

/**
 * The release as it is now, and until this transaction ends: others that would change or delete it wait. Undefined when somebody
 * deleted it since it was read. SQLite has one writer, so there what this transaction read is still so.
 */
export async function lockRelease(tx: Tx, release: ReleaseRow): Promise<ReleaseRow | undefined> {
  if (tx.dialect === "sqlite") return release;
  const { releases } = tx.tables;
  const [held] = await tx
    .update(releases)
    .set({ deployCount: sql`${releases.deployCount}` })
    .where(and(eq(releases.id, release.id), eq(releases.organizationId, release.organizationId)))
    .returning();
  return held;
}

/** Links projects to a release; answers the ids of those that were not linked before. */
export async function linkProjects(tx: Tx, release: ReleaseRow, projectIds: readonly number[]): Promise<number[]> {
  const { id: releaseId, isArchived, dateCreated, dateEffective } = release;
  const added: number[] = [];
  for (const projectId of projectIds) {
    const rows = await insertLink(tx, { releaseId, projectId, isArchived, dateCreated, dateEffective });
    if (rows.length > 0) added.push(projectId);
  }
  return added;
}

const LINK_COLUMNS = ["releaseId", "projectId", "isArchived", "dateCreated", "dateEffective"] as const;

const insertLink = prepared((tx: Tx, param: NewRow<"releaseProjects", typeof LINK_COLUMNS>) => {
  const { releaseProjects } = tx.tables;
  return tx.insert(releaseProjects).values(pick(param, LINK_COLUMNS)).onConflictDoNothing().returning({ id: releaseProjects.id }).prepare();
});

/** Writes the RELEASE activity of a finalized release in each of these projects, dated as it was released (contract 14.11). */
export async function recordFinalized(tx: Tx, release: ReleaseRow, projectIds: readonly number[]): Promise<void> {
  const { organizationId, version, dateReleased } = release;
  if (dateReleased === null || projectIds.length === 0) return;
  const ident = activityIdent(version);
  await tx
    .insert(tx.tables.activities)
    .values(
      projectIds.map((projectId) => ({ organizationId, projectId, kind: "release", ident, data: { version }, dateCreated: dateReleased })),
    );
}

/** The first 64 characters of a version: what activities are filed under (contract 14.11). */
export const activityIdent = (version: string): string => [...version].slice(0, 64).join("");

/**
 * Those of the releases the caller may know of: some project of theirs is within reach (contract 4.1). For answers that name releases
 * besides the one asked for. Costs nothing where every project is within reach.
 */
export async function reachableReleases(db: Reader, access: Access, releaseIds: readonly number[]): Promise<ReadonlySet<number>> {
  const reach = await reachableProjects(db, access);
  if (reach.all || releaseIds.length === 0) return new Set(releaseIds);
  const linked = await selectLinked(db, { releaseIds, projectIds: [...reach.ids] });
  return new Set(linked.map((row) => row.releaseId));
}

const selectLinked = prepared((db: Reader, param: { releaseIds: readonly number[]; projectIds: readonly number[] }) => {
  const { releaseProjects } = db.tables;
  return db
    .selectDistinct({ releaseId: releaseProjects.releaseId })
    .from(releaseProjects)
    .where(and(anyOf(releaseProjects.releaseId, param.releaseIds), withinReach(releaseProjects.projectId, param.projectIds)))
    .prepare();
});
