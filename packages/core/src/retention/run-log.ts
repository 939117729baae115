import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { ProjectRow, RetentionRunRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import { and, asc, desc, eq, lt, sql } from "drizzle-orm";

/** So many runs of a project are remembered. */
export const MAX_RUNS = 100;

/** So many versions are named of what went. */
const MAX_VERSIONS = 20;

/** What went in one transaction; the releases are those that lost something, again and again where it took several. */
export type Removed = Pick<RetentionRunRow, "bundles" | "files" | "bytes"> & { readonly releaseIds: readonly number[] };

export const NOTHING_REMOVED: Removed = { bundles: 0, files: 0, bytes: 0, releaseIds: [] };

/** Writes down that a run begins, and forgets the oldest one when there are too many. */
export async function beginRun(tx: Tx, { id: projectId, organizationId }: ProjectRow, actor: string, now: Date): Promise<RetentionRunRow> {
  const { retentionRuns } = tx.tables;
  const [run] = await tx.insert(retentionRuns).values({ organizationId, projectId, actor, versions: [], dateStarted: now }).returning();
  if (!run) throw new Error("a run was not written down");
  const [oldest] = await tx
    .select({ id: retentionRuns.id })
    .from(retentionRuns)
    .where(eq(retentionRuns.projectId, projectId))
    .orderBy(desc(retentionRuns.id))
    .limit(1)
    .offset(MAX_RUNS - 1);
  if (oldest) await tx.delete(retentionRuns).where(and(eq(retentionRuns.projectId, projectId), lt(retentionRuns.id, oldest.id)));
  return run;
}

/** Adds what went to a run. `seen` are the releases it was told of before. */
export async function recordRemoved(tx: Tx, runId: number, gone: Removed, seen: ReadonlySet<number>): Promise<void> {
  const { retentionRuns } = tx.tables;
  const fresh = [...new Set(gone.releaseIds)].filter((id) => !seen.has(id));
  if (gone.bundles + gone.files + fresh.length === 0) return;
  const { bundles, files, bytes, releases, id } = retentionRuns;
  const added = {
    bundles: sql`${bundles} + ${gone.bundles}`,
    files: sql`${files} + ${gone.files}`,
    bytes: sql`${bytes} + ${gone.bytes}`,
    releases: sql`${releases} + ${fresh.length}`,
  };
  const named = seen.size >= MAX_VERSIONS ? [] : await selectVersions(tx, { ids: JSON.stringify(fresh.slice(0, MAX_VERSIONS - seen.size)) });
  if (named.length === 0) {
    await tx.update(retentionRuns).set(added).where(eq(id, runId));
    return;
  }
  const [before] = await tx.select({ versions: retentionRuns.versions }).from(retentionRuns).where(eq(id, runId));
  const versions = [...(before?.versions ?? []), ...named.map((row) => row.version)];
  await tx
    .update(retentionRuns)
    .set({ ...added, versions })
    .where(eq(id, runId));
}

/** Writes down how a run ended. */
export async function finishRun(tx: Tx, run: RetentionRunRow, failure: string | null, now: Date): Promise<RetentionRunRow> {
  const { retentionRuns } = tx.tables;
  const [finished] = await tx.update(retentionRuns).set({ failure, dateFinished: now }).where(eq(retentionRuns.id, run.id)).returning();
  return finished ?? { ...run, failure, dateFinished: now };
}

const selectVersions = prepared((tx: Tx) => {
  const { releases } = tx.tables;
  return tx.select({ version: releases.version }).from(releases).where(anyOf(releases.id, "ids")).orderBy(asc(releases.id)).prepare();
});
