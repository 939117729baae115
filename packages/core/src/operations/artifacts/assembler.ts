import type { Reader, Store, Tx } from "@landfall/db/store";
import type { AssemblyRow } from "@landfall/db/tables/schema";
import { and, asc, eq, gte, isNotNull, isNull, lt, min, notInArray, or, type SQL, sql } from "drizzle-orm";
import type { App } from "../../kernel/app.ts";
import { type AssemblyServices, AssemblyStopped, runAssembly } from "./run-assembly.ts";

export interface Assembler {
  /** Looks for work; what is being worked on goes on. */
  wake(): void;
  /** Settles once there is nothing left to do. */
  idle(): Promise<void>;
  /** Takes nothing more up, gives back what would take long, and settles then. */
  stop(): Promise<void>;
}

export type AssemblerOptions = {
  /** Told of every failure that is not the archive's. */
  readonly onError: (error: unknown) => void;
  /** How many archives are worked on at once; two, so that a small one need not wait for a large one. */
  readonly workers?: number;
};

/**
 * Assembles archives in the background. What waits is in the database, so the next process continues the work of one that ended.
 * Organizations take turns: one with many archives delays another by one archive at most.
 */
export function createAssembler(
  app: Pick<App, "store" | "blobs" | "now" | "quotas" | "randomHex">,
  { onError, workers = 2 }: AssemblerOptions,
): Assembler {
  let isStopped = false;
  let wakes = 0;
  const running = new Set<Promise<void>>();
  /** Which turn each organization had last, of those with archives waiting. */
  let turns = new Map<number, number>();
  let turn = 0;

  /** The organization whose last turn is longest ago; undefined when nothing waits. */
  async function nextOrganization(): Promise<number | undefined> {
    const waiting = await findWaitingOrganizations(app.store, app.now());
    turns = new Map(waiting.map((id) => [id, turns.get(id) ?? 0]));
    const next = waiting.toSorted((a, b) => (turns.get(a) ?? 0) - (turns.get(b) ?? 0))[0];
    if (next !== undefined) turns.set(next, (turn += 1));
    return next;
  }

  function aliveUnlessStopped(id: number): () => Promise<void> {
    const alive = createHeartbeat(app, id);
    return () => {
      if (isStopped) throw new AssemblyStopped();
      return alive();
    };
  }
  async function workOff(): Promise<void> {
    for (;;) {
      if (isStopped) return;
      const seen = wakes;
      const organization = await nextOrganization();
      const row = organization === undefined ? null : await claimAssembly(app.store, app.now(), organization);
      if (row !== null) await runAssembly(app, row, aliveUnlessStopped(row.id)).catch(onError);
      else if (organization === undefined && seen === wakes) return;
    }
  }
  function wake(): void {
    wakes += 1;
    if (isStopped || running.size >= workers) return;
    const work: Promise<void> = workOff()
      .catch(onError)
      .finally(() => running.delete(work));
    running.add(work);
  }
  async function idle(): Promise<void> {
    while (running.size > 0) await Promise.all(running);
  }
  return {
    wake,
    idle,
    async stop() {
      isStopped = true;
      await idle();
    },
  };
}

/** Takes up what an earlier process of this database began. Only where there is no other: several share their work by its age. */
export async function resumeAssemblies(app: Pick<App, "store">): Promise<void> {
  if (app.store.dialect === "sqlite") await releaseAssemblies(app.store);
}

/** An assembly nobody has said anything of for so long is no longer anybody's: who worked on it is gone. */
export const LEASE = 120_000;

/** How often something is begun that never comes to an end, such as an archive that takes the process down with it. */
const MAX_ATTEMPTS = 3;

/**
 * Takes the assembly that has waited longest, of one organization if it is named; null when none waits. Two that ask at once never get the
 * same one.
 */
export async function claimAssembly(store: Store, now: Date, organizationId?: number): Promise<AssemblyRow | null> {
  for (;;) {
    const { assemblies } = store.read.tables;
    const [next] = await store.read
      .select()
      .from(assemblies)
      .where(and(isWaiting(store.read, now), organizationId === undefined ? undefined : eq(assemblies.organizationId, organizationId)))
      .orderBy(asc(assemblies.dateUpdated), asc(assemblies.id))
      .limit(1);
    if (!next) return null;
    const isHopeless = next.attempts >= MAX_ATTEMPTS;
    const claimed = await store.transaction((tx) => claim(tx, next, { isHopeless, now }));
    if (claimed && !isHopeless) return claimed;
  }
}

/** The organizations that have archives waiting, the longest wait first. Reads only the index of what waits. */
async function findWaitingOrganizations({ read }: Pick<Store, "read">, now: Date): Promise<number[]> {
  const { assemblies } = read.tables;
  const rows = await read
    .select({ id: assemblies.organizationId })
    .from(assemblies)
    .where(isWaiting(read, now))
    .groupBy(assemblies.organizationId)
    .orderBy(min(assemblies.dateUpdated), asc(assemblies.organizationId));
  return rows.map((row) => row.id);
}

/** Whether an assembly can be claimed. */
function isWaiting(db: Reader, now: Date): SQL | undefined {
  const { assemblies } = db.tables;
  const abandoned = and(eq(assemblies.state, "assembling"), lt(assemblies.dateUpdated, new Date(now.getTime() - LEASE)));
  return and(isPending(db), or(eq(assemblies.state, "created"), abandoned), isAlone(db, now));
}

/** Worded like the condition of the partial index, so that SQLite uses it. */
const isPending = ({ tables: { assemblies } }: Reader): SQL => sql`${assemblies.state} in ('created', 'assembling')`;

/** Whether no other archive of the same release is being assembled: each replaces files of those before it. */
function isAlone(db: Reader, now: Date): SQL | undefined {
  const { releaseId, state, dateUpdated } = db.tables.assemblies;
  const busy = db
    .select({ releaseId })
    .from(db.tables.assemblies)
    .where(and(isPending(db), eq(state, "assembling"), gte(dateUpdated, new Date(now.getTime() - LEASE)), isNotNull(releaseId)));
  return or(isNull(releaseId), notInArray(releaseId, busy));
}

async function claim(tx: Tx, row: AssemblyRow, { isHopeless, now }: { isHopeless: boolean; now: Date }): Promise<AssemblyRow | undefined> {
  const { assemblies } = tx.tables;
  const detail = `The server ended ${MAX_ATTEMPTS} times while this archive was put together. Upload a smaller one, or look into the server's log.`;
  const change = isHopeless ? { state: "error", detail } : { state: "assembling", attempts: row.attempts + 1 };
  const [taken] = await tx
    .update(assemblies)
    .set({ ...change, dateUpdated: now })
    .where(and(eq(assemblies.id, row.id), eq(assemblies.state, row.state), eq(assemblies.attempts, row.attempts), isAlone(tx, now)))
    .returning();
  return taken;
}

/** Everything begun is to be begun again: for the one process of a database, when it starts. */
async function releaseAssemblies(store: Store): Promise<void> {
  await store.transaction(async (tx) => {
    const { assemblies } = tx.tables;
    await tx.update(assemblies).set({ state: "created" }).where(eq(assemblies.state, "assembling"));
  });
}

/** A function to be called now and then during long work; it notes that the work goes on, not more often than needed. */
export function createHeartbeat({ store, now }: Pick<AssemblyServices, "store" | "now">, assemblyId: number): () => Promise<void> {
  let last = now().getTime();
  return async () => {
    const time = now();
    if (time.getTime() - last < LEASE / 4) return;
    last = time.getTime();
    await store.transaction(async (tx) => {
      const { assemblies } = tx.tables;
      await tx.update(assemblies).set({ dateUpdated: time }).where(eq(assemblies.id, assemblyId));
    });
  };
}
