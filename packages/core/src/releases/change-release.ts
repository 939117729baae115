import type { ReleaseRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import { and, eq, isNull, type SQL } from "drizzle-orm";
import { notFound } from "../app-error.ts";

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
