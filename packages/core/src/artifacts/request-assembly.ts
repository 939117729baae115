import { createHash } from "node:crypto";
import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { AssemblyRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import type { AssemblyView } from "@landfall/schema/views/assembly";
import { and, eq, sql } from "drizzle-orm";
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
  const here = new Set((await touchChunks(tx, { organizationId, sums: JSON.stringify(chunks), now })).map((row) => row.sha1));
  const missing = [...new Set(chunks)].filter((chunk) => !here.has(chunk));
  if (missing.length > 0 && tellsMissing) return { state: "not_found", missingChunks: missing };
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
    .returning({ sha1: chunks.sha1 })
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
