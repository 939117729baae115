import { setImmediate } from "node:timers/promises";
import type { BuiltName } from "@landfall/artifacts/bundles/built-names";
import type { Bundle, BundleFile } from "@landfall/artifacts/bundles/open-bundle";
import { fileTypeNumbers } from "@landfall/artifacts/bundles/parse-manifest";
import { contentId } from "@landfall/artifacts/debug-ids";
import { jsonRows, type NewRow } from "@landfall/db/sql/insert-rows";
import { prepared } from "@landfall/db/sql/prepared";
import type { Tx } from "@landfall/db/store";
import type { AssemblyRow } from "@landfall/db/tables/schema";
import { and, eq } from "drizzle-orm";
import type { App } from "../../kernel/app.ts";
import { toMemberPlace } from "../../records/artifacts/content.ts";
import { deleteBundles, FILES_AT_ONCE, stagedChecksum } from "../../records/artifacts/delete-bundles.ts";
import { nameKey, textKey } from "../../records/artifacts/file-keys.ts";

/** A file of a bundle, with the name that it had in its build if it was uploaded under another one. */
type NamedFile = BundleFile & { readonly builtName: BuiltName | null };

export type NamedBundle = Omit<Bundle, "files"> & { readonly files: readonly NamedFile[] };

export type ReadBundle = { readonly row: AssemblyRow; readonly bundle: NamedBundle; readonly now: Date };

/** Stores an artifact bundle with its files, or adds projects and a version to an existing one. Returns the id of its row. */
export async function saveArtifactBundle(tx: Tx, { row, bundle, blobId, now }: ReadBundle & { readonly blobId: number }): Promise<number> {
  const staged = await stageBundle(tx, { row, bundle, blobId, now, checksum: row.checksum });
  await insertBatch(tx, staged, sortByUrl(bundle.files));
  if (!(await publishBundle(tx, staged, row, now))) throw new Error("an artifact bundle was deleted while it was stored");
  return staged.bundleId;
}

/** A bundle whose files, or whose URLs for a version and dist, are being written and are not visible yet. */
type StagedBundle = {
  readonly bundleId: number;
  readonly organizationId: number;
  readonly isNew: boolean;
  /** The checksum in the bundle's row until it is visible. */
  readonly checksum: string;
  /** Null for a bundle without a version. */
  readonly artifactReleaseId: number | null;
};

const MAX_ATTEMPTS = 3;

/**
 * Does what `saveArtifactBundle` does, in several short transactions. The last one makes everything visible and calls `onVisible`. If it is not
 * reached, `sweepBundles` deletes what was written. `heartbeat` is called before each transaction, and may throw to stop the work.
 */
export async function saveLargeBundle(
  { store, now, randomHex }: Pick<App, "store" | "now" | "randomHex">,
  { row, bundle, heartbeat }: { readonly row: AssemblyRow; readonly bundle: NamedBundle; readonly heartbeat: () => Promise<void> },
  { saveBlob, onVisible }: { saveBlob(tx: Tx, now: Date): Promise<number>; onVisible(tx: Tx, bundleId: number, now: Date): Promise<void> },
): Promise<void> {
  await setImmediate();
  const files = sortByUrl(bundle.files);
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const checksum = stagedChecksum(randomHex(16));
    await heartbeat();
    const staged = await store.transaction(async (tx) =>
      stageBundle(tx, { row, bundle, blobId: await saveBlob(tx, now()), now: now(), checksum }),
    );
    let exists = true;
    for (let start = 0; exists && start < files.length; start += FILES_AT_ONCE) {
      await setImmediate();
      await heartbeat();
      exists = await store.transaction(async (tx) => {
        if (!(await stillExists(tx, staged))) return false;
        await insertBatch(tx, staged, files.slice(start, start + FILES_AT_ONCE));
        return true;
      });
    }
    const isVisible = await store.transaction(async (tx) => {
      if (!(await stillExists(tx, staged)) || !(await publishBundle(tx, staged, row, now()))) return false;
      await onVisible(tx, staged.bundleId, now());
      return true;
    });
    if (isVisible) return;
    // In the meantime, the bundle or its version was deleted, or another process stored the same bundle.
    if (staged.isNew) await store.transaction((tx) => deleteBundles(tx, [staged.bundleId]));
  }
  throw new Error("an artifact bundle was deleted repeatedly while it was stored");
}

/** Finds the bundle, or inserts its row with `checksum`; does the same for its version and dist. */
async function stageBundle(
  tx: Tx,
  { row, checksum, ...values }: ReadBundle & { readonly blobId: number; readonly checksum: string },
): Promise<StagedBundle> {
  const { organizationId } = row;
  const known = await findBundle(tx, row);
  const bundleId = known ?? (await insertBundle(tx, { row, checksum, ...values }));
  const artifactReleaseId = await artifactReleaseOf(tx, row);
  return {
    bundleId,
    organizationId,
    isNew: known === undefined,
    checksum: known === undefined ? checksum : row.checksum,
    artifactReleaseId,
  };
}

const artifactReleaseOf = async (tx: Tx, { organizationId, request: { version, dist } }: AssemblyRow): Promise<number | null> =>
  version === null ? null : ensureArtifactRelease(tx, { organizationId, version, dist });

async function stillExists(tx: Tx, { bundleId, checksum, artifactReleaseId }: StagedBundle): Promise<boolean> {
  const { artifactBundles, artifactReleases } = tx.tables;
  const bundles = await tx
    .select({ id: artifactBundles.id })
    .from(artifactBundles)
    .where(and(eq(artifactBundles.id, bundleId), eq(artifactBundles.checksum, checksum)));
  if (bundles.length === 0 || artifactReleaseId === null) return bundles.length > 0;
  const versions = await tx.select({ id: artifactReleases.id }).from(artifactReleases).where(eq(artifactReleases.id, artifactReleaseId));
  return versions.length > 0;
}

async function insertBatch(tx: Tx, { bundleId, organizationId, isNew, artifactReleaseId }: StagedBundle, files: readonly NamedFile[]) {
  if (isNew) await insertFiles(tx, { organizationId, bundleId, files });
  if (artifactReleaseId !== null) await insertUrls(tx, { artifactReleaseId, bundleId, files });
}

/** Makes a bundle visible to its projects. Returns false if the bundle or its version was replaced in the meantime. */
async function publishBundle(
  tx: Tx,
  { bundleId, isNew, checksum, artifactReleaseId }: StagedBundle,
  row: AssemblyRow,
  now: Date,
): Promise<boolean> {
  const { artifactBundles, artifactBundleProjects, artifactBundleReleases } = tx.tables;
  if ((await artifactReleaseOf(tx, row)) !== artifactReleaseId) return false;
  const known = await findBundle(tx, row);
  if (known !== undefined && known !== bundleId) return false;
  const [updated] = await tx
    .update(artifactBundles)
    .set(isNew ? { checksum: row.checksum } : { dateModified: now })
    .where(and(eq(artifactBundles.id, bundleId), eq(artifactBundles.checksum, checksum)))
    .returning({ id: artifactBundles.id });
  if (!updated) return false;
  await tx
    .insert(artifactBundleProjects)
    .values(row.request.projectIds.map((projectId) => ({ projectId, bundleId })))
    .onConflictDoNothing();
  if (artifactReleaseId !== null) await tx.insert(artifactBundleReleases).values({ artifactReleaseId, bundleId }).onConflictDoNothing();
  return true;
}

/** Sorts files by URL, so that lists of files can be read in the order of their ids. */
const sortByUrl = (files: readonly NamedFile[]): NamedFile[] => files.toSorted((a, b) => compare(a.url ?? a.path, b.url ?? b.path));

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Returns the id of the visible bundle with this checksum, and locks it until the transaction ends. */
async function findBundle(tx: Tx, { organizationId, checksum }: AssemblyRow): Promise<number | undefined> {
  const { artifactBundles } = tx.tables;
  const [found] = await tx
    .update(artifactBundles)
    .set({ checksum })
    .where(and(eq(artifactBundles.organizationId, organizationId), eq(artifactBundles.checksum, checksum)))
    .returning({ id: artifactBundles.id });
  return found?.id;
}

async function insertBundle(
  tx: Tx,
  { row: { organizationId, checksum: archiveChecksum }, bundle, blobId, now, checksum }: Parameters<typeof stageBundle>[1],
): Promise<number> {
  const [inserted] = await tx
    .insert(tx.tables.artifactBundles)
    .values({
      organizationId,
      bundleId: bundle.bundleId ?? contentId("artifact bundle", String(organizationId), archiveChecksum),
      blobId,
      checksum,
      fileCount: bundle.files.length,
      dateCreated: now,
    })
    .returning({ id: tx.tables.artifactBundles.id });
  if (!inserted) throw new Error("an artifact bundle was not stored");
  return inserted.id;
}

async function insertFiles(
  tx: Tx,
  { organizationId, bundleId, files }: { organizationId: number; bundleId: number; files: readonly NamedFile[] },
): Promise<void> {
  const rows = files.map(({ path, url, type, debugId, headers, entry, builtName }) => ({
    bundleId,
    organizationId,
    path,
    pathKey: textKey(path),
    url,
    nameKey: nameKey(url ?? path),
    builtName: builtName?.name ?? null,
    builtNameFrom: builtName?.from ?? null,
    builtNameKey: builtName && nameKey(builtName.name),
    type: fileTypeNumbers[type],
    debugId,
    headers,
    size: entry.size,
    place: toMemberPlace(entry),
  }));
  await insertFileRows(tx, { rows });
}

async function insertUrls(
  tx: Tx,
  { artifactReleaseId, bundleId, files }: { artifactReleaseId: number; bundleId: number; files: readonly BundleFile[] },
): Promise<void> {
  const keys = [...new Set(files.flatMap(({ url }) => (url === null ? [] : textKey(url))))];
  const rows = keys.map((urlKey) => ({ artifactReleaseId, urlKey, bundleId }));
  await insertUrlRows(tx, { rows });
}

const FILE_COLUMNS = [
  "bundleId",
  "organizationId",
  "path",
  "pathKey",
  "url",
  "nameKey",
  "builtName",
  "builtNameFrom",
  "builtNameKey",
  "type",
  "debugId",
  "headers",
  "size",
  "place",
] as const;

const URL_COLUMNS = ["artifactReleaseId", "urlKey", "bundleId"] as const;

const insertFileRows = prepared((tx: Tx, param: { rows: readonly NewRow<"artifactFiles", typeof FILE_COLUMNS>[] }) =>
  tx
    .insert(tx.tables.artifactFiles)
    .select(jsonRows(tx, tx.tables.artifactFiles, FILE_COLUMNS, param.rows))
    .prepare(),
);

const insertUrlRows = prepared((tx: Tx, param: { rows: readonly NewRow<"artifactUrls", typeof URL_COLUMNS>[] }) =>
  tx
    .insert(tx.tables.artifactUrls)
    .select(jsonRows(tx, tx.tables.artifactUrls, URL_COLUMNS, param.rows))
    .onConflictDoNothing()
    .prepare(),
);

type ArtifactRelease = { readonly organizationId: number; readonly version: string; readonly dist: string };

/** Returns the id of a version and dist in `artifact_releases`; inserts its row if it is new. */
async function ensureArtifactRelease(tx: Tx, values: ArtifactRelease): Promise<number> {
  const { artifactReleases } = tx.tables;
  const [row] = await tx
    .insert(artifactReleases)
    .values(values)
    .onConflictDoUpdate({
      target: [artifactReleases.organizationId, artifactReleases.version, artifactReleases.dist],
      set: { dist: values.dist },
    })
    .returning({ id: artifactReleases.id });
  if (!row) throw new Error("a version of artifacts was not stored");
  return row.id;
}
