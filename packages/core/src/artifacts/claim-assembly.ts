import type { AssemblyRow } from "@landfall/db/rows";
import type { Reader, Store, Tx } from "@landfall/db/store";
import { and, asc, eq, gte, isNotNull, isNull, lt, min, notInArray, or, type SQL, sql } from "drizzle-orm";

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
export async function findWaitingOrganizations({ read }: Pick<Store, "read">, now: Date): Promise<number[]> {
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
export async function releaseAssemblies(store: Store): Promise<void> {
  await store.transaction(async (tx) => {
    const { assemblies } = tx.tables;
    await tx.update(assemblies).set({ state: "created" }).where(eq(assemblies.state, "assembling"));
  });
}
