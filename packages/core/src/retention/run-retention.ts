import type { ProjectRow, RetentionRunRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import { AppError, toAppError } from "../app-error.ts";
import { removeFromProject } from "../artifacts/unbind-bundles.ts";
import type { Context } from "../context.ts";
import { countFilesOf, deleteFiles, FILES_AT_ONCE } from "./delete-files.ts";
import { findRules } from "./find-rules.ts";
import { freedBytes } from "./freed-bytes.ts";
import { type ExpiredBundle, findExpiredBundles, filterStillExpiredBundles } from "./going-bundles.ts";
import { type ExpiredFiles, findExpiredFiles, filterStillExpiredFiles } from "./going-files.ts";
import { createPolicyCache, type PolicyCache } from "./judges.ts";
import type { RetentionPolicy } from "./make-judge.ts";
import { splitByWeight } from "./parts-of.ts";
import { beginRun, finishRun, type Removed, recordRemoved, NOTHING_REMOVED } from "./run-log.ts";

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
