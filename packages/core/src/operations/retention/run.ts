import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Tx } from "@landfall/db/store";
import type { ProjectRow, RetentionRunRow } from "@landfall/db/tables/schema";
import { and, asc, desc, eq, lt, sql } from "drizzle-orm";
import { AppError, toAppError } from "../../kernel/app-error.ts";
import type { Context } from "../../kernel/context.ts";
import { removeFromProject } from "../../records/artifacts/delete-bundles.ts";
import { findRules } from "../../records/retention-rules.ts";
import { countFilesOf, deleteFiles, FILES_AT_ONCE } from "./delete-files.ts";
import { type ExpiredBundle, filterStillExpiredBundles, findExpiredBundles } from "./expired-bundles.ts";
import { createPolicyCache, type ExpiredFiles, filterStillExpiredFiles, findExpiredFiles, type PolicyCache } from "./expired-files.ts";
import { freedBytes } from "./freed-bytes.ts";
import type { RetentionPolicy } from "./retention-policy.ts";

/**
 * Removes the expired artifacts of a project, and records what was removed. Each step reads some hundred artifacts. Each transaction checks
 * again that they are expired, removes some hundred files (or hides one larger bundle, whose rows are swept later), and updates the run's
 * record, so that the record of an interrupted run is correct and the next run continues. The bytes are swept within the hour. `onStep` is
 * called after each transaction.
 *
 * @throws `conflict` for a project without a rule, and if a rule is changed in the meantime; the reason of `signal` if it is aborted.
 */
export async function runRetention(
  { store, now }: Pick<Context, "store" | "now">,
  project: ProjectRow,
  { actor, signal, onStep }: { readonly actor: string; readonly signal?: AbortSignal; readonly onStep?: () => Promise<void> },
): Promise<RetentionRunRow> {
  const policies = createPolicyCache(store.read, project.organizationId, now());
  const policy = await policies.policyOf(project.id);
  if (!policy) throw new AppError("conflict", `The project ${project.slug} has no retention rule and keeps everything.`);
  const run = await store.transaction((tx) => beginRun(tx, project, actor, now()));
  const seen = new Set<number>();
  const step: Step = async (work) => {
    signal?.throwIfAborted();
    const removed = await store.transaction(async (tx) => {
      await assertUnchanged(tx, policies);
      const result = await work(tx);
      await recordRemoved(tx, run.id, result, seen);
      return result;
    });
    for (const id of removed.releaseIds) seen.add(id);
    await onStep?.();
  };
  try {
    for await (const expired of findExpiredBundles(store.read, policy)) await removeBundles(step, policy, expired);
    for await (const expired of findExpiredFiles(store.read, project.id, policies.policyOf)) {
      const counts = await countFilesOf(
        store.read,
        expired.map(({ releaseId }) => releaseId),
      );
      await removeFiles(step, { projectId: project.id, policies, counts }, expired);
    }
  } catch (error) {
    await store.transaction((tx) => finishRun(tx, run, failureOf(error, signal), now()));
    throw error;
  }
  return store.transaction((tx) => finishRun(tx, run, null, now()));
}

function failureOf(error: unknown, signal: AbortSignal | undefined): string {
  if (signal?.aborted) return "The server was stopped. The next run continues from here.";
  return toAppError(error)?.message ?? "The server failed. Its log has the details.";
}

/** Runs a part of the work in a transaction of its own. */
type Step = (work: (tx: Tx) => Promise<Removed>) => Promise<void>;

/** Throws `conflict` if a rule of the loaded policies was changed or deleted. */
async function assertUnchanged(tx: Tx, { rules }: PolicyCache): Promise<void> {
  const current = await findRules(tx, [...rules.keys()]);
  for (const [projectId, { dateChanged }] of rules) {
    if (current.get(projectId)?.dateChanged.getTime() !== dateChanged.getTime())
      throw new AppError("conflict", "The retention rule was changed while artifacts were being removed. Start again.");
  }
}

async function removeBundles(step: Step, policy: RetentionPolicy, bundles: readonly ExpiredBundle[]): Promise<void> {
  for (const part of splitByWeight(bundles, ({ bundle }) => bundle.fileCount, FILES_AT_ONCE)) {
    await step(async (tx) => {
      const expired = await filterStillExpiredBundles(tx, policy, part);
      if (expired.length === 0) return NOTHING_REMOVED;
      const ids = expired.map(({ bundle }) => bundle.id);
      return {
        bundles: expired.length,
        files: expired.reduce((sum, { bundle }) => sum + bundle.fileCount, 0),
        bytes: await freedBytes(tx, await removeFromProject(tx, policy.projectId, ids)),
        releaseIds: expired.flatMap(({ releaseIds }) => releaseIds),
      };
    });
  }
}

type FileRemoval = { readonly projectId: number; readonly policies: PolicyCache; readonly counts: ReadonlyMap<number, number> };

async function removeFiles(step: Step, { projectId, policies, counts }: FileRemoval, releases: readonly ExpiredFiles[]): Promise<void> {
  const sizeOf = ({ releaseId }: ExpiredFiles) => counts.get(releaseId) ?? 0;
  for (const part of splitByWeight(releases, sizeOf, FILES_AT_ONCE)) {
    const size = part.reduce((sum, files) => sum + sizeOf(files), 0);
    for (let left = Math.max(size, 1); left > 0; left -= FILES_AT_ONCE) {
      await step(async (tx) => {
        const releaseIds = (await filterStillExpiredFiles(tx, projectId, part, policies.loadedPolicyOf)).map(({ releaseId }) => releaseId);
        if (releaseIds.length === 0) return NOTHING_REMOVED;
        const deleted = await deleteFiles(tx, releaseIds);
        return { bundles: 0, files: deleted.files, bytes: await freedBytes(tx, deleted.blobIds), releaseIds };
      });
    }
  }
}

/** The most runs of a project that are recorded. */
export const MAX_RUNS = 100;

/** The most versions that the record of a run lists. */
const MAX_VERSIONS = 20;

/** What one transaction removed. A release whose artifacts are removed in several transactions is in each of them. */
type Removed = Pick<RetentionRunRow, "bundles" | "files" | "bytes"> & { readonly releaseIds: readonly number[] };

const NOTHING_REMOVED: Removed = { bundles: 0, files: 0, bytes: 0, releaseIds: [] };

/** Inserts the record of a run, and deletes the project's oldest record if there are too many. */
async function beginRun(tx: Tx, { id: projectId, organizationId }: ProjectRow, actor: string, now: Date): Promise<RetentionRunRow> {
  const { retentionRuns } = tx.tables;
  const [run] = await tx.insert(retentionRuns).values({ organizationId, projectId, actor, versions: [], dateStarted: now }).returning();
  if (!run) throw new Error("a run was not recorded");
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

/** Adds what was removed to the record of a run. `seen` has the releases that were added before. */
async function recordRemoved(tx: Tx, runId: number, removed: Removed, seen: ReadonlySet<number>): Promise<void> {
  const { retentionRuns } = tx.tables;
  const newReleases = [...new Set(removed.releaseIds)].filter((id) => !seen.has(id));
  if (removed.bundles + removed.files + newReleases.length === 0) return;
  const { bundles, files, bytes, releases, id } = retentionRuns;
  const added = {
    bundles: sql`${bundles} + ${removed.bundles}`,
    files: sql`${files} + ${removed.files}`,
    bytes: sql`${bytes} + ${removed.bytes}`,
    releases: sql`${releases} + ${newReleases.length}`,
  };
  const listed = seen.size >= MAX_VERSIONS ? [] : await selectVersions(tx, { ids: newReleases.slice(0, MAX_VERSIONS - seen.size) });
  if (listed.length === 0) {
    await tx.update(retentionRuns).set(added).where(eq(id, runId));
    return;
  }
  const [before] = await tx.select({ versions: retentionRuns.versions }).from(retentionRuns).where(eq(id, runId));
  const versions = [...(before?.versions ?? []), ...listed.map((row) => row.version)];
  await tx
    .update(retentionRuns)
    .set({ ...added, versions })
    .where(eq(id, runId));
}

/** Records the end of a run. */
async function finishRun(tx: Tx, run: RetentionRunRow, failure: string | null, now: Date): Promise<RetentionRunRow> {
  const { retentionRuns } = tx.tables;
  const [finished] = await tx.update(retentionRuns).set({ failure, dateFinished: now }).where(eq(retentionRuns.id, run.id)).returning();
  return finished ?? { ...run, failure, dateFinished: now };
}

const selectVersions = prepared((tx: Tx, param: { ids: readonly number[] }) => {
  const { releases } = tx.tables;
  return tx.select({ version: releases.version }).from(releases).where(anyOf(releases.id, param.ids)).orderBy(asc(releases.id)).prepare();
});

/** Splits a list into parts whose items weigh at most `maxWeight` together. An item that weighs more is a part of its own. */
export function splitByWeight<T>(items: readonly T[], weightOf: (item: T) => number, maxWeight: number): T[][] {
  const parts: T[][] = [];
  let weight = 0;
  for (const item of items) {
    const last = parts.at(-1);
    weight += weightOf(item);
    if (last && weight <= maxWeight) {
      last.push(item);
      continue;
    }
    parts.push([item]);
    weight = weightOf(item);
  }
  return parts;
}
