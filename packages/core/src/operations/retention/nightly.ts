import { DAY, HOUR } from "@landfall/domain/durations";
import type { Reader, Tx } from "@landfall/db/store";
import type { ProjectRow, RetentionRunRow } from "@landfall/db/tables/schema";
import { and, asc, eq, gt, isNull } from "drizzle-orm";
import { actorLabel, SYSTEM_ACTOR } from "../../kernel/actor.ts";
import type { App } from "../../kernel/app.ts";
import { createHeartbeat, LEASE } from "../../kernel/lease.ts";
import { runRetention } from "./run.ts";
import { recordRunAudit } from "./start-and-list-runs.ts";

const NAME = "retention";

/** Returns the last time at which it was `hour` o'clock UTC. */
export function lastOccurrence(now: Date, hour: number): Date {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), hour);
  return new Date(today <= now.getTime() ? today : today - DAY);
}

export type NightlyOptions = {
  /** The hour at which the work starts, UTC. */
  readonly hour: number;
  /** Called after each project's run. */
  readonly onRun: (project: ProjectRow, run: RetentionRunRow) => void;
  /** Called if a project's run fails. The other projects are not affected; the failed one is retried the next night. */
  readonly onError: (error: unknown, project: ProjectRow) => void;
  readonly signal: AbortSignal;
};

/** The most that the clocks of several servers may differ, in milliseconds. A later date was written by a wrong clock. */
const CLOCK_TOLERANCE = HOUR;

/** "done" by this process, "elsewhere" if another process does it, "nothing" if the last night's work is finished. */
export type NightlyOutcome = "done" | "elsewhere" | "nothing";

/**
 * Applies the retention rules of all projects of all organizations, unless that was done since the last `hour`. Of several processes, one claims
 * the work in the database. Unfinished work of another process continues after its last project: immediately if that process returned it, else
 * when its lease has expired.
 */
export async function nightlyRetention(app: App, night: NightlyOptions): Promise<NightlyOutcome> {
  const { store, now } = app;
  const claimed = await store.transaction((tx) => claim(tx, now(), lastOccurrence(now(), night.hour)));
  if (typeof claimed === "string") return claimed;
  const heartbeat = createHeartbeat(now, (dateAlive) => store.transaction((tx) => updateProgress(tx, { dateAlive })));
  for (let after = claimed.after, more = true; more && !night.signal.aborted;) {
    const projects = await nextProjects(store.read, after);
    after = projects.at(-1)?.id ?? after;
    more = projects.length === PROJECTS_AT_ONCE;
    for (const project of projects) {
      await runOne(app, project, night, heartbeat);
      if (night.signal.aborted) break;
      await store.transaction((tx) => updateProgress(tx, { afterProjectId: project.id, dateAlive: now() }));
    }
  }
  await store.transaction((tx) =>
    updateProgress(tx, night.signal.aborted ? { dateAlive: null } : { afterProjectId: null, dateAlive: null }),
  );
  return "done";
}

/**
 * Returns unfinished work of an earlier process. Only for SQLite, which has one process; with PostgreSQL, another process may be doing it, and
 * is replaced when its lease has expired.
 */
export async function releaseNightlyWork({ store }: Pick<App, "store">): Promise<void> {
  if (store.dialect === "sqlite") await store.transaction((tx) => updateProgress(tx, { dateAlive: null }));
}

/** Starts or continues the work, unless it was finished since `due`, or another process does it. */
async function claim(tx: Tx, now: Date, due: Date): Promise<{ readonly after: number } | Exclude<NightlyOutcome, "done">> {
  const { nightlyWork } = tx.tables;
  const begun = { dateBegun: now, afterProjectId: 0, dateAlive: now };
  const [row] = await tx.select().from(nightlyWork).where(eq(nightlyWork.name, NAME));
  if (!row) {
    const inserted = await tx
      .insert(nightlyWork)
      .values({ name: NAME, ...begun })
      .onConflictDoNothing()
      .returning();
    return inserted.length > 0 ? { after: 0 } : "elsewhere";
  }
  const { dateBegun, afterProjectId, dateAlive } = row;
  if (dateAlive !== null && Math.abs(now.getTime() - dateAlive.getTime()) < LEASE) return "elsewhere";
  const isDue = dateBegun < due || dateBegun.getTime() > now.getTime() + CLOCK_TOLERANCE;
  if (!isDue && afterProjectId === null) return "nothing";
  const claimed = await tx
    .update(nightlyWork)
    .set(isDue ? begun : { dateAlive: now })
    // If several processes read the same row, only the first one can change it.
    .where(
      and(
        eq(nightlyWork.name, NAME),
        eq(nightlyWork.dateBegun, dateBegun),
        dateAlive === null ? isNull(nightlyWork.dateAlive) : eq(nightlyWork.dateAlive, dateAlive),
      ),
    )
    .returning();
  if (claimed.length === 0) return "elsewhere";
  return { after: isDue ? 0 : (afterProjectId ?? 0) };
}

type Progress = { readonly afterProjectId?: number | null; readonly dateAlive: Date | null };

async function updateProgress(tx: Tx, progress: Progress): Promise<void> {
  const { nightlyWork } = tx.tables;
  await tx.update(nightlyWork).set(progress).where(eq(nightlyWork.name, NAME));
}

const PROJECTS_AT_ONCE = 100;

async function nextProjects(db: Reader, after: number): Promise<ProjectRow[]> {
  const { projects, retentionRules } = db.tables;
  const rows = await db
    .select({ project: projects })
    .from(retentionRules)
    .innerJoin(projects, eq(projects.id, retentionRules.projectId))
    .where(gt(retentionRules.projectId, after))
    .orderBy(asc(retentionRules.projectId))
    .limit(PROJECTS_AT_ONCE);
  return rows.map(({ project }) => project);
}

async function runOne(
  app: App,
  project: ProjectRow,
  { onRun, onError, signal }: NightlyOptions,
  onStep: () => Promise<void>,
): Promise<void> {
  try {
    const run = await runRetention(app, project, { actor: actorLabel(SYSTEM_ACTOR), signal, onStep });
    onRun(project, run);
    if (run.bundles + run.files === 0) return;
    const context = await app.contextOf({ authorization: null, userAgent: null, requestId: null });
    await app.store.transaction((tx) => recordRunAudit({ tx, actor: SYSTEM_ACTOR, now: app.now(), context }, project, run));
  } catch (error) {
    onError(error, project);
  }
}
