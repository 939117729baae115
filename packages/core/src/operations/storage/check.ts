import { sha256OfName, type StoredBlob } from "@landfall/db/blobs/blob-store";
import type { Reader } from "@landfall/db/store";
import type { BlobRow } from "@landfall/db/tables/schema";
import { and, asc, eq } from "drizzle-orm";
import type { App } from "../../kernel/app.ts";
import { isIntact, markDamaged, wrongContent, wrongSize } from "../../records/artifacts/blobs.ts";
import { idRanges, inRange } from "../../records/artifacts/id-ranges.ts";
import { inspectBlobStore, sweepRefusal } from "../../records/artifacts/inspect-blob-store.ts";
import { countQuarantine } from "../../records/artifacts/quarantine.ts";
import { isShownArchive, isShownFile } from "../../records/artifacts/release-files.ts";

/** The result of a check, in sentences for an operator. */
export type CheckedArtifacts = {
  /** What the operator has to fix. */
  readonly problems: readonly string[];
  /** What is correct and useful to know. */
  readonly notes: readonly string[];
};

/** The most unknown blobs that are listed by name; the others are counted. */
const MAX_LISTED = 20;

type Services = Pick<App, "store" | "blobs" | "now">;

export type CheckOptions = {
  /** Whether every blob is read and compared with its checksum. */
  readonly contents: boolean;
  /** Whether damaged blobs are replaced by undamaged copies in the blob store, and marked as damaged if there is no copy. */
  readonly repair?: boolean;
};

/**
 * Compares the blobs with the database. Problems are rows without a blob, wrong sizes, blobs without a row that are older than a day, and a
 * reason for which nothing is deleted. With `contents`, wrong checksums are problems too; this reads all blobs. Changes nothing without
 * `repair`. With it, clients are asked to upload damaged artifacts again.
 */
export async function checkArtifacts(app: Services, options: CheckOptions): Promise<CheckedArtifacts> {
  const { problems, notes } = await checkRows(app, options);
  const found = await inspectBlobStore(app);
  const refusal = sweepRefusal(found, app.now());
  const quarantine = await countQuarantine(app.store.read);
  const { old } = found.strays;
  for (const { name } of old.blobs.slice(0, MAX_LISTED))
    problems.push(
      refusal === null
        ? `The blob ${name} is unknown to this database; a server puts it in quarantine within an hour.`
        : `The blob ${name} is unknown to this database.`,
    );
  if (old.count > MAX_LISTED) problems.push(`${old.count - MAX_LISTED} more blobs are unknown to this database.`);
  if (quarantine.count > 0)
    notes.push(`In quarantine: ${quarantine.count} blobs (${quarantine.bytes} bytes); see admin artifacts quarantine list.`);
  if (refusal?.isProblem) problems.unshift(refusal.message);
  else if (refusal) notes.unshift(`${refusal.message} Nothing is deleted until a day has passed.`);
  return { problems, notes };
}

type Found = { readonly problems: string[]; readonly notes: string[] };

async function checkRows(app: Services, { contents, repair = false }: CheckOptions): Promise<Found> {
  const { store, blobs } = app;
  const found: Found = { problems: [], notes: [] };
  const stored = new Map<string, StoredBlob>();
  for await (const blob of blobs.list()) stored.set(blob.name, blob);
  const copies = Map.groupBy(repair ? stored.keys() : [], sha256OfName);
  const { blobs: table } = store.read.tables;
  for await (const range of idRanges(store.read, "blobs")) {
    const rows = await store.read.select().from(table).where(inRange(table.id, range)).orderBy(asc(table.id));
    for (const row of rows) {
      const problem = problemBySize(row, stored.get(row.name)) ?? (contents ? await problemByContent(app, row) : null);
      if (!repair) {
        if (problem !== null) found.problems.push(problem);
      } else if (problem !== null) {
        await repairBlob(app, row, { problem, copies, found });
      } else if (contents && row.dateDamaged !== null) {
        await store.transaction((tx) => tx.update(table).set({ dateDamaged: null }).where(eq(table.id, row.id)));
      }
    }
  }
  return found;
}

function problemBySize(row: BlobRow, found: StoredBlob | undefined): string | null {
  if (!found) return `The blob ${row.name} is missing, but artifacts refer to it.`;
  return found.size === row.size ? null : wrongSize(row, found.size);
}

const problemByContent = async ({ blobs }: Services, row: BlobRow): Promise<string | null> =>
  (await isIntact(blobs, row)) ? null : wrongContent(row.name);

type Damage = { readonly problem: string; readonly copies: ReadonlyMap<string | null, readonly string[]>; readonly found: Found };

/** Replaces a damaged blob by an undamaged copy with another name, such as one in quarantine. Marks it as damaged if there is no copy. */
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
  found.problems.push(`${problem} Upload again: ${users.length > 0 ? users.join(", ") : "nothing, because no artifact uses it"}.`);
}

/** The most artifacts of a kind that are listed for a damaged blob. */
const MAX_USERS = 5;

/** Describes the artifacts that refer to a blob: bundles, archives and files, with their organization and version. */
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
