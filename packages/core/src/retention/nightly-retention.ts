import type { ProjectRow, RetentionRunRow } from "@landfall/db/rows";
import type { Reader, Tx } from "@landfall/db/store";
import { asc, eq, gt, lt } from "drizzle-orm";
import type { App } from "../app.ts";
import { actorLabel } from "../access/actor.ts";
import { SYSTEM } from "../provisioning/system-actor.ts";
import { recordRun } from "./record-run.ts";
import { runRetention } from "./run-retention.ts";

const NAME = "retention";
const DAY = 24 * 60 * 60 * 1000;

/** When it was last so many o'clock, UTC. */
export function lastTime(now: Date, hour: number): Date {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), hour);
  return new Date(today <= now.getTime() ? today : today - DAY);
}

export type Night = {
  /** The hour it begins at, UTC. */
  readonly hour: number;
  /** Told of each run that came to its end. */
  readonly onRun: (project: ProjectRow, run: RetentionRunRow) => void;
  /** Told of each that did not; the others go on, and it is tried again the next night. */
  readonly onError: (error: unknown, project: ProjectRow) => void;
  readonly signal: AbortSignal;
};

/**
 * Removes what the projects of all organizations do not keep by their rules, when nobody did so since the hour came; answers whether it
 * was this process. Of several, the database chooses one.
 */
export async function nightlyRetention(app: App, night: Night): Promise<boolean> {
  const { store, now } = app;
  const isMine = await store.transaction((tx) => claim(tx, now(), lastTime(now(), night.hour)));
  if (!isMine) return false;
  for (let after = 0, more = true; more && !night.signal.aborted;) {
    const projects = await nextProjects(store.read, after);
    after = projects.at(-1)?.id ?? after;
    more = projects.length === PROJECTS_AT_ONCE;
    for (const project of projects) if (!night.signal.aborted) await runOne(app, project, night);
  }
  return true;
}

/** Moves the date on, unless somebody did since `due`. */
async function claim(tx: Tx, now: Date, due: Date): Promise<boolean> {
  const { nightlyWork } = tx.tables;
  const mine = await tx
    .insert(nightlyWork)
    .values({ name: NAME, dateBegun: now })
    .onConflictDoUpdate({ target: nightlyWork.name, set: { dateBegun: now }, setWhere: lt(nightlyWork.dateBegun, due) })
    .returning({ name: nightlyWork.name });
  return mine.length > 0;
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

async function runOne(app: App, project: ProjectRow, { onRun, onError, signal }: Night): Promise<void> {
  try {
    const run = await runRetention(app, project, { actor: actorLabel(SYSTEM), signal });
    onRun(project, run);
    if (run.bundles + run.files === 0) return;
    const context = await app.contextOf({ authorization: null, userAgent: null, requestId: null });
    await app.store.transaction((tx) => recordRun({ tx, actor: SYSTEM, now: app.now(), context }, project, run));
  } catch (error) {
    onError(error, project);
  }
}
