import { sha256OfName, type StoredBlob } from "@landfall/db/blobs/blob-store";
import type { Reader } from "@landfall/db/store";
import type { BlobRow } from "@landfall/db/tables/schema";
import { and, asc, eq, gt } from "drizzle-orm";
import type { App } from "../../kernel/app.ts";
import { isIntact, markDamaged } from "../../records/artifacts/blobs.ts";
import { inspectBlobStore, sweepRefusal } from "../../records/artifacts/inspect-blob-store.ts";
import { countQuarantine } from "../../records/artifacts/quarantine.ts";
import { isShownArchive, isShownFile } from "../../records/artifacts/release-files.ts";

const ROWS_AT_ONCE = 5000;

/** What a check found, one sentence each. */
export type CheckedArtifacts = {
  /** What an operator has to see to; none when all is well. */
  readonly problems: readonly string[];
  /** What is as it should be and good to know. */
  readonly notes: readonly string[];
};

/** So many blobs of a kind are named; of the others only their number is. */
const MAX_NAMED = 20;

type Services = Pick<App, "store" | "blobs" | "now">;

export type CheckOptions = {
  /** Whether every blob is read and compared with its checksum. */
  readonly contents: boolean;
  /** Whether damage is mended where the same bytes are found elsewhere in the blob store, and noted where they are not. */
  readonly repair?: boolean;
};

/**
 * Compares the blobs with the database. Problems are rows without bytes, sizes that differ, bytes without a row (from more than a day ago: younger
 * ones may be on their way), and a reason for which nothing is deleted; with `contents` also bytes that do not have their checksum, which reads
 * every one of them. Changes nothing without `repair`; with it, clients are asked to upload damaged artifacts again.
 */
export async function checkArtifacts(app: Services, options: CheckOptions): Promise<CheckedArtifacts> {
  const { problems, notes } = await checkRows(app, options);
  const found = await inspectBlobStore(app);
  const refusal = sweepRefusal(found, app.now());
  const quarantine = await countQuarantine(app.store.read);
  const { old } = found.strays;
  for (const { name } of old.blobs.slice(0, MAX_NAMED))
    problems.push(
      refusal === null
        ? `The blob ${name} is unknown to this database; a server puts it in quarantine within an hour.`
        : `The blob ${name} is unknown to this database.`,
    );
  if (old.count > MAX_NAMED) problems.push(`${old.count - MAX_NAMED} more blobs are unknown to this database.`);
  if (quarantine.count > 0)
    notes.push(`In quarantine: ${quarantine.count} blobs (${quarantine.bytes} bytes); see admin artifacts quarantine list.`);
  if (refusal?.isProblem) problems.unshift(refusal.message);
  else if (refusal) notes.unshift(`${refusal.message} Nothing is deleted until then.`);
  return { problems, notes };
}

type Found = { readonly problems: string[]; readonly notes: string[] };

async function checkRows(app: Services, { contents, repair = false }: CheckOptions): Promise<Found> {
  const { store, blobs } = app;
  const found: Found = { problems: [], notes: [] };
  const there = new Map<string, StoredBlob>();
  for await (const blob of blobs.list()) there.set(blob.name, blob);
  const copies = Map.groupBy(repair ? there.keys() : [], sha256OfName);
  for (let after = 0, more = true; more;) {
    const { blobs: table } = store.read.tables;
    const rows = await store.read.select().from(table).where(gt(table.id, after)).orderBy(asc(table.id)).limit(ROWS_AT_ONCE);
    for (const row of rows) {
      const problem = problemBySize(row, there.get(row.name)) ?? (contents ? await problemByContent(app, row) : null);
      if (!repair) {
        if (problem !== null) found.problems.push(problem);
      } else if (problem !== null) {
        await repairBlob(app, row, { problem, copies, found });
      } else if (contents && row.dateDamaged !== null) {
        await store.transaction((tx) => tx.update(table).set({ dateDamaged: null }).where(eq(table.id, row.id)));
      }
    }
    after = rows.at(-1)?.id ?? 0;
    more = rows.length === ROWS_AT_ONCE;
  }
  return found;
}

function problemBySize({ name, size }: BlobRow, found: StoredBlob | undefined): string | null {
  if (!found) return `The blob ${name} is missing, though artifacts refer to it.`;
  return found.size === size ? null : `The blob ${name} has ${found.size} bytes in place of ${size}.`;
}

const problemByContent = async ({ blobs }: Services, row: BlobRow): Promise<string | null> =>
  (await isIntact(blobs, row)) ? null : `The blob ${row.name} does not hold what its name says.`;

type Damage = { readonly problem: string; readonly copies: ReadonlyMap<string | null, readonly string[]>; readonly found: Found };

/** Replaces damaged bytes by a whole copy under another name, as one in quarantine; notes the damage where there is none. */
async function repairBlob({ store, blobs, now }: Services, row: BlobRow, { problem, copies, found }: Damage): Promise<void> {
  for (const name of copies.get(row.sha256) ?? []) {
    if (name === row.name || !(await isIntact(blobs, { name, size: row.size }))) continue;
    await (await blobs.stage(blobs.read(name))).keepAs(row.name);
    const { blobs: table } = store.read.tables;
    await store.transaction((tx) => tx.update(table).set({ dateDamaged: null }).where(eq(table.id, row.id)));
    found.notes.push(`Repaired: ${problem}`);
    return;
  }
  await markDamaged(store, [row.name], now());
  const users = await findUsers(store.read, row.id);
  found.problems.push(`${problem} Upload again: ${users.length > 0 ? users.join(", ") : "nothing, for no artifact needs it"}.`);
}

/** So many artifacts of a kind are named for a damaged blob. */
const MAX_USERS = 5;

/** What is made of a blob, in words for an operator: bundles, archives and files with the organization and version. */
async function findUsers(db: Reader, blobId: number): Promise<string[]> {
  const { organizations, releases, artifactBundles, releaseArchives, releaseFiles } = db.tables;
  const bundles = await db
    .select({ id: artifactBundles.bundleId, slug: organizations.slug })
    .from(artifactBundles)
    .innerJoin(organizations, eq(organizations.id, artifactBundles.organizationId))
    .where(eq(artifactBundles.blobId, blobId))
    .limit(MAX_USERS);
  const archives = await db
    .select({ version: releases.version, slug: organizations.slug })
    .from(releaseArchives)
    .innerJoin(releases, eq(releases.id, releaseArchives.releaseId))
    .innerJoin(organizations, eq(organizations.id, releases.organizationId))
    .where(and(eq(releaseArchives.blobId, blobId), isShownArchive(db)))
    .limit(MAX_USERS);
  const files = await db
    .select({ name: releaseFiles.name, version: releases.version, slug: organizations.slug })
    .from(releaseFiles)
    .innerJoin(releases, eq(releases.id, releaseFiles.releaseId))
    .innerJoin(organizations, eq(organizations.id, releases.organizationId))
    .where(and(eq(releaseFiles.blobId, blobId), isShownFile(db)))
    .limit(MAX_USERS);
  return [
    ...bundles.map(({ id, slug }) => `artifact bundle ${id} of ${slug}`),
    ...archives.map(({ version, slug }) => `archive of the release ${version} of ${slug}`),
    ...files.map(({ name, version, slug }) => `file ${name} of the release ${version} of ${slug}`),
  ];
}
