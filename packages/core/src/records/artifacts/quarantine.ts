import { sha256OfName } from "@landfall/db/blobs/blob-store";
import { jsonRows, type NewRow } from "@landfall/db/sql/insert-rows";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader, Store, Tx } from "@landfall/db/store";
import { and, asc, count, eq, exists, gt, inArray, isNotNull, lte, sum } from "drizzle-orm";
import type { App } from "../../kernel/app.ts";
import { amountOf, type BlobAmount, type BlobReference } from "./blobs.ts";
import { QUARANTINE_PERIOD } from "./database-identity.ts";

/** A blob in quarantine. */
export type QuarantinedBlob = BlobReference & {
  readonly sha256: string;
  readonly dateQuarantined: Date;
  /** When its bytes are deleted; null for a blob that an operator restored. */
  readonly dateDue: Date | null;
};

type Entry = BlobReference & { readonly isChunk?: boolean };

/**
 * Puts blobs in quarantine for seven days, inside the transaction that deletes their rows. Their bytes are not moved. Chunks of uploads are due
 * immediately, because artifacts have blobs of their own; with `keepsChunks`, chunks are quarantined like other blobs.
 */
export async function quarantineBlobs(
  tx: Tx,
  entries: readonly Entry[],
  { now, keepsChunks = false }: { readonly now: Date; readonly keepsChunks?: boolean },
): Promise<void> {
  if (entries.length === 0) return;
  const dateDue = new Date(now.getTime() + QUARANTINE_PERIOD);
  const rows = entries.map(({ name, size, isChunk = false }) => ({
    name,
    size,
    dateQuarantined: now,
    dateDue: isChunk && !keepsChunks ? now : dateDue,
  }));
  await insertEntries(tx, { rows });
}

const ENTRY_COLUMNS = ["name", "size", "dateQuarantined", "dateDue"] as const;

const insertEntries = prepared((tx: Tx, param: { rows: readonly NewRow<"quarantinedBlobs", typeof ENTRY_COLUMNS>[] }) =>
  tx
    .insert(tx.tables.quarantinedBlobs)
    .select(jsonRows(tx, tx.tables.quarantinedBlobs, ENTRY_COLUMNS, param.rows))
    .onConflictDoNothing()
    .prepare(),
);

/** How many blobs are deleted before their rows are. */
const BLOBS_AT_ONCE = 100;

/** Deletes the bytes of blobs that are due by `until`, unless a row refers to them again. Returns what was deleted. */
export async function deleteExpired({ store, blobs }: Pick<App, "store" | "blobs">, until: Date): Promise<BlobAmount> {
  const deleted = { count: 0, bytes: 0 };
  for (;;) {
    const { quarantinedBlobs } = store.read.tables;
    const due = await store.read
      .select()
      .from(quarantinedBlobs)
      .where(and(isNotNull(quarantinedBlobs.dateDue), lte(quarantinedBlobs.dateDue, until)))
      .orderBy(asc(quarantinedBlobs.dateDue), asc(quarantinedBlobs.name))
      .limit(BLOBS_AT_ONCE);
    if (due.length === 0) return deleted;
    const removed = await removeUnknown({ store, blobs }, due);
    deleted.count += removed.count;
    deleted.bytes += removed.bytes;
  }
}

async function removeUnknown({ store, blobs }: Pick<App, "store" | "blobs">, entries: readonly Entry[]): Promise<BlobAmount> {
  const { quarantinedBlobs, blobs: table } = store.read.tables;
  const names = entries.map(({ name }) => name);
  const known = new Set(
    (await store.read.select({ name: table.name }).from(table).where(inArray(table.name, names))).map(({ name }) => name),
  );
  const unknown = entries.filter(({ name }) => !known.has(name));
  for (const { name } of unknown) await blobs.remove(name);
  await store.transaction((tx) => tx.delete(quarantinedBlobs).where(inArray(quarantinedBlobs.name, names)));
  return amountOf(unknown);
}

/** Returns how much is in quarantine. */
export async function countQuarantine(db: Reader): Promise<BlobAmount> {
  const { quarantinedBlobs } = db.tables;
  const [row] = await db.select({ count: count(), bytes: sum(quarantinedBlobs.size).mapWith(Number) }).from(quarantinedBlobs);
  return { count: row?.count ?? 0, bytes: row?.bytes ?? 0 };
}

/** Returns a page of the blobs in quarantine, sorted by name, after the name `after`. */
export async function listQuarantine(
  db: Reader,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<QuarantinedBlob[]> {
  const { quarantinedBlobs } = db.tables;
  const rows = await db
    .select()
    .from(quarantinedBlobs)
    .where(gt(quarantinedBlobs.name, after))
    .orderBy(asc(quarantinedBlobs.name))
    .limit(limit);
  return rows.map((row) => ({ ...row, sha256: sha256OfName(row.name) ?? "" }));
}

/**
 * Takes blobs out of quarantine, so that their bytes stay in the blob store until they are purged. `null` restores all of them. Returns what
 * was restored.
 */
export async function restoreQuarantined({ store }: Pick<App, "store">, names: readonly string[] | null): Promise<BlobAmount> {
  const { quarantinedBlobs } = store.read.tables;
  const rows = await store.transaction((tx) =>
    tx
      .update(quarantinedBlobs)
      .set({ dateDue: null })
      .where(names === null ? undefined : inArray(quarantinedBlobs.name, [...names]))
      .returning({ size: quarantinedBlobs.size }),
  );
  return amountOf(rows);
}

/** Deletes the bytes of quarantined blobs now. `null` deletes all of them except restored ones, which must be named. */
export async function purgeQuarantined(app: Pick<App, "store" | "blobs" | "now">, names: readonly string[] | null): Promise<BlobAmount> {
  const { quarantinedBlobs } = app.store.read.tables;
  await app.store.transaction((tx) =>
    tx
      .update(quarantinedBlobs)
      .set({ dateDue: app.now() })
      .where(names === null ? isNotNull(quarantinedBlobs.dateDue) : inArray(quarantinedBlobs.name, [...names])),
  );
  return deleteExpired(app, app.now());
}

/** Removes blobs from quarantine that have a row again, for example after the database was restored. */
export async function releaseReferenced(store: Store): Promise<void> {
  await store.transaction(async (tx) => {
    const { quarantinedBlobs, blobs } = tx.tables;
    const known = tx.select({ name: blobs.name }).from(blobs).where(eq(blobs.name, quarantinedBlobs.name));
    await tx.delete(quarantinedBlobs).where(exists(known));
  });
}
