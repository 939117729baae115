import type { BundleFile, Bundle } from "@landfall/artifacts/manifest/open-bundle";
import { fileTypeNumbers } from "@landfall/artifacts/manifest/file-type";
import { contentId } from "@landfall/artifacts/debug-ids/content-id";
import { jsonRows } from "@landfall/db/json-rows";
import { prepared } from "@landfall/db/prepared";
import type { AssemblyRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import { and, eq } from "drizzle-orm";
import { nameKey, textKey } from "./artifact-keys.ts";
import { ensureArtifactRelease } from "./ensure-artifact-release.ts";
import { placeOf } from "./place-of.ts";

export type ReadBundle = { readonly row: AssemblyRow; readonly bundle: Bundle; readonly blobId: number; readonly now: Date };

/** Stores an artifact bundle with what is in it, or one that is there already for more projects or another version; answers its row's id. */
export async function saveArtifactBundle(tx: Tx, { row, bundle, blobId, now }: ReadBundle): Promise<number> {
  const { organizationId, checksum, request } = row;
  const known = await findBundle(tx, row, now);
  const files = inOrder(bundle.files);
  const bundleId = known ?? (await insertBundle(tx, { organizationId, checksum, blobId, bundle, now }));
  if (known === undefined) await insertFiles(tx, { organizationId, bundleId, files });
  await tx
    .insert(tx.tables.artifactBundleProjects)
    .values(request.projectIds.map((projectId) => ({ projectId, bundleId })))
    .onConflictDoNothing();
  if (request.version !== null) {
    const artifactReleaseId = await ensureArtifactRelease(tx, { organizationId, version: request.version, dist: request.dist });
    await tx.insert(tx.tables.artifactBundleReleases).values({ artifactReleaseId, bundleId }).onConflictDoNothing();
    await insertUrls(tx, { artifactReleaseId, bundleId, files });
  }
  return bundleId;
}

/** Sorted by address, so that lists of files are read in the order of their ids. */
const inOrder = (files: readonly BundleFile[]): BundleFile[] => files.toSorted((a, b) => compare(a.url ?? a.path, b.url ?? b.path));

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

async function findBundle(tx: Tx, { organizationId, checksum }: AssemblyRow, now: Date): Promise<number | undefined> {
  const { artifactBundles } = tx.tables;
  const [found] = await tx
    .update(artifactBundles)
    .set({ dateModified: now })
    .where(and(eq(artifactBundles.organizationId, organizationId), eq(artifactBundles.checksum, checksum)))
    .returning({ id: artifactBundles.id });
  return found?.id;
}

async function insertBundle(
  tx: Tx,
  {
    bundle,
    organizationId,
    checksum,
    blobId,
    now,
  }: { bundle: Bundle; organizationId: number; checksum: string; blobId: number; now: Date },
): Promise<number> {
  const [made] = await tx
    .insert(tx.tables.artifactBundles)
    .values({
      organizationId,
      bundleId: bundle.bundleId ?? contentId("artifact bundle", String(organizationId), checksum),
      blobId,
      checksum,
      fileCount: bundle.files.length,
      dateCreated: now,
    })
    .returning({ id: tx.tables.artifactBundles.id });
  if (!made) throw new Error("an artifact bundle was not stored");
  return made.id;
}

/** A few megabytes of JSON a statement. */
const ROWS_AT_ONCE = 5000;

async function insertFiles(
  tx: Tx,
  { organizationId, bundleId, files }: { organizationId: number; bundleId: number; files: readonly BundleFile[] },
): Promise<void> {
  for (let start = 0; start < files.length; start += ROWS_AT_ONCE) {
    const rows = files.slice(start, start + ROWS_AT_ONCE).map(({ path, url, type, debugId, headers, entry }) => ({
      bundleId,
      organizationId,
      path,
      pathKey: textKey(path),
      url,
      nameKey: nameKey(url ?? path),
      type: fileTypeNumbers[type],
      debugId,
      headers,
      size: entry.size,
      place: placeOf(entry),
    }));
    await insertFileRows(tx, { rows: fileRows(tx).encode(rows) });
  }
}

async function insertUrls(
  tx: Tx,
  { artifactReleaseId, bundleId, files }: { artifactReleaseId: number; bundleId: number; files: readonly BundleFile[] },
): Promise<void> {
  const keys = [...new Set(files.flatMap(({ url }) => (url === null ? [] : textKey(url))))];
  for (let start = 0; start < keys.length; start += ROWS_AT_ONCE) {
    const rows = keys.slice(start, start + ROWS_AT_ONCE).map((urlKey) => ({ artifactReleaseId, urlKey, bundleId }));
    await insertUrlRows(tx, { rows: urlRows(tx).encode(rows) });
  }
}

const fileRows = (tx: Tx) =>
  jsonRows(tx, tx.tables.artifactFiles, [
    "bundleId",
    "organizationId",
    "path",
    "pathKey",
    "url",
    "nameKey",
    "type",
    "debugId",
    "headers",
    "size",
    "place",
  ]);

const urlRows = (tx: Tx) => jsonRows(tx, tx.tables.artifactUrls, ["artifactReleaseId", "urlKey", "bundleId"]);

const insertFileRows = prepared((tx: Tx) => tx.insert(tx.tables.artifactFiles).select(fileRows(tx).select).prepare());

const insertUrlRows = prepared((tx: Tx) => tx.insert(tx.tables.artifactUrls).select(urlRows(tx).select).onConflictDoNothing().prepare());
