import { createHash } from "node:crypto";
import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader, Tx } from "@landfall/db/store";
import type { AssemblyRow } from "@landfall/db/tables/schema";
import { type Assembly, type AssemblyView, readAssembly } from "@landfall/schema/artifacts/uploads";
import { REL_WRITE } from "@landfall/schema/scope";
import { and, count, eq, isNotNull, lt, notExists, sql } from "drizzle-orm";
import * as z from "zod";
import { atWholeRelease } from "../../access/at-release.ts";
import { atOrganization } from "../../access/organization-access.ts";
import { reachableProjects, reaches } from "../../access/project-reach.ts";
import { AppError, notFound } from "../../kernel/app-error.ts";
import type { Context } from "../../kernel/context.ts";
import { mutationWithPreparation } from "../../kernel/operation.ts";
import { assertSize, type BlobReference, isDamage, markDamaged } from "../../records/artifacts/blobs.ts";
import { type MutationContext, recordAudit } from "../../records/audit.ts";
import { findProjectsByReference } from "../../records/projects.ts";

const assemblyInput = (isBundle: boolean): z.ZodType<Assembly> =>
  z.unknown().transform((body) => {
    const read = readAssembly(body, { isBundle });
    if (!read.ok) throw invalidRequest(read.problem);
    return read.value;
  });

/** A request the wire answers with `{"error": …}` (contract 1.19). */
export const invalidRequest = (message: string): AppError => new AppError("invalid", message, { reason: "error" });

/** The input of an artifact bundle's assembly. */
const AssembleBundleInput = assemblyInput(true);

/**
 * Puts an artifact bundle for some projects, and perhaps a version, together from its chunks, in the background, and tells how that stands
 * or which chunks to upload (contract 9.4). The version need not be a release's.
 */
export const assembleArtifactBundle = mutationWithPreparation({
  scope: REL_WRITE,
  at: atOrganization,
  input: AssembleBundleInput,
  prepare: async ({ db, at: { access }, context }, { projects, ...archive }) => {
    if (projects.length === 0) throw invalidRequest("You need to specify at least one project");
    const found = await findProjectsByReference(db, access.organization.id, projects);
    const known = found.filter((project) => project !== undefined);
    if (known.length < found.length) throw invalidRequest("One or more projects are invalid");
    const reach = await reachableProjects(db, access);
    if (!known.every((project) => reaches(reach, project.id))) throw notFound();
    if (archive.dist !== "" && archive.version === null) throw invalidRequest("You need to specify a release together with a dist");
    const projectIds = known.map((project) => project.id);
    const request: AssemblyRequest = { organizationId: access.organization.id, releaseId: null, projectIds, ...archive };
    await checkDamage(context, request);
    return request;
  },
  run: (on, request) => requestAssembly(on, request, { tellsMissing: true }),
});

/** The input of a release bundle's assembly. Anything may be given; what is wrong is thrown in the wire's words. */
const AssembleReleaseInput = assemblyInput(false);

/**
 * Puts an archive for a release together from its chunks, in the background, and tells how that stands (contract 9.3). Chunks that are
 * missing make it fail; they are not told before.
 */
export const assembleRelease = mutationWithPreparation({
  scope: REL_WRITE,
  at: atWholeRelease,
  input: AssembleReleaseInput,
  prepare: async ({ at: { release }, context }, { checksum, chunks }) => {
    const { id: releaseId, organizationId, version } = release;
    const request: AssemblyRequest = { organizationId, releaseId, checksum, chunks, projectIds: [], version, dist: "" };
    await checkDamage(context, request);
    return { releaseId, request };
  },
  run: async (on, { releaseId, request }) => {
    const { releases } = on.tx.tables;
    const [release] = await on.tx.select({ id: releases.id }).from(releases).where(eq(releases.id, releaseId));
    if (!release) throw notFound();
    return requestAssembly(on, request, { tellsMissing: false });
  },
});

type AssemblyRequest = {
  readonly organizationId: number;
  /** The release whose archive it is to be; null for an artifact bundle. */
  readonly releaseId: number | null;
  readonly checksum: string;
  readonly chunks: readonly string[];
  readonly projectIds: readonly number[];
  readonly version: string | null;
  readonly dist: string;
};

/** How long a failure is told to whoever asks the same again; afterwards the same request starts over. */
export const ERROR_PERIOD = 60_000;

/**
 * How an archive's assembly stands, which is begun when it was not and its chunks are here (contract 9.3, 9.4). What is there already is
 * told without asking for chunks again; no chunks at all only ask.
 */
async function requestAssembly(
  on: MutationContext,
  request: AssemblyRequest,
  { tellsMissing }: { readonly tellsMissing: boolean },
): Promise<AssemblyView> {
  const { tx, now, context } = on;
  const { organizationId, releaseId, checksum, chunks } = request;
  const ident = identOf(request);
  const [known] = await findAssembly(tx, { organizationId, ident });
  if (known && !(known.state === "error" && isErrorExpired(known, now)) && !(await isResultDamaged(tx, known)))
    return describeAssembly(known);
  if (chunks.length === 0) return { state: "not_found", missingChunks: [] };
  const here = new Map((await touchChunks(tx, { organizationId, sums: chunks, now })).map((row) => [row.sha1, row.size]));
  const missing = [...new Set(chunks)].filter((chunk) => !here.has(chunk));
  if (missing.length > 0 && tellsMissing) return { state: "not_found", missingChunks: missing };
  assertNotRepetitive(chunks, here);
  await assertQueueHasRoom(tx, organizationId);
  const { projectIds, version, dist } = request;
  const fresh = { state: "created", detail: null, attempts: 0, dateUpdated: now };
  const { assemblies } = tx.tables;
  await tx
    .insert(assemblies)
    .values({ organizationId, ident, checksum, releaseId, request: { chunks, projectIds, version, dist }, dateCreated: now, ...fresh })
    .onConflictDoUpdate({
      target: [assemblies.organizationId, assemblies.ident],
      set: { ...fresh, request: { chunks, projectIds, version, dist } },
    });
  const action = releaseId === null ? "bundle.upload" : "archive.upload";
  await recordAudit(on, { organizationId, action, target: version ?? checksum, details: { checksum, dist: dist || null } });
  tx.afterCommit(() => context.onAssembly?.());
  return { state: "created", missingChunks: [] };
}

/** Real archives are compressed and hardly ever repeat a chunk; a request that does would turn a few bytes into gigabytes. */
const MAX_REPETITION = 4;

/** Throws `invalid` for an archive that is much larger than the chunks it is made of. */
function assertNotRepetitive(chunks: readonly string[], sizes: ReadonlyMap<string, number>): void {
  const sizeOf = (names: Iterable<string>) => Array.from(names).reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
  if (sizeOf(chunks) <= MAX_REPETITION * sizeOf(new Set(chunks))) return;
  throw invalidRequest(`The archive is more than ${MAX_REPETITION} times as large as its distinct chunks. Upload it in larger chunks.`);
}

/** How many archives may wait, of one organization and of all. */
const MAX_WAITING = { ofOrganization: 100, inAll: 1000 };

/** Throws `unavailable`, which clients retry, when too many archives wait already. Reads the index of what waits. */
async function assertQueueHasRoom(tx: Tx, organizationId: number): Promise<void> {
  const [waiting] = await countWaiting(tx, { organizationId });
  if (!waiting || ((waiting.own ?? 0) < MAX_WAITING.ofOrganization && waiting.all < MAX_WAITING.inAll)) return;
  throw new AppError("unavailable", "Too many archives wait to be assembled. Try again in a minute.");
}

const countWaiting = prepared((tx: Tx, param: { organizationId: number }) => {
  const { assemblies } = tx.tables;
  const isOwn = eq(assemblies.organizationId, param.organizationId);
  return tx
    .select({ all: count(), own: sql<number | null>`sum(case when ${isOwn} then 1 else 0 end)`.mapWith(Number) })
    .from(assemblies)
    .where(sql`${assemblies.state} in ('created', 'assembling')`)
    .prepare();
});

/** Chunks that were used within so many milliseconds were just uploaded, and need not be looked at. */
const FRESH_PERIOD = 10 * 60_000;

const CONCURRENT_CHECKS = 8;

/**
 * Looks whether the bytes are there that `requestAssembly` is about to rely on, and notes damage, so that it asks for them: of the archive if it
 * was put together before, of the chunks otherwise. To be called before its transaction; trouble of the blob store is left to the assembly.
 */
async function checkDamage({ store, blobs, now }: Context, request: AssemblyRequest): Promise<void> {
  const { organizationId, chunks } = request;
  const [known] = await findAssembly(store.read, { organizationId, ident: identOf(request) });
  if (known?.state === "created" || known?.state === "assembling" || chunks.length === 0) return;
  const relied = known?.state === "ok" ? await findResult(store.read, known) : await findOlderChunks(store.read, request, now());
  const damaged: string[] = [];
  for (let start = 0; start < relied.length; start += CONCURRENT_CHECKS) {
    const looked = relied.slice(start, start + CONCURRENT_CHECKS).map((blob) =>
      assertSize(blobs, blob).catch((error: unknown) => {
        if (isDamage(error)) damaged.push(blob.name);
      }),
    );
    await Promise.all(looked);
  }
  await markDamaged(store, damaged, now());
}

/** Whether the archive that was put together is known to be damaged: to be uploaded again. */
async function isResultDamaged(db: Reader, row: AssemblyRow): Promise<boolean> {
  return row.state === "ok" && (await findResult(db, row)).some(({ dateDamaged }) => dateDamaged !== null);
}

type Result = BlobReference & { readonly dateDamaged: Date | null };

async function findResult(db: Reader, { bundleId, archiveId }: AssemblyRow): Promise<Result[]> {
  const { blobs, artifactBundles, releaseArchives } = db.tables;
  const columns = { name: blobs.name, size: blobs.size, dateDamaged: blobs.dateDamaged };
  if (bundleId !== null)
    return db
      .select(columns)
      .from(artifactBundles)
      .innerJoin(blobs, eq(blobs.id, artifactBundles.blobId))
      .where(eq(artifactBundles.id, bundleId));
  if (archiveId === null) return [];
  return db
    .select(columns)
    .from(releaseArchives)
    .innerJoin(blobs, eq(blobs.id, releaseArchives.blobId))
    .where(eq(releaseArchives.id, archiveId));
}

async function findOlderChunks(db: Reader, { organizationId, chunks: sums }: AssemblyRequest, now: Date): Promise<BlobReference[]> {
  const before = new Date(now.getTime() - FRESH_PERIOD);
  return selectOlderChunks(db, { organizationId, sums, before });
}

const selectOlderChunks = prepared((db: Reader, param: { sums: readonly string[]; before: Date; organizationId: number }) => {
  const { chunks, blobs } = db.tables;
  return db
    .select({ name: blobs.name, size: blobs.size })
    .from(chunks)
    .innerJoin(blobs, eq(blobs.id, chunks.blobId))
    .where(
      and(
        eq(chunks.organizationId, param.organizationId),
        anyOf(chunks.sha1, param.sums),
        lt(chunks.dateLastUsed, sql.param(param.before, chunks.dateLastUsed)),
      ),
    )
    .prepare();
});

const isErrorExpired = (row: AssemblyRow, now: Date): boolean => now.getTime() - row.dateUpdated.getTime() > ERROR_PERIOD;

/** The same archive for the same release, or projects, version and dist: the order they are named in makes no difference. */
function identOf({ releaseId, checksum, projectIds, version, dist }: AssemblyRequest): string {
  const about = [releaseId, checksum, projectIds.toSorted((a, b) => a - b), version, dist];
  return createHash("sha256").update(JSON.stringify(about)).digest("hex");
}

const STATES = ["created", "assembling", "ok", "error"] as const;

function describeAssembly({ state, detail }: AssemblyRow): AssemblyView {
  const known = STATES.find((one) => one === state);
  if (!known) throw new Error(`an assembly is ${state}`);
  return { state: known, missingChunks: [], detail };
}

/** Which of these chunks are here, and not damaged; they stay for another day. */
const touchChunks = prepared((tx: Tx, param: { sums: readonly string[]; now: Date; organizationId: number }) => {
  const { chunks, blobs } = tx.tables;
  return tx
    .update(chunks)
    .set({ dateLastUsed: sql`${sql.param(param.now, chunks.dateLastUsed)}` })
    .where(
      and(
        eq(chunks.organizationId, param.organizationId),
        anyOf(chunks.sha1, param.sums),
        notExists(
          tx
            .select({ one: sql`1` })
            .from(blobs)
            .where(and(eq(blobs.id, chunks.blobId), isNotNull(blobs.dateDamaged))),
        ),
      ),
    )
    .returning({ sha1: chunks.sha1, size: chunks.size })
    .prepare();
});

const findAssembly = prepared((db: Reader, param: { organizationId: number; ident: string }) => {
  const { assemblies } = db.tables;
  return db
    .select()
    .from(assemblies)
    .where(and(eq(assemblies.organizationId, param.organizationId), eq(assemblies.ident, param.ident)))
    .prepare();
});
