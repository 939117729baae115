import type { Reader, Store, Tx } from "@landfall/db/store";
import type { LastSweep } from "@landfall/db/tables/storage";
import { and, eq, inArray, lt, notExists, notInArray, type SQL, sql } from "drizzle-orm";
import type { App } from "../../kernel/app.ts";
import { blobReferences } from "../../records/artifacts/blob-references.ts";
import { type BlobAmount, countBlob } from "../../records/artifacts/blobs.ts";
import {
  changeIdentity,
  ensureIdentity,
  type Label,
  nextGeneration,
  QUARANTINE_PERIOD,
  readLabel,
  recordRestoreIn,
  writeLabel,
} from "../../records/artifacts/database-identity.ts";
import { sweepBundles } from "../../records/artifacts/delete-bundles.ts";
import {
  GRACE_PERIOD,
  inspectBlobStore,
  isShared,
  labelRefusal,
  type SweepRefusal,
  sweepRefusal,
} from "../../records/artifacts/inspect-blob-store.ts";
import { idRanges, inRange } from "../../records/artifacts/id-ranges.ts";
import { deleteExpired, quarantineBlobs, releaseReferenced } from "../../records/artifacts/quarantine.ts";
import { sweepReleaseFiles } from "../../records/artifacts/release-files.ts";

/** How long the result of an assembly is stored, in milliseconds. */
const ASSEMBLY_PERIOD = 7 * GRACE_PERIOD;

type SweepServices = Pick<App, "store" | "blobs" | "now" | "randomHex">;

/** The result of a sweep. */
export type SweepResult = {
  /** Why nothing was deleted; null if blobs could be deleted. */
  readonly refusal: SweepRefusal | null;
  /** Deleted rows of chunks that were not used for a day. */
  readonly chunks: number;
  /** Blobs without a reference and blobs without a row, which are in quarantine now. */
  readonly quarantined: BlobAmount;
  /** Blobs whose time in quarantine was over. */
  readonly deleted: BlobAmount;
  /** Deleted temporary files of interrupted uploads. */
  readonly staged: number;
};

const NO_BLOBS = { count: 0, bytes: 0 };

/**
 * Writes the label of the blob store with the identity of this database, if the store has no label and the database knows its blobs. Call it
 * when a server starts, before it accepts uploads; every sweep calls it too.
 */
export async function bindBlobStore(app: SweepServices): Promise<void> {
  await ensureIdentity(app);
  if ((await readLabel(app.blobs)) !== null) return;
  const found = await inspectBlobStore(app);
  const refusal = sweepRefusal(found, app.now());
  if (refusal === null || refusal.reason === "new" || refusal.reason === "restored") await replaceLabel(app, {});
}

async function replaceLabel({ store, blobs, now }: SweepServices, others: Label["others"]): Promise<void> {
  const { identity, generation } = await changeIdentity(store, { dateBound: now() });
  await writeLabel(blobs, { identity, generation, others });
}

/**
 * Puts blobs in quarantine that nothing refers to and that were not used for a day, including blobs without a row, which crashed processes
 * leave. Deletes what was in quarantine for seven days. Does neither if the database may not know the content of the blob store, and returns
 * the reason (`SweepRefusal`). Rows of deleted and unfinished bundles and archives are deleted in any case.
 */
export async function sweepArtifacts(app: SweepServices): Promise<SweepResult> {
  const { store, blobs, now } = app;
  const staged = await blobs.sweepStaged(new Date(now().getTime() - GRACE_PERIOD));
  await bindBlobStore(app);
  await sweepBundles(store, new Date(now().getTime() - GRACE_PERIOD));
  await sweepReleaseFiles(store, new Date(now().getTime() - GRACE_PERIOD));
  const refusal = await checkLabel(app);
  const swept = refusal === null ? await sweep(app) : { refusal, chunks: 0, quarantined: NO_BLOBS, deleted: NO_BLOBS };
  const { quarantined, deleted } = swept;
  const lastSweep: LastSweep = { date: now().toISOString(), refusal, quarantined, deleted };
  await changeIdentity(store, { lastSweep });
  return { ...swept, staged };
}

/**
 * Returns the reason against a sweep that the label shows, if any. Records another database's label in the label itself, and a restored
 * database in its identity row.
 */
async function checkLabel({ store, blobs, now, randomHex }: SweepServices): Promise<SweepRefusal | null> {
  const found = await readLabel(blobs);
  const row = await ensureIdentity({ store, now, randomHex });
  const refusal = labelRefusal({ label: found, row }, now());
  if (found === null || found === "unreadable" || refusal === null) return refusal;
  const { identity } = row;
  if (refusal.reason === "other_database")
    await writeLabel(blobs, { ...found, others: { ...found.others, [identity]: now().toISOString() } });
  if (refusal.reason === "went_back") await store.transaction((tx) => recordRestoreIn(tx, now(), found.generation));
  return refusal;
}

async function sweep(app: SweepServices): Promise<Omit<SweepResult, "staged">> {
  const { store, blobs, now } = app;
  const found = await inspectBlobStore(app);
  const refusal = sweepRefusal(found, now());
  if (refusal !== null || found.row === null) return { refusal, chunks: 0, quarantined: NO_BLOBS, deleted: NO_BLOBS };
  const { identity, dateRestored } = found.row;
  const current = await readLabel(blobs);
  // Another database started to use the store while the blobs were listed; the next sweep records it.
  if (current === null || current === "unreadable" || isShared(current, now()))
    return { refusal: labelRefusal({ label: current, row: found.row }, now()), chunks: 0, quarantined: NO_BLOBS, deleted: NO_BLOBS };
  await writeLabel(blobs, { identity, generation: await nextGeneration(store), others: {} });
  const before = new Date(now().getTime() - GRACE_PERIOD);
  const chunks = await sweepOld(store, before, now());
  const quarantined = { count: 0, bytes: 0 };
  // A chunk of a restored database may have become an artifact in the state that was replaced.
  const keepsChunks = dateRestored !== null && now().getTime() - dateRestored.getTime() < QUARANTINE_PERIOD;
  for await (const ids of findUnreferenced(store.read, before)) {
    const deleted = await store.transaction((tx) => deleteBlobs(tx, ids, { before, now: now(), keepsChunks }));
    for (const blob of deleted) if (keepsChunks || !blob.isChunk) countBlob(quarantined, blob);
  }
  const { blobs: strays } = found.strays.old;
  await store.transaction((tx) => quarantineBlobs(tx, strays, { now: now() }));
  for (const stray of strays) countBlob(quarantined, stray);
  await releaseReferenced(store);
  return { refusal: null, chunks, quarantined, deleted: await deleteExpired(app, now()) };
}

/**
 * Binds the blob store to this database, whatever its label is, and puts all blobs without a row in quarantine. For operators who have checked
 * both. Returns what was put in quarantine.
 */
export async function adoptBlobStore(app: SweepServices): Promise<BlobAmount> {
  const { store, blobs, now } = app;
  const row = await ensureIdentity(app);
  const found = await readLabel(blobs);
  const generation = Math.max(row.generation, found === null || found === "unreadable" ? 0 : found.generation);
  await changeIdentity(store, { generation });
  await replaceLabel(app, {});
  const quarantined = { count: 0, bytes: 0 };
  for (;;) {
    const { strays } = await inspectBlobStore(app, { before: Number.POSITIVE_INFINITY });
    if (strays.old.count === 0) return quarantined;
    await store.transaction((tx) => quarantineBlobs(tx, strays.old.blobs, { now: now() }));
    for (const stray of strays.old.blobs) countBlob(quarantined, stray);
  }
}

/** Deletes unused chunks and old results of assemblies. Returns the number of chunks. */
const sweepOld = (store: Store, before: Date, now: Date): Promise<number> =>
  store.transaction(async (tx) => {
    const { chunks, assemblies } = tx.tables;
    const deleted = await tx.delete(chunks).where(lt(chunks.dateLastUsed, before)).returning({ sha1: chunks.sha1 });
    const isOld = and(
      lt(assemblies.dateUpdated, new Date(now.getTime() - ASSEMBLY_PERIOD)),
      notInArray(assemblies.state, ["created", "assembling"]),
    );
    await tx.delete(assemblies).where(isOld);
    return deleted.length;
  });

/** Whether nothing refers to a blob, not even rows that are being written or deleted. */
function isUnreferenced(db: Reader): SQL | undefined {
  const { blobs } = db.tables;
  return and(
    ...blobReferences(db).map(({ table, blobId }) =>
      notExists(
        db
          .select({ one: sql`1` })
          .from(table)
          .where(eq(blobId, blobs.id)),
      ),
    ),
  );
}

async function* findUnreferenced(db: Reader, before: Date): AsyncIterable<number[]> {
  const { blobs } = db.tables;
  for await (const range of idRanges(db, "blobs")) {
    const rows = await db
      .select({ id: blobs.id })
      .from(blobs)
      .where(and(inRange(blobs.id, range), lt(blobs.dateLastUsed, before), isUnreferenced(db)));
    if (rows.length > 0) yield rows.map((row) => row.id);
  }
}

/** Deletes rows of blobs that are still unreferenced, and puts the blobs in quarantine. */
async function deleteBlobs(
  tx: Tx,
  ids: readonly number[],
  { before, now, keepsChunks }: { readonly before: Date; readonly now: Date; readonly keepsChunks: boolean },
): Promise<{ readonly name: string; readonly size: number; readonly isChunk: boolean }[]> {
  const { blobs } = tx.tables;
  const deleted = await tx
    .delete(blobs)
    .where(and(inArray(blobs.id, [...ids]), lt(blobs.dateLastUsed, before), isUnreferenced(tx)))
    .returning({ name: blobs.name, size: blobs.size, isChunk: blobs.isChunk });
  await quarantineBlobs(tx, deleted, { now, keepsChunks });
  return deleted;
}
