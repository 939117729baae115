import { isBundleProblem } from "@landfall/artifacts/archive/bundle-problem";
import { openFile, type RandomAccess, readAhead } from "@landfall/artifacts/archive/random-access";
import { type BuiltName, readBuiltNames } from "@landfall/artifacts/bundles/built-names";
import { type Bundle, openBundle } from "@landfall/artifacts/bundles/open-bundle";
import { BlobError, type StagedBlob } from "@landfall/db/blobs/blob-store";
import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader, Tx } from "@landfall/db/store";
import type { AssemblyRow } from "@landfall/db/tables/schema";
import { and, eq } from "drizzle-orm";
import { isAppError, toAppError } from "../../kernel/app-error.ts";
import type { App } from "../../kernel/app.ts";
import type { QuotaOwner, ReservedBytes } from "../../kernel/context.ts";
import {
  type BlobReference,
  isDamage,
  isIntact,
  keepBlobs,
  type KeptBlob,
  markDamaged,
  saveBlobRows,
} from "../../records/artifacts/blobs.ts";
import { READ_AHEAD } from "../../records/artifacts/content.ts";
import { FILES_AT_ONCE } from "../../records/artifacts/delete-bundles.ts";
import { isQuotaExceeded } from "../../records/artifacts/storage-quotas.ts";
import { UPLOAD_LIMITS } from "../../records/artifacts/uploads.ts";
import { type NamedBundle, saveArtifactBundle, saveLargeBundle } from "./save-bundle.ts";
import { AssemblyProblem, readReleaseArchive, saveLargeArchive, saveReleaseArchive } from "./save-release-archive.ts";

/** Thrown by `heartbeat` when the server is stopping: the assembly goes back to the queue, for the next process. */
export class AssemblyStopped extends Error {}

/** The parts of an application that an assembly needs. */
export type AssemblyServices = Pick<App, "store" | "blobs" | "now" | "quotas" | "randomHex">;

/** The result of an assembly. */
type Outcome =
  | { readonly state: "ok"; readonly bundleId?: number; readonly archiveId?: number }
  | { readonly state: "error"; readonly detail: string };

/**
 * Assembles one claimed archive: joins its chunks, verifies the checksum, reads the files and stores everything or nothing. A problem of the
 * archive becomes the state of the assembly. Other errors are thrown after the state allows a new attempt. `heartbeat` is called at every step.
 */
export async function runAssembly(app: AssemblyServices, row: AssemblyRow, heartbeat: () => Promise<void>): Promise<void> {
  let staged: StagedBlob | undefined;
  let reserved: ReservedBytes | undefined;
  try {
    const chunks = await findChunks(app, row);
    reserved = await app.quotas.reserve(await quotaOwner(app, row), sizeOf(chunks));
    staged = await joinChunks(app, row, chunks, heartbeat);
    await storeArchive(app, row, { staged, chunks }, heartbeat);
    reserved.stored();
  } catch (error) {
    await staged?.discard();
    reserved?.dropped();
    if (error instanceof AssemblyStopped) return requeue(app, row);
    if (isDamage(error)) await markDamagedChunks(app, row);
    const detail = problemMessage(error);
    await finish(app, row, {
      state: "error",
      detail:
        detail ??
        toAppError(error)?.message ??
        "The server failed to assemble this archive. Its log has the details. Try again in a minute.",
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

/** Returns the message of a problem that a new upload can fix; null for any other error. */
function problemMessage(error: unknown): string | null {
  if (isDamage(error)) return "The server's copy of a part of this archive is missing or damaged. Upload the archive again in a minute.";
  const isProblem = isBundleProblem(error) || error instanceof AssemblyProblem || (isAppError(error) && isQuotaExceeded(error));
  return isProblem ? error.message : null;
}

/** Marks the damaged chunks of an archive, so that clients are asked to upload them again. Returns how many there are. */
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
  if (!owner) throw new AssemblyProblem("The organization was deleted in the meantime.");
  return owner;
}

const sizeOf = (chunks: readonly BlobReference[]): number => chunks.reduce((sum, chunk) => sum + chunk.size, 0);

/** Returns the chunks of an archive in order. Throws `AssemblyProblem` if chunks are missing, or if they are too large together. */
async function findChunks({ store }: AssemblyServices, { organizationId, request }: AssemblyRow): Promise<readonly BlobReference[]> {
  const found = await findChunkBlobs(store.read, organizationId, request.chunks);
  const chunks = request.chunks.flatMap((sum) => found.get(sum) ?? []);
  if (chunks.length < request.chunks.length) {
    const missing = new Set(request.chunks.filter((sum) => !found.has(sum))).size;
    const verb = missing === 1 ? "is" : "are";
    throw new AssemblyProblem(`${missing} of the archive's chunks ${verb} missing. Upload all of them, then try again.`);
  }
  const size = sizeOf(chunks);
  if (size > UPLOAD_LIMITS.maxFileSize)
    throw new AssemblyProblem(`The archive has ${size} bytes; the limit is ${UPLOAD_LIMITS.maxFileSize}.`);
  return chunks;
}

async function joinChunks(
  app: AssemblyServices,
  row: AssemblyRow,
  chunks: readonly BlobReference[],
  heartbeat: () => Promise<void>,
): Promise<StagedBlob> {
  const { blobs } = app;
  const { checksum } = row;
  async function* bytes() {
    for (const chunk of chunks) {
      await heartbeat();
      yield* blobs.read(chunk.name);
    }
  }
  const staged = await blobs.stage(bytes());
  if (staged.sha1 === checksum) return staged;
  await staged.discard();
  // Either the client sent a wrong checksum, or stored chunks are damaged.
  if ((await markDamagedChunks(app, row)) > 0) throw new BlobError("damaged", "Chunks of an archive are damaged.");
  throw new AssemblyProblem(`The assembled archive has the sha1 ${staged.sha1} instead of ${checksum}. Upload the archive again.`);
}

async function storeArchive(
  app: AssemblyServices,
  row: AssemblyRow,
  { staged, chunks }: { readonly staged: StagedBlob; readonly chunks: readonly BlobReference[] },
  heartbeat: () => Promise<void>,
): Promise<void> {
  const file = await openFile(staged.file);
  try {
    const source = readAhead(file, READ_AHEAD);
    const opened = await openBundle(source);
    const members =
      row.releaseId === null ? null : await readReleaseArchive(opened, source, { version: row.request.version ?? "", heartbeat });
    const bundle = await withBuiltNames(opened, members === null ? source : null, heartbeat);
    // An archive of one chunk is that chunk, which was just read and verified.
    const intact = new Set(chunks.length === 1 ? chunks.map(({ name }) => name) : []);
    const kept = await keepBlobs(app, [staged], { intact });
    const saveBlob = (tx: Tx, now: Date) => saveArchiveBlob(tx, kept, app, now);
    if (members === null && bundle.files.length > FILES_AT_ONCE) {
      const onVisible = (tx: Tx, bundleId: number, now: Date) => finishIn(tx, row, { state: "ok", bundleId }, now);
      return await saveLargeBundle(app, { row, bundle, heartbeat }, { saveBlob, onVisible });
    }
    if (members !== null && members.length > FILES_AT_ONCE) {
      const onVisible = (tx: Tx, archiveId: number, now: Date) => finishIn(tx, row, { state: "ok", archiveId }, now);
      return await saveLargeArchive(app, { row, members, heartbeat }, { saveBlob, onVisible });
    }
    await app.store.transaction(async (tx) => {
      const now = app.now();
      const blobId = await saveBlob(tx, now);
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

/** Adds the names that scripts had in the build to the files of a bundle; those of a release's archive, without a source, have none. */
async function withBuiltNames(bundle: Bundle, source: RandomAccess | null, heartbeat: () => Promise<void>): Promise<NamedBundle> {
  await heartbeat();
  const names: ReadonlyMap<string, BuiltName> = source === null ? new Map() : await readBuiltNames(source, bundle.files);
  return { ...bundle, files: bundle.files.map((file) => ({ ...file, builtName: names.get(file.path) ?? null })) };
}

async function saveArchiveBlob(tx: Tx, kept: readonly KeptBlob[], { blobs }: AssemblyServices, now: Date): Promise<number> {
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

/** Returns the blobs of an organization's chunks by sha1. Missing chunks are left out. */
async function findChunkBlobs(db: Reader, organizationId: number, sums: readonly string[]): Promise<ReadonlyMap<string, BlobReference>> {
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
