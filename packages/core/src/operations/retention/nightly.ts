import type { Reader, Tx } from "@landfall/db/store";
import type { ProjectRow, RetentionRunRow } from "@landfall/db/tables/schema";
import { and, asc, eq, gt, isNull } from "drizzle-orm";
import { actorLabel, SYSTEM_ACTOR } from "../../kernel/actor.ts";
import type { App } from "../../kernel/app.ts";
import { runRetention } from "./run.ts";
import { recordRunAudit } from "./start-and-list-runs.ts";

const NAME = "retention";
const DAY = 24 * 60 * 60 * 1000;

/** When it was last so many o'clock, UTC. */
export function lastOccurrence(now: Date, hour: number): Date {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), hour);
  return new Date(today <= now.getTime() ? today : today - DAY);
}

export type NightlyOptions = {
  /** The hour it begins at, UTC. */
  readonly hour: number;
  /** Told of each run that came to its end. */
  readonly onRun: (project: ProjectRow, run: RetentionRunRow) => void;
  /** Told of each that did not; the others go on, and it is tried again the next night. */
  readonly onError: (error: unknown, project: ProjectRow) => void;
  readonly signal: AbortSignal;
};

/** A process that has not written for so long has ended; it writes once every quarter of that. */
export const LEASE = 2 * 60 * 1000;

/** A date that is later than now by more than clocks of several servers differ was written by a wrong clock. */
const SKEW = 60 * 60 * 1000;

/** "done" by this process, "elsewhere" while another one does it, "nothing" when the last night's work is finished. */
export type NightlyOutcome = "done" | "elsewhere" | "nothing";

/**
 * Removes what the projects of all organizations do not keep by their rules, unless that was done since the hour came. Of several
 * processes, the database chooses one. A run that another process began and did not finish goes on after its last project: at once when
 * that process gave it back, else once it has not written for `LEASE`.
 */
export async function nightlyRetention(app: App, night: NightlyOptions): Promise<NightlyOutcome> {
  const { store, now } = app;
  const claimed = await store.transaction((tx) => claim(tx, now(), lastOccurrence(now(), night.hour)));
  if (typeof claimed === "string") return claimed;
  const alive = createHeartbeat(app);
  for (let after = claimed.after, more = true; more && !night.signal.aborted;) {
    const projects = await nextProjects(store.read, after);
    after = projects.at(-1)?.id ?? after;
    more = projects.length === PROJECTS_AT_ONCE;
    for (const project of projects) {
      await runOne(app, project, night, alive);
      if (night.signal.aborted) break;
      await store.transaction((tx) => updateProgress(tx, { afterProjectId: project.id, dateAlive: now() }));
    }
  }
  await store.transaction((tx) =>
    updateProgress(tx, night.signal.aborted ? { dateAlive: null } : { afterProjectId: null, dateAlive: null }),
  );
  return "done";
}

/** Gives back what an earlier process of this database began. Only where there is no other process: several share the work by its age. */
export async function releaseNightlyWork({ store }: Pick<App, "store">): Promise<void> {
  if (store.dialect === "sqlite") await store.transaction((tx) => updateProgress(tx, { dateAlive: null }));
}

/** Begins or continues the work, unless it is finished since `due`, or another process does it. */
async function claim(tx: Tx, now: Date, due: Date): Promise<{ readonly after: number } | Exclude<NightlyOutcome, "done">> {
  const { nightlyWork } = tx.tables;
  const begun = { dateBegun: now, afterProjectId: 0, dateAlive: now };
  const [row] = await tx.select().from(nightlyWork).where(eq(nightlyWork.name, NAME));
  if (!row) {
    const made = await tx
      .insert(nightlyWork)
      .values({ name: NAME, ...begun })
      .onConflictDoNothing()
      .returning();
    return made.length > 0 ? { after: 0 } : "elsewhere";
  }
  const { dateBegun, afterProjectId, dateAlive } = row;
  if (dateAlive !== null && Math.abs(now.getTime() - dateAlive.getTime()) < LEASE) return "elsewhere";
  const isDue = dateBegun < due || dateBegun.getTime() > now.getTime() + SKEW;
  if (!isDue && afterProjectId === null) return "nothing";
  const taken = await tx
    .update(nightlyWork)
    .set(isDue ? begun : { dateAlive: now })
    // Of several processes that saw the same row, the first one changes it.
    .where(
      and(
        eq(nightlyWork.name, NAME),
        eq(nightlyWork.dateBegun, dateBegun),
        dateAlive === null ? isNull(nightlyWork.dateAlive) : eq(nightlyWork.dateAlive, dateAlive),
      ),
    )
    .returning();
  if (taken.length === 0) return "elsewhere";
  return { after: isDue ? 0 : (afterProjectId ?? 0) };
}

async function updateProgress(tx: Tx, done: { readonly afterProjectId?: number | null; readonly dateAlive: Date | null }): Promise<void> {
  const { nightlyWork } = tx.tables;
  await tx.update(nightlyWork).set(done).where(eq(nightlyWork.name, NAME));
}

/** Writes that the work goes on, as often as needed; called at every step of it. */
function createHeartbeat({ store, now }: Pick<App, "store" | "now">): () => Promise<void> {
  let last = now().getTime();
  return async () => {
    const dateAlive = now();
    if (Math.abs(dateAlive.getTime() - last) < LEASE / 4) return;
    last = dateAlive.getTime();
    await store.transaction((tx) => updateProgress(tx, { dateAlive }));
  };
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
