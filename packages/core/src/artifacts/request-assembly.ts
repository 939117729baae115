import { createHash } from "node:crypto";
import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { AssemblyRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import type { AssemblyView } from "@landfall/schema/views/assembly";
import { and, count, eq, sql } from "drizzle-orm";
import { AppError } from "../app-error.ts";
import { refusedRequest } from "./assembly-request.ts";
import { recordAudit } from "../audit/record-audit.ts";

export type AssemblyRequest = {
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
export const ERROR_LASTS = 60_000;

/**
 * How an archive's assembly stands, which is begun when it was not and its chunks are here (contract 9.3, 9.4). What is there already is
 * told without asking for chunks again; no chunks at all only ask.
 */
export async function requestAssembly(
  on: Parameters<typeof recordAudit>[0] & { readonly tx: Tx },
  request: AssemblyRequest,
  { tellsMissing }: { readonly tellsMissing: boolean },
): Promise<AssemblyView> {
  const { tx, now, context } = on;
  const { organizationId, releaseId, checksum, chunks } = request;
  const ident = identOf(request);
  const [known] = await findAssembly(tx, { organizationId, ident });
  if (known && !(known.state === "error" && isOver(known, now))) return stateOf(known);
  if (chunks.length === 0) return { state: "not_found", missingChunks: [] };
  const here = new Map((await touchChunks(tx, { organizationId, sums: JSON.stringify(chunks), now })).map((row) => [row.sha1, row.size]));
  const missing = [...new Set(chunks)].filter((chunk) => !here.has(chunk));
  if (missing.length > 0 && tellsMissing) return { state: "not_found", missingChunks: missing };
  refuseRepetition(chunks, here);
  await refuseLongQueue(tx, organizationId);
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
const MOST_REPETITION = 4;

/** Throws `invalid` for an archive that is much larger than the chunks it is made of. */
function refuseRepetition(chunks: readonly string[], sizes: ReadonlyMap<string, number>): void {
  const sizeOf = (names: Iterable<string>) => Array.from(names).reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
  if (sizeOf(chunks) <= MOST_REPETITION * sizeOf(new Set(chunks))) return;
  throw refusedRequest(`The archive is more than ${MOST_REPETITION} times as large as its distinct chunks. Upload it in larger chunks.`);
}

/** How many archives may wait, of one organization and of all. */
const MOST_WAITING = { ofOrganization: 100, inAll: 1000 };

/** Throws `unavailable`, which clients retry, when too many archives wait already. Reads the index of what waits. */
async function refuseLongQueue(tx: Tx, organizationId: number): Promise<void> {
  const [waiting] = await countWaiting(tx, { organizationId });
  if (!waiting || ((waiting.own ?? 0) < MOST_WAITING.ofOrganization && waiting.all < MOST_WAITING.inAll)) return;
  throw new AppError("unavailable", "Too many archives wait to be assembled. Try again in a minute.");
}

const countWaiting = prepared((tx: Tx) => {
  const { assemblies } = tx.tables;
  const isOwn = eq(assemblies.organizationId, sql.placeholder("organizationId"));
  return tx
    .select({ all: count(), own: sql<number | null>`sum(case when ${isOwn} then 1 else 0 end)`.mapWith(Number) })
    .from(assemblies)
    .where(sql`${assemblies.state} in ('created', 'assembling')`)
    .prepare();
});

const isOver = (row: AssemblyRow, now: Date): boolean => now.getTime() - row.dateUpdated.getTime() > ERROR_LASTS;

/** The same archive for the same release, or projects, version and dist: the order they are named in makes no difference. */
function identOf({ releaseId, checksum, projectIds, version, dist }: AssemblyRequest): string {
  const about = [releaseId, checksum, projectIds.toSorted((a, b) => a - b), version, dist];
  return createHash("sha256").update(JSON.stringify(about)).digest("hex");
}

const STATES = ["created", "assembling", "ok", "error"] as const;

function stateOf({ state, detail }: AssemblyRow): AssemblyView {
  const known = STATES.find((one) => one === state);
  if (!known) throw new Error(`an assembly is ${state}`);
  return { state: known, missingChunks: [], detail };
}

/** Which of these chunks are here; they stay for another day. */
const touchChunks = prepared((tx: Tx) => {
  const { chunks } = tx.tables;
  return tx
    .update(chunks)
    .set({ dateLastUsed: sql`${sql.param(sql.placeholder("now"), chunks.dateLastUsed)}` })
    .where(and(eq(chunks.organizationId, sql.placeholder("organizationId")), anyOf(chunks.sha1, "sums")))
    .returning({ sha1: chunks.sha1, size: chunks.size })
    .prepare();
});

const findAssembly = prepared((tx: Tx) => {
  const { assemblies } = tx.tables;
  return tx
    .select()
    .from(assemblies)
    .where(and(eq(assemblies.organizationId, sql.placeholder("organizationId")), eq(assemblies.ident, sql.placeholder("ident"))))
    .prepare();
});
