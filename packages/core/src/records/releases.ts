import { anyOf } from "@landfall/db/sql/conditions";
import type { NewRow } from "@landfall/db/sql/insert-rows";
import { pick, prepared } from "@landfall/db/sql/prepared";
import type { Reader, Tx } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { semverColumns, type SemverKey } from "@landfall/domain/versions/semver";
import { RELEASE_TEXTS, type ReleaseText } from "@landfall/schema/constants";
import { and, eq, exists, isNull, type SQL, sql } from "drizzle-orm";
import { findRelease } from "../access/find-release.ts";
import type { Access } from "../access/organization-access.ts";
import { reachableProjects, withinReach } from "../access/project-reach.ts";
import { quoted } from "../access/unknown-names.ts";
import { type AppError, notFound } from "../kernel/app-error.ts";

/** The optional texts of a release, such as its ref. */
type ReleaseTexts = Readonly<Record<ReleaseText, string | null>>;

type GivenTexts = { readonly [Name in ReleaseText]?: string | null | undefined };

/** Returns the texts of a release or of an input; null for those that it does not have. The cast types the entries, one for each name. */
export const releaseTexts = (from: GivenTexts): ReleaseTexts =>
  Object.fromEntries(RELEASE_TEXTS.map((name) => [name, from[name] ?? null])) as ReleaseTexts;

export type NewRelease = GivenTexts & {
  readonly organizationId: number;
  readonly version: string;
  readonly ownerId: number | null;
  readonly dateReleased: Date | null;
  readonly isArchived: boolean;
  readonly userAgent: string | null;
};

/**
 * Returns the release of this version, and creates it if it does not exist (contract 3.2, step 3). Of several concurrent callers, exactly one
 * creates it.
 */
export async function ensureRelease(tx: Tx, draft: NewRelease, now: Date): Promise<{ release: ReleaseRow; created: boolean }> {
  const known = await findRelease(tx, draft.organizationId, draft.version);
  if (known) return { release: known, created: false };
  const dates = { dateCreated: now, dateEffective: draft.dateReleased ?? now };
  const columns = { ...draft, ...releaseTexts(draft), ...sortableVersion(draft.version), ...dates };
  const [inserted] = await insertRelease(tx, { ...columns, authorIds: [] });
  if (inserted) return { release: inserted, created: true };
  const concurrent = await findRelease(tx, draft.organizationId, draft.version);
  if (!concurrent) throw new Error("the release exists but was not found");
  return { release: concurrent, created: false };
}

/** The columns that order releases by version, in the order of `SemverKey` (contract 13.3). All of them are null if it is not semver. */
export const SEMVER_KEY_COLUMNS = ["major", "minor", "patch", "revision", "isFinal", "prerelease"] as const;

/** Returns `(major, minor, …)` of `releases`, to be compared with `semverKeyValues`. */
export const semverKeyColumns = ({ tables: { releases } }: Reader): SQL => tuple(SEMVER_KEY_COLUMNS.map((name) => sql`${releases[name]}`));

/** Returns a key as values, to be compared with `semverKeyColumns`. */
export const semverKeyValues = (key: SemverKey): SQL => tuple(key.map((part) => sql`${part}`));

const tuple = (parts: readonly SQL[]): SQL => sql`(${sql.join([...parts], sql`, `)})`;

/** Returns the semver columns, and whether the version is final: pre-releases sort below it (contract 13.3). */
function sortableVersion(version: string) {
  const columns = semverColumns(version);
  return { ...columns, isFinal: columns.prerelease === null ? null : columns.prerelease === "" ? 1 : 0 };
}

const RELEASE_COLUMNS = [
  "organizationId",
  "version",
  "isArchived",
  ...RELEASE_TEXTS,
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

export type ReleaseChanges = Partial<Pick<ReleaseRow, ReleaseText | "isArchived" | "dateReleased" | "ownerId">>;

export type ChangedRelease = {
  readonly release: ReleaseRow;
  /** Whether this change set the first release date. Of several concurrent changes, exactly one does. */
  readonly isFinalized: boolean;
};

/**
 * Changes a release, and the copies of its dates and status in its project links. Returns the stored release, including concurrent changes.
 * Writes nothing if `changes` is empty.
 *
 * @throws 404 if the release was deleted
 */
export async function changeRelease(tx: Tx, release: ReleaseRow, changes: ReleaseChanges): Promise<ChangedRelease> {
  if (Object.keys(changes).length === 0) return { release, isFinalized: false };
  const { isArchived, dateReleased } = changes;
  const canFinalize = dateReleased instanceof Date && release.dateReleased === null;
  const finalized = canFinalize ? await updateRow(tx, release, changes, isNull(tx.tables.releases.dateReleased)) : undefined;
  const changed = finalized ?? (await updateRow(tx, release, changes));
  if (!changed) throw releaseDeleted(release);
  const copied = {
    ...(isArchived === undefined ? {} : { isArchived }),
    ...effectiveDate(release, dateReleased),
  };
  if (Object.keys(copied).length > 0) {
    const { releaseProjects } = tx.tables;
    await tx.update(releaseProjects).set(copied).where(eq(releaseProjects.releaseId, release.id));
  }
  return { release: changed, isFinalized: finalized !== undefined };
}

async function updateRow(tx: Tx, release: ReleaseRow, changes: ReleaseChanges, condition?: SQL): Promise<ReleaseRow | undefined> {
  const { releases } = tx.tables;
  const { id, organizationId } = release;
  const [row] = await tx
    .update(releases)
    .set({ ...changes, ...effectiveDate(release, changes.dateReleased) })
    .where(and(eq(releases.id, id), eq(releases.organizationId, organizationId), condition))
    .returning();
  return row;
}

/** The effective date of a release is its release date, else its creation date. */
const effectiveDate = ({ dateCreated }: ReleaseRow, dateReleased: Date | null | undefined): { dateEffective?: Date } =>
  dateReleased === undefined ? {} : { dateEffective: dateReleased ?? dateCreated };

/**
 * Locks a release against changes and deletion by others until the transaction ends. Returns the stored release, or undefined if it was
 * deleted after it was read. SQLite has a single writer, so the row that the transaction read is still current there.
 */
export async function lockRelease(tx: Tx, release: ReleaseRow): Promise<ReleaseRow | undefined> {
  if (tx.dialect === "sqlite") return release;
  const { releases } = tx.tables;
  const [locked] = await tx
    .update(releases)
    .set({ deployCount: sql`${releases.deployCount}` })
    .where(and(eq(releases.id, release.id), eq(releases.organizationId, release.organizationId)))
    .returning();
  return locked;
}

/** 404 for a release that another request deleted while this one was running. */
export const releaseDeleted = ({ version }: Pick<ReleaseRow, "version">): AppError =>
  notFound(`The release ${quoted(version)} was deleted by another request.`);

/** Links projects to a release. Returns the ids of the projects that were not linked before. */
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

/** Stores the RELEASE activity of a finalized release in each of these projects, with the release date (contract 14.11). */
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

/** Returns the first 64 characters of a version, which identify its activities (contract 14.11). */
export const activityIdent = (version: string): string => [...version].slice(0, 64).join("");

/**
 * The condition that joins a row of `releases` with its links to some projects. `projects` is a condition on `releaseProjects.projectId`;
 * undefined means all projects.
 */
export const linksOfRelease = ({ tables: { releases, releaseProjects } }: Reader, projects: SQL | undefined): SQL | undefined =>
  and(eq(releaseProjects.releaseId, releases.id), projects);

/** Whether a row of `releases` is linked to one of some projects, as in `linksOfRelease`. */
export const isLinkedTo = (db: Reader, projects: SQL | undefined): SQL =>
  exists(
    db
      .select({ one: sql`1` })
      .from(db.tables.releaseProjects)
      .where(linksOfRelease(db, projects)),
  );

/**
 * Returns the ids of the releases that have a project within the caller's reach (contract 4.1), for responses that mention other releases
 * than the requested one. No query if every project is within reach.
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
