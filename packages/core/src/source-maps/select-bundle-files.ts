import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { ProjectRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { and, desc, eq, sql } from "drizzle-orm";
import { nameKey, textKey } from "../artifacts/artifact-keys.ts";
import type { StoredFile } from "./stored-file.ts";

/** The same build is uploaded again and again; this many of the newest files are looked at. */
const MAX_ROWS = 100;

/** Files of a project's bundles that bear a debug id, those of the last uploaded bundle first. */
export async function selectByDebugId(db: Reader, { organizationId, id: projectId }: ProjectRow, debugId: string): Promise<StoredFile[]> {
  return (await byDebugId(db, { organizationId, projectId, debugId })).map(storedFile);
}

/** Files of a project's bundles for a version and dist that have one of these addresses, those of the last uploaded bundle first. */
export async function selectByUrl(
  db: Reader,
  { organizationId, id: projectId }: ProjectRow,
  { version, dist, names }: { readonly version: string; readonly dist: string; readonly names: readonly string[] },
): Promise<StoredFile[]> {
  const keys = JSON.stringify(names.map(textKey));
  const values = { organizationId, projectId, version, dist, keys, nameKeys: nameKeysOf(names), names: JSON.stringify(names) };
  return (await byUrl(db, values)).map(storedFile);
}

/** Files of one bundle that have one of these addresses. Whoever asks has found the bundle through its project. */
export async function selectInBundle(db: Reader, bundleId: number, names: readonly string[]): Promise<StoredFile[]> {
  return (await inBundle(db, { bundleId, nameKeys: nameKeysOf(names), names: JSON.stringify(names) })).map(storedFile);
}

const nameKeysOf = (names: readonly string[]): string => JSON.stringify([...new Set(names.map(nameKey))]);

const KINDS = ["script", "source", "script", "map", "script"] as const;

type Row = Awaited<ReturnType<typeof byDebugId>>[number];

function storedFile({ path, url, type, bundle, blob, ...file }: Row): StoredFile {
  const name = url ?? path;
  const kind = type === 0 && /\.map(?:\?.*)?$/.test(name) ? "map" : (KINDS[type] ?? "script");
  return { ...file, name, kind, bundle, blob };
}

const columns = ({ tables: { artifactFiles, artifactBundles, blobs } }: Reader) => ({
  path: artifactFiles.path,
  url: artifactFiles.url,
  type: artifactFiles.type,
  debugId: artifactFiles.debugId,
  headers: artifactFiles.headers,
  size: artifactFiles.size,
  place: artifactFiles.place,
  bundle: { id: artifactBundles.id, bundleId: artifactBundles.bundleId },
  blob: { name: blobs.name, sha256: blobs.sha256, size: blobs.size },
});

const byDebugId = prepared((db: Reader) => {
  const { artifactFiles, artifactBundles, artifactBundleProjects, blobs } = db.tables;
  return db
    .select(columns(db))
    .from(artifactFiles)
    .innerJoin(
      artifactBundleProjects,
      and(eq(artifactBundleProjects.projectId, sql.placeholder("projectId")), eq(artifactBundleProjects.bundleId, artifactFiles.bundleId)),
    )
    .innerJoin(artifactBundles, eq(artifactBundles.id, artifactFiles.bundleId))
    .innerJoin(blobs, eq(blobs.id, artifactBundles.blobId))
    .where(and(eq(artifactFiles.organizationId, sql.placeholder("organizationId")), eq(artifactFiles.debugId, sql.placeholder("debugId"))))
    .orderBy(desc(artifactFiles.bundleId))
    .limit(MAX_ROWS)
    .prepare();
});

const byUrl = prepared((db: Reader) => {
  const { artifactReleases, artifactBundleReleases, artifactUrls, artifactFiles, artifactBundles, artifactBundleProjects, blobs } =
    db.tables;
  return db
    .select(columns(db))
    .from(artifactReleases)
    .innerJoin(artifactUrls, and(eq(artifactUrls.artifactReleaseId, artifactReleases.id), anyOf(artifactUrls.urlKey, "keys")))
    .innerJoin(
      artifactBundleReleases,
      and(
        eq(artifactBundleReleases.artifactReleaseId, artifactUrls.artifactReleaseId),
        eq(artifactBundleReleases.bundleId, artifactUrls.bundleId),
      ),
    )
    .innerJoin(
      artifactBundleProjects,
      and(eq(artifactBundleProjects.projectId, sql.placeholder("projectId")), eq(artifactBundleProjects.bundleId, artifactUrls.bundleId)),
    )
    .innerJoin(
      artifactFiles,
      and(eq(artifactFiles.bundleId, artifactUrls.bundleId), anyOf(artifactFiles.nameKey, "nameKeys"), anyOf(artifactFiles.url, "names")),
    )
    .innerJoin(artifactBundles, eq(artifactBundles.id, artifactUrls.bundleId))
    .innerJoin(blobs, eq(blobs.id, artifactBundles.blobId))
    .where(
      and(
        eq(artifactReleases.organizationId, sql.placeholder("organizationId")),
        eq(artifactReleases.version, sql.placeholder("version")),
        eq(artifactReleases.dist, sql.placeholder("dist")),
      ),
    )
    .orderBy(desc(artifactUrls.bundleId))
    .limit(MAX_ROWS)
    .prepare();
});

const inBundle = prepared((db: Reader) => {
  const { artifactFiles, artifactBundles, blobs } = db.tables;
  return db
    .select(columns(db))
    .from(artifactFiles)
    .innerJoin(artifactBundles, eq(artifactBundles.id, artifactFiles.bundleId))
    .innerJoin(blobs, eq(blobs.id, artifactBundles.blobId))
    .where(
      and(
        eq(artifactFiles.bundleId, sql.placeholder("bundleId")),
        anyOf(artifactFiles.nameKey, "nameKeys"),
        anyOf(artifactFiles.url, "names"),
      ),
    )
    .limit(MAX_ROWS)
    .prepare();
});
