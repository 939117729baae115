import { WEEK } from "@landfall/domain/durations";
import { randomBytes } from "node:crypto";
import type { BlobStore } from "@landfall/db/blobs/blob-store";
import type { Reader, Store, Tx } from "@landfall/db/store";
import type { DatabaseIdentityRow } from "@landfall/db/tables/schema";
import { eq, min, sql } from "drizzle-orm";
import * as z from "zod";
import type { App } from "../../kernel/app.ts";

/** The content of the label file in a blob store. */
const Label = z.object({
  /** The database that may delete from the store. */
  identity: z.string(),
  /** How many sweeps that database has run; its identity row has the same number, or a higher one. */
  generation: z.int(),
  /** Other databases that use the same store, with the date (ISO 8601) they were last seen. */
  others: z.record(z.string(), z.iso.datetime()),
});

export type Label = z.infer<typeof Label>;

/** For people who open the file. */
const NOTE = "This names the Landfall database whose artifacts these are. Without it nothing here is ever deleted.";

/** Returns the label of a blob store, null if it has none, or "unreadable" if it is not in our format. */
export async function readLabel(blobs: BlobStore): Promise<Label | "unreadable" | null> {
  const text = await blobs.readLabel();
  if (text === null) return null;
  try {
    return Label.parse(JSON.parse(text));
  } catch {
    return "unreadable";
  }
}

/** Replaces the label of a blob store. */
export const writeLabel = (blobs: BlobStore, label: Label): Promise<void> =>
  blobs.writeLabel(`${JSON.stringify({ note: NOTE, ...label }, null, 2)}\n`);

/** Returns the identity row, or null for a database that no server has used yet. */
export async function findIdentity(db: Reader): Promise<DatabaseIdentityRow | null> {
  const [row] = await db.select().from(db.tables.databaseIdentity);
  return row ?? null;
}

/** Returns the identity row; inserts it if there is none. A database without one is dated by its oldest blob. */
export const ensureIdentity = ({ store, now, randomHex }: Pick<App, "store" | "now" | "randomHex">): Promise<DatabaseIdentityRow> =>
  store.transaction((tx) => ensureIdentityIn(tx, now(), randomHex(16)));

async function ensureIdentityIn(tx: Tx, now: Date, identity: string): Promise<DatabaseIdentityRow> {
  const { databaseIdentity } = tx.tables;
  await tx
    .insert(databaseIdentity)
    .values({ id: 1, identity, dateCreated: await firstUseDate(tx, now) })
    .onConflictDoNothing();
  const row = await findIdentity(tx);
  if (!row) throw new Error("the identity of the database was not stored");
  return row;
}

/** Returns the creation date of the oldest blob; `now` if there are no blobs. */
export async function firstUseDate(db: Reader, now: Date): Promise<Date> {
  const { blobs } = db.tables;
  const [oldest] = await db.select({ date: min(blobs.dateCreated) }).from(blobs);
  return oldest?.date && oldest.date < now ? oldest.date : now;
}

/** Updates the identity row and returns it. */
export async function changeIdentity(
  store: Store,
  change: Partial<Omit<DatabaseIdentityRow, "id" | "identity">>,
): Promise<DatabaseIdentityRow> {
  const [row] = await store.transaction((tx) => tx.update(tx.tables.databaseIdentity).set(change).returning());
  if (!row) throw new Error("the database has no identity");
  return row;
}

/** Increments the number of sweeps in the identity row and returns it. */
export async function nextGeneration(store: Store): Promise<number> {
  const [row] = await store.transaction((tx) => {
    const { databaseIdentity } = tx.tables;
    return tx
      .update(databaseIdentity)
      .set({ generation: sql`${databaseIdentity.generation} + 1` })
      .where(eq(databaseIdentity.id, 1))
      .returning();
  });
  if (!row) throw new Error("the database has no identity");
  return row.generation;
}

/**
 * Records that a database was restored from a backup. For a day nothing is deleted from the blob store, and quarantined blobs stay in
 * quarantine for seven more days. Call it with the restored database before a server uses it.
 */
export async function recordRestore(
  store: Store,
  { now, randomHex = (bytes) => randomBytes(bytes).toString("hex") }: { readonly now: Date; readonly randomHex?: App["randomHex"] },
): Promise<void> {
  await store.transaction(async (tx) => {
    await ensureIdentityIn(tx, now, randomHex(16));
    await recordRestoreIn(tx, now);
  });
}

/** As `recordRestore`, for a database with an identity row, inside a transaction. `generation` is that of the blob store's label. */
export async function recordRestoreIn(tx: Tx, now: Date, generation?: number): Promise<void> {
  const { databaseIdentity, quarantinedBlobs } = tx.tables;
  await tx.update(databaseIdentity).set({ dateRestored: now, generation });
  await tx
    .update(quarantinedBlobs)
    .set({ dateQuarantined: now, dateDue: new Date(now.getTime() + QUARANTINE_PERIOD) })
    .where(sql`${quarantinedBlobs.dateDue} is not null`);
}

/** How long blobs stay in quarantine, in milliseconds. */
export const QUARANTINE_PERIOD = WEEK;
