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
 * Removes what a project no longer keeps, and writes down what went. Work in steps: each looks at some hundred artifacts, and each
 * transaction asks again whether what it removes still goes, removes some hundred files (or hides one larger bundle, whose rows are swept), and adds to the
 * log, so that a run that is cut off has told the truth, and the next one goes on. The bytes are swept within the hour. Throws `conflict`
 * for a project without a rule, and when a rule is changed meanwhile; what `signal` was aborted with when it was. `onStep` is called after each transaction.
 */
export async function runRetention(
  { store, now }: Pick<Context, "store" | "now">,
  project: ProjectRow,
  { actor, signal, onStep }: { readonly actor: string; readonly signal?: AbortSignal; readonly onStep?: () => Promise<void> },
): Promise<RetentionRunRow> {
  const judges = createPolicyCache(store.read, project.organizationId, now());
  const judge = await judges.judgeOf(project.id);
  if (!judge) throw new AppError("conflict", `The project ${project.slug} has no rule: it keeps everything.`);
  const run = await store.transaction((tx) => beginRun(tx, project, actor, now()));
  const seen = new Set<number>();
  const step: Step = async (work) => {
    signal?.throwIfAborted();
    const gone = await store.transaction(async (tx) => {
      await assertUnchanged(tx, judges);
      const what = await work(tx);
      await recordRemoved(tx, run.id, what, seen);
      return what;
    });
    for (const id of gone.releaseIds) seen.add(id);
    await onStep?.();
  };
  try {
    for await (const going of findExpiredBundles(store.read, judge)) await removeBundles(step, judge, going);
    for await (const going of findExpiredFiles(store.read, project.id, judges.judgeOf)) {
      const counts = await countFilesOf(
        store.read,
        going.map(({ releaseId }) => releaseId),
      );
      await removeFiles(step, { projectId: project.id, judges, counts }, going);
    }
  } catch (error) {
    await store.transaction((tx) => finishRun(tx, run, failureOf(error, signal), now()));
    throw error;
  }
  return store.transaction((tx) => finishRun(tx, run, null, now()));
}

function failureOf(error: unknown, signal: AbortSignal | undefined): string {
  if (signal?.aborted) return "The server was stopped. The next run goes on from here.";
  return toAppError(error)?.message ?? "The server failed; its log tells why.";
}

/** Does some of the work in a transaction of its own. */
type Step = (work: (tx: Tx) => Promise<Removed>) => Promise<void>;

/** Throws when a rule that is judged by is another one now, or none. */
async function assertUnchanged(tx: Tx, { rules }: PolicyCache): Promise<void> {
  const current = await findRules(tx, [...rules.keys()]);
  for (const [projectId, { dateChanged }] of rules) {
    if (current.get(projectId)?.dateChanged.getTime() !== dateChanged.getTime())
      throw new AppError("conflict", "The rule was changed while artifacts were removed by it. Start again.");
  }
}

async function removeBundles(step: Step, judge: RetentionPolicy, bundles: readonly ExpiredBundle[]): Promise<void> {
  for (const part of splitByWeight(bundles, ({ bundle }) => bundle.fileCount, FILES_AT_ONCE)) {
    await step(async (tx) => {
      const going = await filterStillExpiredBundles(tx, judge, part);
      if (going.length === 0) return NOTHING_REMOVED;
      const ids = going.map(({ bundle }) => bundle.id);
      return {
        bundles: going.length,
        files: going.reduce((sum, { bundle }) => sum + bundle.fileCount, 0),
        bytes: await freedBytes(tx, await removeFromProject(tx, judge.projectId, ids)),
        releaseIds: going.flatMap(({ releaseIds }) => releaseIds),
      };
    });
  }
}

type OnProject = { readonly projectId: number; readonly judges: PolicyCache; readonly counts: ReadonlyMap<number, number> };

async function removeFiles(step: Step, { projectId, judges, counts }: OnProject, releases: readonly ExpiredFiles[]): Promise<void> {
  const sizeOf = ({ releaseId }: ExpiredFiles) => counts.get(releaseId) ?? 0;
  for (const part of splitByWeight(releases, sizeOf, FILES_AT_ONCE)) {
    const size = part.reduce((sum, files) => sum + sizeOf(files), 0);
    for (let left = Math.max(size, 1); left > 0; left -= FILES_AT_ONCE) {
      await step(async (tx) => {
        const releaseIds = (await filterStillExpiredFiles(tx, projectId, part, judges.known)).map(({ releaseId }) => releaseId);
        if (releaseIds.length === 0) return NOTHING_REMOVED;
        const gone = await deleteFiles(tx, releaseIds);
        return { bundles: 0, files: gone.files, bytes: await freedBytes(tx, gone.blobIds), releaseIds };
      });
    }
  }
}

/** So many runs of a project are remembered. */
export const MAX_RUNS = 100;

/** So many versions are named of what went. */
const MAX_VERSIONS = 20;

/** What went in one transaction; the releases are those that lost something, again and again where it took several. */
type Removed = Pick<RetentionRunRow, "bundles" | "files" | "bytes"> & { readonly releaseIds: readonly number[] };

const NOTHING_REMOVED: Removed = { bundles: 0, files: 0, bytes: 0, releaseIds: [] };

/** Writes down that a run begins, and forgets the oldest one when there are too many. */
async function beginRun(tx: Tx, { id: projectId, organizationId }: ProjectRow, actor: string, now: Date): Promise<RetentionRunRow> {
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
async function recordRemoved(tx: Tx, runId: number, gone: Removed, seen: ReadonlySet<number>): Promise<void> {
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
  const named = seen.size >= MAX_VERSIONS ? [] : await selectVersions(tx, { ids: fresh.slice(0, MAX_VERSIONS - seen.size) });
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
async function finishRun(tx: Tx, run: RetentionRunRow, failure: string | null, now: Date): Promise<RetentionRunRow> {
  const { retentionRuns } = tx.tables;
  const [finished] = await tx.update(retentionRuns).set({ failure, dateFinished: now }).where(eq(retentionRuns.id, run.id)).returning();
  return finished ?? { ...run, failure, dateFinished: now };
}

const selectVersions = prepared((tx: Tx, param: { ids: readonly number[] }) => {
  const { releases } = tx.tables;
  return tx.select({ version: releases.version }).from(releases).where(anyOf(releases.id, param.ids)).orderBy(asc(releases.id)).prepare();
});

/** Splits a list into parts that weigh no more than `most` together; what weighs more by itself is a part of its own. */
export function splitByWeight<T>(items: readonly T[], weightOf: (item: T) => number, most: number): T[][] {
  const parts: T[][] = [];
  let weight = 0;
  for (const item of items) {
    const last = parts.at(-1);
    weight += weightOf(item);
    if (last && weight <= most) {
      last.push(item);
      continue;
    }
    parts.push([item]);
    weight = weightOf(item);
  }
  return parts;
}
