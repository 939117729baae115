import type { Reader, Store, Tx } from "@landfall/db/store";
import type { AssemblyRow } from "@landfall/db/tables/schema";
import { and, asc, eq, gte, isNotNull, isNull, lt, min, notInArray, or, type SQL, sql } from "drizzle-orm";
import type { App } from "../../kernel/app.ts";
import { createHeartbeat, LEASE } from "../../kernel/lease.ts";
import { type AssemblyServices, AssemblyStopped, runAssembly } from "./run-assembly.ts";

export interface Assembler {
  /** Looks for waiting archives, without interrupting running assemblies. */
  wake(): void;
  /** Resolves when there is nothing left to do. */
  idle(): Promise<void>;
  /** Starts no more assemblies, returns running ones to the queue at their next step, and resolves after that. */
  stop(): Promise<void>;
}

export type AssemblerOptions = {
  /** Called with every failure that is not a problem of the archive. */
  readonly onError: (error: unknown) => void;
  /** How many archives are assembled at the same time; by default two, so that a small one does not wait for a large one. */
  readonly workers?: number;
};

/**
 * Assembles archives in the background. The queue is in the database, so the next process continues the work of one that ended. Organizations
 * take turns: one with many archives delays another by one archive at most.
 */
export function createAssembler(
  app: Pick<App, "store" | "blobs" | "now" | "quotas" | "randomHex">,
  { onError, workers = 2 }: AssemblerOptions,
): Assembler {
  let isStopped = false;
  let wakes = 0;
  const running = new Set<Promise<void>>();
  /** The last turn of each organization that has archives waiting. */
  let turns = new Map<number, number>();
  let turn = 0;

  /** Returns the organization whose last turn was the earliest; undefined if no archive is waiting. */
  async function nextOrganization(): Promise<number | undefined> {
    const waiting = await findWaitingOrganizations(app.store, app.now());
    turns = new Map(waiting.map((id) => [id, turns.get(id) ?? 0]));
    const next = waiting.toSorted((a, b) => (turns.get(a) ?? 0) - (turns.get(b) ?? 0))[0];
    if (next !== undefined) turns.set(next, (turn += 1));
    return next;
  }

  function heartbeatUnlessStopped(id: number): () => Promise<void> {
    const heartbeat = createAssemblyHeartbeat(app, id);
    return () => {
      if (isStopped) throw new AssemblyStopped();
      return heartbeat();
    };
  }
  async function runWaiting(): Promise<void> {
    for (;;) {
      if (isStopped) return;
      const wakesBefore = wakes;
      const organization = await nextOrganization();
      const row = organization === undefined ? null : await claimAssembly(app.store, app.now(), organization);
      if (row !== null) await runAssembly(app, row, heartbeatUnlessStopped(row.id)).catch(onError);
      else if (organization === undefined && wakesBefore === wakes) return;
    }
  }
  function wake(): void {
    wakes += 1;
    if (isStopped || running.size >= workers) return;
    const work: Promise<void> = runWaiting()
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

/**
 * Returns the assemblies that an earlier process started to the queue. Only for SQLite, which has one process; with PostgreSQL, other processes
 * may be running them, and take them over when their lease has expired.
 */
export async function resumeAssemblies(app: Pick<App, "store">): Promise<void> {
  if (app.store.dialect !== "sqlite") return;
  await app.store.transaction(async (tx) => {
    const { assemblies } = tx.tables;
    await tx.update(assemblies).set({ state: "created" }).where(eq(assemblies.state, "assembling"));
  });
}

/** How often an assembly is started that never ends, for example because it crashes the process. */
const MAX_ATTEMPTS = 3;

/**
 * Claims the assembly that has waited longest, of one organization if given. Returns null if none is waiting. Concurrent calls never claim the
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

/** Returns the organizations that have archives waiting, the longest wait first. Only reads the partial index of pending assemblies. */
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

/** Repeats the condition of the partial index, so that SQLite uses it. */
const isPending = ({ tables: { assemblies } }: Reader): SQL => sql`${assemblies.state} in ('created', 'assembling')`;

/** Whether no other archive of the same release is being assembled. Their order matters, because each replaces files of earlier ones. */
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
  const detail = `The server stopped ${MAX_ATTEMPTS} times while assembling this archive. Upload a smaller one, or check the server's log.`;
  const change = isHopeless ? { state: "error", detail } : { state: "assembling", attempts: row.attempts + 1 };
  const [claimed] = await tx
    .update(assemblies)
    .set({ ...change, dateUpdated: now })
    .where(and(eq(assemblies.id, row.id), eq(assemblies.state, row.state), eq(assemblies.attempts, row.attempts), isAlone(tx, now)))
    .returning();
  return claimed;
}

/** Returns a function to call at every step of an assembly, which extends its lease. */
export const createAssemblyHeartbeat = (
  { store, now }: Pick<AssemblyServices, "store" | "now">,
  assemblyId: number,
): (() => Promise<void>) =>
  createHeartbeat(now, (date) =>
    store.transaction(async (tx) => {
      const { assemblies } = tx.tables;
      await tx.update(assemblies).set({ dateUpdated: date }).where(eq(assemblies.id, assemblyId));
    }),
  );
