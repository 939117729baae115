import type { Reader, Store, Tx } from "@landfall/db/store";
import type { LastSweep } from "@landfall/db/tables/storage";
import { and, eq, gt, inArray, lt, lte, max, notExists, notInArray, type SQL, sql } from "drizzle-orm";
import type { App } from "../../kernel/app.ts";
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
  type BlobAmount,
  GRACE_PERIOD,
  inspectBlobStore,
  isShared,
  labelRefusal,
  type SweepRefusal,
  sweepRefusal,
} from "../../records/artifacts/inspect-blob-store.ts";
import { deleteExpired, quarantineBlobs, releaseReferenced } from "../../records/artifacts/quarantine.ts";
import { sweepReleaseFiles } from "../../records/artifacts/release-files.ts";

/** How long the end of an assembly is remembered. */
const ASSEMBLY_PERIOD = 7 * GRACE_PERIOD;

/** Rows looked at in one statement: some milliseconds. */
const ROWS_AT_ONCE = 5000;

type SweepServices = Pick<App, "store" | "blobs" | "now" | "randomHex">;

/** What a sweep did. */
export type SweepResult = {
  /** Why it deleted nothing; null if it was free to. */
  readonly refusal: SweepRefusal | null;
  /** Rows of chunks that nobody used for a day. */
  readonly chunks: number;
  /** Blobs that nothing refers to any more and blobs without a row, now in quarantine. */
  readonly quarantined: BlobAmount;
  /** Blobs whose time in quarantine was over. */
  readonly deleted: BlobAmount;
  /** Temporary files of uploads that broke off. */
  readonly staged: number;
};

const NO_BLOBS = { count: 0, bytes: 0 };

/**
 * Labels the blob store with the identity of this database if it has no label and this database knows what is in it. To be called when a
 * server starts, before it takes uploads; a sweep does it as well.
 */
export async function bindBlobStore(shop: SweepServices): Promise<void> {
  await ensureIdentity(shop);
  if ((await readLabel(shop.blobs)) !== null) return;
  const found = await inspectBlobStore(shop);
  const refusal = sweepRefusal(found, shop.now());
  if (refusal === null || refusal.reason === "new" || refusal.reason === "restored") await replaceLabel(shop, {});
}

async function replaceLabel({ store, blobs, now }: SweepServices, others: Label["others"]): Promise<void> {
  const { identity, generation } = await changeIdentity(store, { dateBound: now() });
  await writeLabel(blobs, { identity, generation, others });
}

/**
 * Puts what nothing refers to and nobody has used for a day in quarantine, and deletes what was there for seven days: chunks, blobs, and
 * bytes without a row, which a process leaves that ends in the middle. Does nothing, and says why, where the database may not know what the
 * blob store holds: see `SweepRefusal`. Rows of dropped and unfinished bundles and archives are deleted in any case.
 */
export async function sweepArtifacts(shop: SweepServices): Promise<SweepResult> {
  const { store, blobs, now } = shop;
  const staged = await blobs.sweepStaged(new Date(now().getTime() - GRACE_PERIOD));
  await bindBlobStore(shop);
  await sweepBundles(store, new Date(now().getTime() - GRACE_PERIOD));
  await sweepReleaseFiles(store, new Date(now().getTime() - GRACE_PERIOD));
  const refusal = await checkLabel(shop);
  const swept = refusal === null ? await sweep(shop) : { refusal, chunks: 0, quarantined: NO_BLOBS, deleted: NO_BLOBS };
  const { quarantined, deleted } = swept;
  const lastSweep: LastSweep = { date: now().toISOString(), refusal, quarantined, deleted };
  await changeIdentity(store, { lastSweep });
  return { ...swept, staged };
}

/** Decides by the label alone, and records there and in the database what it shows. */
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

async function sweep(shop: SweepServices): Promise<Omit<SweepResult, "staged">> {
  const { store, blobs, now } = shop;
  const found = await inspectBlobStore(shop);
  const refusal = sweepRefusal(found, now());
  if (refusal !== null || found.row === null) return { refusal, chunks: 0, quarantined: NO_BLOBS, deleted: NO_BLOBS };
  const { identity, dateRestored } = found.row;
  const current = await readLabel(blobs);
  // Another database came while this one listed the blobs; the next sweep records it.
  if (current === null || current === "unreadable" || isShared(current, now()))
    return { refusal: labelRefusal({ label: current, row: found.row }, now()), chunks: 0, quarantined: NO_BLOBS, deleted: NO_BLOBS };
  await writeLabel(blobs, { identity, generation: await nextGeneration(store), others: {} });
  const before = new Date(now().getTime() - GRACE_PERIOD);
  const chunks = await sweepOld(store, before, now());
  const quarantined = { count: 0, bytes: 0 };
  const count = (entries: readonly { readonly size: number }[]) => {
    quarantined.count += entries.length;
    for (const { size } of entries) quarantined.bytes += size;
  };
  // What was a chunk when the database was restored may have become an artifact in the state that was replaced.
  const keepsChunks = dateRestored !== null && now().getTime() - dateRestored.getTime() < QUARANTINE_PERIOD;
  for await (const ids of findUnreferenced(store.read, before)) {
    const gone = await store.transaction((tx) => deleteBlobs(tx, ids, { before, now: now(), keepsChunks }));
    count(gone.filter(({ isChunk }) => keepsChunks || !isChunk));
  }
  const { blobs: strays } = found.strays.old;
  await store.transaction((tx) => quarantineBlobs(tx, strays, { now: now() }));
  count(strays);
  await releaseReferenced(store);
  return { refusal: null, chunks, quarantined, deleted: await deleteExpired(shop, now()) };
}

/**
 * Makes this the database that the blob store belongs to, whatever its label says, and puts everything the database does not know in quarantine.
 * For an operator who has made sure of both. Returns what is in quarantine now because of it.
 */
export async function adoptBlobStore(shop: SweepServices): Promise<BlobAmount> {
  const { store, blobs, now } = shop;
  const row = await ensureIdentity(shop);
  const found = await readLabel(blobs);
  const generation = Math.max(row.generation, found === null || found === "unreadable" ? 0 : found.generation);
  await changeIdentity(store, { generation });
  await replaceLabel(shop, {});
  const quarantined = { count: 0, bytes: 0 };
  for (;;) {
    const { strays } = await inspectBlobStore(shop, { before: Number.POSITIVE_INFINITY });
    if (strays.old.count === 0) return quarantined;
    await store.transaction((tx) => quarantineBlobs(tx, strays.old.blobs, { now: now() }));
    quarantined.count += strays.old.blobs.length;
    for (const { size } of strays.old.blobs) quarantined.bytes += size;
  }
}

const sweepOld = (store: Store, before: Date, now: Date): Promise<number> =>
  store.transaction(async (tx) => {
    const { chunks, assemblies } = tx.tables;
    const gone = await tx.delete(chunks).where(lt(chunks.dateLastUsed, before)).returning({ sha1: chunks.sha1 });
    const over = and(
      lt(assemblies.dateUpdated, new Date(now.getTime() - ASSEMBLY_PERIOD)),
      notInArray(assemblies.state, ["created", "assembling"]),
    );
    await tx.delete(assemblies).where(over);
    return gone.length;
  });

/** Whether nothing refers to a blob. Each of these columns has an index. */
function isUnreferenced(db: Reader): SQL | undefined {
  const { blobs, chunks, releaseFiles, releaseArchives, artifactBundles } = db.tables;
  const one = { one: sql`1` };
  return and(
    notExists(db.select(one).from(chunks).where(eq(chunks.blobId, blobs.id))),
    notExists(db.select(one).from(releaseFiles).where(eq(releaseFiles.blobId, blobs.id))),
    notExists(db.select(one).from(releaseArchives).where(eq(releaseArchives.blobId, blobs.id))),
    notExists(db.select(one).from(artifactBundles).where(eq(artifactBundles.blobId, blobs.id))),
  );
}

async function* findUnreferenced(db: Reader, before: Date): AsyncIterable<number[]> {
  const { blobs } = db.tables;
  const [last] = await db.select({ id: max(blobs.id) }).from(blobs);
  for (let after = 0; after < (last?.id ?? 0); after += ROWS_AT_ONCE) {
    const rows = await db
      .select({ id: blobs.id })
      .from(blobs)
      .where(and(gt(blobs.id, after), lte(blobs.id, after + ROWS_AT_ONCE), lt(blobs.dateLastUsed, before), isUnreferenced(db)));
    if (rows.length > 0) yield rows.map((row) => row.id);
  }
}

/** What was found may have been used since: it is looked at again. */
async function deleteBlobs(
  tx: Tx,
  ids: readonly number[],
  { before, now, keepsChunks }: { readonly before: Date; readonly now: Date; readonly keepsChunks: boolean },
): Promise<{ readonly name: string; readonly size: number; readonly isChunk: boolean }[]> {
  const { blobs } = tx.tables;
  const gone = await tx
    .delete(blobs)
    .where(and(inArray(blobs.id, [...ids]), lt(blobs.dateLastUsed, before), isUnreferenced(tx)))
    .returning({ name: blobs.name, size: blobs.size, isChunk: blobs.isChunk });
  await quarantineBlobs(tx, gone, { now, keepsChunks });
  return gone;
}
