import { isBundleProblem } from "@landfall/artifacts/archive/bundle-problem";
import { openFile, readAhead } from "@landfall/artifacts/archive/random-access";
import { openBundle } from "@landfall/artifacts/bundles/open-bundle";
import { BlobError, type StagedBlob } from "@landfall/db/blobs/blob-store";
import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader, Tx } from "@landfall/db/store";
import type { AssemblyRow } from "@landfall/db/tables/schema";
import { and, eq } from "drizzle-orm";
import { isAppError, toAppError } from "../../kernel/app-error.ts";
import type { App } from "../../kernel/app.ts";
import type { QuotaOwner, ReservedBytes } from "../../kernel/context.ts";
import { isDamage, isIntact, keepBlobs, type KeptBlob, markDamaged, saveBlobRows } from "../../records/artifacts/blobs.ts";
import { FILES_AT_ONCE } from "../../records/artifacts/delete-bundles.ts";
import { isQuotaExceeded } from "../../records/artifacts/storage-quotas.ts";
import { UPLOAD_LIMITS } from "../../records/artifacts/uploads.ts";
import { saveArtifactBundle, saveLargeBundle } from "./save-bundle.ts";
import { AssemblyProblem, readReleaseArchive, saveLargeArchive, saveReleaseArchive } from "./save-release-archive.ts";

/** Thrown by `alive` when the server is about to end: the archive is given back, for the next process. */
export class AssemblyStopped extends Error {}

/** What of an application an assembly needs. */
export type AssemblyServices = Pick<App, "store" | "blobs" | "now" | "quotas" | "randomHex">;

/** What became of an archive. */
type Outcome =
  | { readonly state: "ok"; readonly bundleId?: number; readonly archiveId?: number }
  | { readonly state: "error"; readonly detail: string };

/**
 * Puts one claimed archive together: joins its chunks, holds them against the checksum, reads what is inside and stores it, all or nothing.
 * What is wrong with the archive becomes its state; anything else is thrown, after the state tells that it can be tried again. `alive` is
 * called now and then, for long work.
 */
export async function runAssembly(shop: AssemblyServices, row: AssemblyRow, alive: () => Promise<void>): Promise<void> {
  let staged: StagedBlob | undefined;
  let reserved: ReservedBytes | undefined;
  try {
    const chunks = await findChunks(shop, row);
    reserved = await shop.quotas.reserve(await quotaOwner(shop, row), sizeOf(chunks));
    staged = await joinChunks(shop, row, chunks, alive);
    await store(shop, row, { staged, chunks }, alive);
    reserved.stored();
  } catch (error) {
    await staged?.discard();
    reserved?.dropped();
    if (error instanceof AssemblyStopped) return requeue(shop, row);
    if (isDamage(error)) await markDamagedChunks(shop, row);
    const detail = problemMessage(error);
    await finish(shop, row, {
      state: "error",
      detail:
        detail ?? toAppError(error)?.message ?? "The server failed to put this archive together; its log tells why. Try again in a minute.",
    });
    if (detail === null || isDamage(error)) throw error;
  }
}

const requeue = ({ store: { transaction } }: AssemblyServices, { id, attempts }: AssemblyRow): Promise<void> =>
  transaction(async (tx) => {
    const { assemblies } = tx.tables;
    await tx
      .update(assemblies)
      .set({ state: "created", attempts: attempts - 1 })
      .where(eq(assemblies.id, id));
  });

function problemMessage(error: unknown): string | null {
  if (isDamage(error)) return "The server's copy of a part of this archive is missing or damaged. Upload the archive again in a minute.";
  const isProblem = isBundleProblem(error) || error instanceof AssemblyProblem || (isAppError(error) && isQuotaExceeded(error));
  return isProblem ? error.message : null;
}

/** Looks which of an archive's chunks are not whole, so that clients are asked for them again. Returns how many. */
async function markDamagedChunks({ store, blobs, now }: AssemblyServices, { organizationId, request }: AssemblyRow): Promise<number> {
  const damaged: string[] = [];
  for (const chunk of (await findChunkBlobs(store.read, organizationId, request.chunks)).values())
    if (!(await isIntact(blobs, chunk))) damaged.push(chunk.name);
  await markDamaged(store, damaged, now());
  return damaged.length;
}

async function quotaOwner({ store: { read } }: AssemblyServices, { organizationId }: AssemblyRow): Promise<QuotaOwner> {
  const { organizations } = read.tables;
  const { id, storageQuota } = organizations;
  const [owner] = await read.select({ id, storageQuota }).from(organizations).where(eq(id, organizationId));
  if (!owner) throw new AssemblyProblem("The organization was deleted meanwhile.");
  return owner;
}

const sizeOf = (chunks: readonly ChunkBlob[]): number => chunks.reduce((sum, chunk) => sum + chunk.size, 0);

/** The chunks of an archive in order. Throws an `AssemblyProblem` when some are missing, or when they are too large together. */
async function findChunks({ store }: AssemblyServices, { organizationId, request }: AssemblyRow): Promise<readonly ChunkBlob[]> {
  const found = await findChunkBlobs(store.read, organizationId, request.chunks);
  const chunks = request.chunks.flatMap((sum) => found.get(sum) ?? []);
  if (chunks.length < request.chunks.length) {
    const missing = new Set(request.chunks.filter((sum) => !found.has(sum))).size;
    throw new AssemblyProblem(
      `${missing} of the archive's chunks ${missing === 1 ? "is" : "are"} not here. Upload all of them, then ask again.`,
    );
  }
  const size = sizeOf(chunks);
  if (size > UPLOAD_LIMITS.maxFileSize)
    throw new AssemblyProblem(`The archive has ${size} bytes; it may have ${UPLOAD_LIMITS.maxFileSize}.`);
  return chunks;
}

async function joinChunks(
  shop: AssemblyServices,
  row: AssemblyRow,
  chunks: readonly ChunkBlob[],
  alive: () => Promise<void>,
): Promise<StagedBlob> {
  const { blobs } = shop;
  const { checksum } = row;
  async function* bytes() {
    for (const chunk of chunks) {
      await alive();
      yield* blobs.read(chunk.name);
    }
  }
  const staged = await blobs.stage(bytes());
  if (staged.sha1 === checksum) return staged;
  await staged.discard();
  // Whose fault is it? Clients name checksums of their chunks, and these may no longer be what was uploaded.
  if ((await markDamagedChunks(shop, row)) > 0) throw new BlobError("damaged", "Chunks of an archive are damaged.");
  throw new AssemblyProblem(`The chunks put together have the sha1 ${staged.sha1}, not ${checksum} as told. Upload the archive again.`);
}

/** The small files of an archive are read many at once. */
const AHEAD = 1024 * 1024;

async function store(
  shop: AssemblyServices,
  row: AssemblyRow,
  { staged, chunks }: { readonly staged: StagedBlob; readonly chunks: readonly ChunkBlob[] },
  alive: () => Promise<void>,
): Promise<void> {
  const file = await openFile(staged.file);
  try {
    const source = readAhead(file, AHEAD);
    const bundle = await openBundle(source);
    const members = row.releaseId === null ? null : await readReleaseArchive(bundle, source, { version: row.request.version ?? "", alive });
    // An archive of one chunk is that chunk, which was just read and compared.
    const whole = new Set(chunks.length === 1 ? chunks.map(({ name }) => name) : []);
    const kept = await keepBlobs(shop, [staged], { whole });
    const blobOf = (tx: Tx, now: Date) => saveBlob(tx, kept, shop, now);
    if (members === null && bundle.files.length > FILES_AT_ONCE) {
      const finish = (tx: Tx, bundleId: number, now: Date) => finishIn(tx, row, { state: "ok", bundleId }, now);
      return await saveLargeBundle(shop, { row, bundle, alive }, { blobOf, finish });
    }
    if (members !== null && members.length > FILES_AT_ONCE) {
      const finish = (tx: Tx, archiveId: number, now: Date) => finishIn(tx, row, { state: "ok", archiveId }, now);
      return await saveLargeArchive(shop, { row, members, alive }, { blobOf, finish });
    }
    await shop.store.transaction(async (tx) => {
      const now = shop.now();
      const blobId = await blobOf(tx, now);
      const saved =
        members === null
          ? { bundleId: await saveArtifactBundle(tx, { row, bundle, blobId, now }) }
          : { archiveId: await saveReleaseArchive(tx, { row, members, blobId, now }) };
      await finishIn(tx, row, { state: "ok", ...saved }, now);
    });
  } finally {
    await file.close();
  }
}

async function saveBlob(tx: Tx, kept: readonly KeptBlob[], { blobs }: AssemblyServices, now: Date): Promise<number> {
  const [id] = (await saveBlobRows(tx, kept, { blobs, now })).values();
  if (id === undefined) throw new Error("the blob of an archive was not stored");
  return id;
}

const finish = ({ store: { transaction }, now }: AssemblyServices, row: AssemblyRow, outcome: Outcome): Promise<void> =>
  transaction((tx) => finishIn(tx, row, outcome, now()));

async function finishIn(tx: Tx, { id, organizationId }: AssemblyRow, outcome: Outcome, now: Date): Promise<void> {
  const { assemblies } = tx.tables;
  await tx
    .update(assemblies)
    .set({ detail: null, ...outcome, dateUpdated: now })
    .where(and(eq(assemblies.id, id), eq(assemblies.organizationId, organizationId)));
}

type ChunkBlob = { readonly name: string; readonly size: number };

/** The bytes behind an organization's chunks, by sha1; a chunk that is not here is left out. */
async function findChunkBlobs(db: Reader, organizationId: number, sums: readonly string[]): Promise<ReadonlyMap<string, ChunkBlob>> {
  const rows = await selectChunkBlobs(db, { organizationId, sums });
  return new Map(rows.map(({ sha1, ...chunk }) => [sha1, chunk]));
}

const selectChunkBlobs = prepared((db: Reader, param: { sums: readonly string[]; organizationId: number }) => {
  const { chunks, blobs } = db.tables;
  return db
    .select({ sha1: chunks.sha1, name: blobs.name, size: chunks.size })
    .from(chunks)
    .innerJoin(blobs, eq(blobs.id, chunks.blobId))
    .where(and(eq(chunks.organizationId, param.organizationId), anyOf(chunks.sha1, param.sums)))
    .prepare();
});
