import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { Reader, Store, Tx } from "@landfall/db/store";
import { and, eq, gt, inArray, lt, lte, max, notExists, notInArray, type SQL, sql } from "drizzle-orm";
import type { App } from "../app.ts";

/** How long what nothing refers to is kept: a client may be about to refer to it. */
export const GRACE = 24 * 60 * 60 * 1000;

/** How long the end of an assembly is remembered. */
const ASSEMBLIES_LAST = 7 * GRACE;

/** Rows looked at in one statement: some milliseconds. */
const ROWS_AT_ONCE = 5000;

/** What was swept. */
export type Swept = { readonly chunks: number; readonly blobs: number; readonly strays: number; readonly staged: number };

/**
 * Removes what nothing refers to and nobody has used for a day: chunks, blobs, and bytes without a row, which a process leaves that ends
 * in the middle. A blob's row goes first, then its bytes; names are never given out twice, so bytes that come meanwhile are other bytes.
 */
export async function sweepArtifacts({ store, blobs, now }: Pick<App, "store" | "blobs" | "now">): Promise<Swept> {
  const before = new Date(now().getTime() - GRACE);
  const chunks = await sweepOld(store, before, now());
  let swept = 0;
  for await (const ids of unreferenced(store.read, before)) {
    const names = await store.transaction((tx) => deleteBlobs(tx, ids, before));
    for (const name of names) await blobs.remove(name);
    swept += names.length;
  }
  const strays = await findStrays({ store, blobs }, before);
  for (const name of strays) await blobs.remove(name);
  return { chunks, blobs: swept, strays: strays.length, staged: await blobs.sweepStaged(before) };
}

const sweepOld = (store: Store, before: Date, now: Date): Promise<number> =>
  store.transaction(async (tx) => {
    const { chunks, assemblies } = tx.tables;
    const gone = await tx.delete(chunks).where(lt(chunks.dateLastUsed, before)).returning({ sha1: chunks.sha1 });
    const over = and(
      lt(assemblies.dateUpdated, new Date(now.getTime() - ASSEMBLIES_LAST)),
      notInArray(assemblies.state, ["created", "assembling"]),
    );
    await tx.delete(assemblies).where(over);
    return gone.length;
  });

/** Whether nothing refers to a blob. Each of these columns has an index. */
function nothingRefers(db: Reader): SQL | undefined {
  const { blobs, chunks, releaseFiles, releaseArchives, artifactBundles } = db.tables;
  const one = { one: sql`1` };
  return and(
    notExists(db.select(one).from(chunks).where(eq(chunks.blobId, blobs.id))),
    notExists(db.select(one).from(releaseFiles).where(eq(releaseFiles.blobId, blobs.id))),
    notExists(db.select(one).from(releaseArchives).where(eq(releaseArchives.blobId, blobs.id))),
    notExists(db.select(one).from(artifactBundles).where(eq(artifactBundles.blobId, blobs.id))),
  );
}

async function* unreferenced(db: Reader, before: Date): AsyncIterable<number[]> {
  const { blobs } = db.tables;
  const [last] = await db.select({ id: max(blobs.id) }).from(blobs);
  for (let after = 0; after < (last?.id ?? 0); after += ROWS_AT_ONCE) {
    const rows = await db
      .select({ id: blobs.id })
      .from(blobs)
      .where(and(gt(blobs.id, after), lte(blobs.id, after + ROWS_AT_ONCE), lt(blobs.dateLastUsed, before), nothingRefers(db)));
    if (rows.length > 0) yield rows.map((row) => row.id);
  }
}

/** What was found may have been used since: it is asked again. */
async function deleteBlobs(tx: Tx, ids: readonly number[], before: Date): Promise<string[]> {
  const { blobs } = tx.tables;
  const gone = await tx
    .delete(blobs)
    .where(and(inArray(blobs.id, [...ids]), lt(blobs.dateLastUsed, before), nothingRefers(tx)))
    .returning({ name: blobs.name });
  return gone.map((row) => row.name);
}

/** Bytes in the blob store, from before a moment, that no row knows. */
export async function findStrays({ store, blobs }: Pick<App, "store" | "blobs">, before: Date): Promise<string[]> {
  const strays: string[] = [];
  const look = async (names: readonly string[]) => {
    const known = new Set((await selectNames(store.read, { names: JSON.stringify(names) })).map((row) => row.name));
    strays.push(...names.filter((name) => !known.has(name)));
  };
  let batch: string[] = [];
  for await (const { name, date } of blobs.list()) {
    if (date < before) batch.push(name);
    if (batch.length === ROWS_AT_ONCE) {
      await look(batch);
      batch = [];
    }
  }
  if (batch.length > 0) await look(batch);
  return strays;
}

const selectNames = prepared((db: Reader) => {
  const { blobs } = db.tables;
  return db.select({ name: blobs.name }).from(blobs).where(anyOf(blobs.name, "names")).prepare();
});
