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
import { AppError, invalidRequest, notFound } from "../../kernel/app-error.ts";
import type { Context } from "../../kernel/context.ts";
import { mutationWithPreparation } from "../../kernel/operation.ts";
import { assertSize, type BlobReference, isDamage, markDamaged } from "../../records/artifacts/blobs.ts";
import { type MutationContext, recordAudit } from "../../records/audit.ts";
import { findProjectsByReference } from "../../records/projects.ts";
import { releaseDeleted } from "../../records/releases.ts";

const assemblyInput = (isBundle: boolean): z.ZodType<Assembly> =>
  z.unknown().transform((body) => {
    const read = readAssembly(body, { isBundle });
    if (!read.ok) throw invalidRequest(read.problem);
    return read.value;
  });

/** The input of an artifact bundle's assembly. */
const AssembleBundleInput = assemblyInput(true);

/**
 * Starts to assemble an artifact bundle from its chunks in the background, for some projects and optionally a version. Returns the state of the
 * assembly, or the chunks to upload (contract 9.4). The version need not be that of a release.
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
    if (!known.every((project) => reaches(reach, project.id)))
      throw notFound(`You do not have access to every project of this upload: ${known.map(({ slug }) => slug).join(", ")}.`);
    if (archive.dist !== "" && archive.version === null) throw invalidRequest("You need to specify a release together with a dist");
    const projectIds = known.map((project) => project.id);
    const request: AssemblyRequest = { organizationId: access.organization.id, releaseId: null, projectIds, ...archive };
    await checkDamage(context, request);
    return request;
  },
  run: (on, request) => requestAssembly(on, request, { reportMissing: true }),
});

/** The input of a release archive's assembly: any JSON, whose problems are thrown with the messages of the wire. */
const AssembleReleaseInput = assemblyInput(false);

/**
 * Starts to assemble an archive of a release from its chunks in the background. Returns the state of the assembly (contract 9.3). If chunks are
 * missing, the assembly fails; they are not reported before.
 */
export const assembleRelease = mutationWithPreparation({
  scope: REL_WRITE,
  at: atWholeRelease,
  input: AssembleReleaseInput,
  prepare: async ({ at: { release }, context }, { checksum, chunks }) => {
    const { id: releaseId, organizationId, version } = release;
    const request: AssemblyRequest = { organizationId, releaseId, checksum, chunks, projectIds: [], version, dist: "" };
    await checkDamage(context, request);
    return { release, request };
  },
  run: async (on, { release, request }) => {
    const { releases } = on.tx.tables;
    const [stored] = await on.tx.select({ id: releases.id }).from(releases).where(eq(releases.id, release.id));
    if (!stored) throw releaseDeleted(release);
    return requestAssembly(on, request, { reportMissing: false });
  },
});

type AssemblyRequest = {
  readonly organizationId: number;
  /** The release of the archive; null for an artifact bundle. */
  readonly releaseId: number | null;
  readonly checksum: string;
  readonly chunks: readonly string[];
  readonly projectIds: readonly number[];
  readonly version: string | null;
  readonly dist: string;
};

/** How long a failure is returned for the same request, in milliseconds; after that, the request starts a new assembly. */
export const ERROR_PERIOD = 60_000;

/**
 * Returns the state of an assembly; starts it if it is new and all chunks exist (contract 9.3, 9.4). A finished assembly needs no chunks. A
 * request without chunks only asks for the state.
 */
async function requestAssembly(
  on: MutationContext,
  request: AssemblyRequest,
  { reportMissing }: { readonly reportMissing: boolean },
): Promise<AssemblyView> {
  const { tx, now, context } = on;
  const { organizationId, releaseId, checksum, chunks } = request;
  const ident = identOf(request);
  const [known] = await findAssembly(tx, { organizationId, ident });
  if (known && !(known.state === "error" && isErrorExpired(known, now)) && !(await isResultDamaged(tx, known)))
    return describeAssembly(known);
  if (chunks.length === 0) return { state: "not_found", missingChunks: [] };
  const sizes = new Map((await touchChunks(tx, { organizationId, sums: chunks, now })).map((row) => [row.sha1, row.size]));
  const missing = [...new Set(chunks)].filter((chunk) => !sizes.has(chunk));
  if (missing.length > 0 && reportMissing) return { state: "not_found", missingChunks: missing };
  assertNotRepetitive(chunks, sizes);
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

/** How much larger than its distinct chunks an archive may be. Real archives are compressed and hardly ever repeat a chunk. */
const MAX_REPETITION = 4;

/** Throws `invalid` for an archive that is much larger than its distinct chunks, which would turn a few bytes into gigabytes. */
function assertNotRepetitive(chunks: readonly string[], sizes: ReadonlyMap<string, number>): void {
  const sizeOf = (names: Iterable<string>) => Array.from(names).reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
  if (sizeOf(chunks) <= MAX_REPETITION * sizeOf(new Set(chunks))) return;
  throw invalidRequest(`The archive is more than ${MAX_REPETITION} times as large as its distinct chunks. Upload it in larger chunks.`);
}

/** How many archives may be waiting or in assembly. */
const MAX_WAITING = { ofOrganization: 100, inAll: 1000 };

/** Throws `unavailable`, which clients retry, if too many archives are waiting. Only reads the partial index of pending assemblies. */
async function assertQueueHasRoom(tx: Tx, organizationId: number): Promise<void> {
  const [waiting] = await countWaiting(tx, { organizationId });
  if (!waiting || ((waiting.own ?? 0) < MAX_WAITING.ofOrganization && waiting.all < MAX_WAITING.inAll)) return;
  throw new AppError("unavailable", "Too many archives are waiting to be assembled. Try again in a minute.");
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

/** Chunks that were used within this time, in milliseconds, were just uploaded and are not checked. */
const FRESH_PERIOD = 10 * 60_000;

const CONCURRENT_CHECKS = 8;

/**
 * Checks that the blobs exist that `requestAssembly` relies on: the archive if it was assembled before, else the chunks. Marks damaged ones, so
 * that the client is asked to upload them. Call it before the transaction. Other failures of the blob store are left to the assembly.
 */
async function checkDamage({ store, blobs, now }: Context, request: AssemblyRequest): Promise<void> {
  const { organizationId, chunks } = request;
  const [known] = await findAssembly(store.read, { organizationId, ident: identOf(request) });
  if (known?.state === "created" || known?.state === "assembling" || chunks.length === 0) return;
  const required = known?.state === "ok" ? await findResult(store.read, known) : await findOlderChunks(store.read, request, now());
  const damaged: string[] = [];
  for (let start = 0; start < required.length; start += CONCURRENT_CHECKS) {
    const checks = required.slice(start, start + CONCURRENT_CHECKS).map((blob) =>
      assertSize(blobs, blob).catch((error: unknown) => {
        if (isDamage(error)) damaged.push(blob.name);
      }),
    );
    await Promise.all(checks);
  }
  await markDamaged(store, damaged, now());
}

/** Whether the assembled archive is marked as damaged and must be uploaded again. */
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

/** Identifies the same archive for the same release, or projects, version and dist. The order of the projects does not matter. */
function identOf({ releaseId, checksum, projectIds, version, dist }: AssemblyRequest): string {
  const about = [releaseId, checksum, projectIds.toSorted((a, b) => a - b), version, dist];
  return createHash("sha256").update(JSON.stringify(about)).digest("hex");
}

const STATES = ["created", "assembling", "ok", "error"] as const;

function describeAssembly({ state, detail }: AssemblyRow): AssemblyView {
  const known = STATES.find((candidate) => candidate === state);
  if (!known) throw new Error(`an assembly has the unknown state ${state}`);
  return { state: known, missingChunks: [], detail };
}

/** Returns those chunks that exist and are not marked as damaged, and protects them from the sweep for a day. */
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
