import { fileTypeNumbers } from "@landfall/artifacts/bundles/parse-manifest";
import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ProjectRow } from "@landfall/db/tables/schema";
import { and, asc, desc, eq, sql } from "drizzle-orm";
import { bundleLinks, isLinkOfDist, isUrlOfLink } from "../../records/artifacts/bundle-links.ts";
import { fileIdent, nameKey, textKey } from "../../records/artifacts/file-keys.ts";
import { isShownFile } from "../../records/artifacts/release-files.ts";
import type { StoredFile } from "./stored-file.ts";

/** The project, release and dist of a stack trace, as far as the event names them. */
export type StackEvent = { readonly project: ProjectRow; readonly version: string | null; readonly dist: string };

/**
 * Returns the files of an event's release and dist that have one of the names, in the order of the names: from the newest bundle that has
 * one, else from the release's own files. Runs at most two statements.
 */
export async function findByName(db: Reader, { project, version, dist }: StackEvent, wanted: readonly string[]): Promise<StoredFile[]> {
  const names = storableNames(wanted);
  if (version === null || version === "" || names.length === 0) return [];
  const parameters = { version, dist, names };
  const bundled = await selectByUrl(db, project, parameters);
  const newest = bundled.filter((file) => file.bundle?.id === bundled[0]?.bundle?.id);
  return sortByNames(names, newest.length > 0 ? newest : await selectReleaseFiles(db, project, parameters));
}

/** Sorts files in the order of a list of names. */
export function sortByNames(names: readonly string[], files: readonly StoredFile[]): StoredFile[] {
  const indexes = new Map(names.map((name, index) => [name, index]));
  const indexOf = ({ name }: StoredFile): number => indexes.get(name) ?? names.length;
  return files.toSorted((a, b) => indexOf(a) - indexOf(b));
}

/** Returns the distinct names that a database can store. Scripts and maps may refer to any text. */
export const storableNames = (names: readonly string[]): string[] =>
  [...new Set(names)].filter((name) => !name.includes("\0") && name.isWellFormed());

/** The most files that a statement returns, the newest first: the same build may have been uploaded many times. */
const MAX_ROWS = 100;

/** Returns the files of a project's bundles that have a debug id, those of the newest bundle first. */
export async function selectByDebugId(db: Reader, { organizationId, id: projectId }: ProjectRow, debugId: string): Promise<StoredFile[]> {
  return (await byDebugId(db, { organizationId, projectId, debugId })).map(storedFile);
}

/** Returns the files of a project's bundles for a version and dist that have one of the URLs, those of the newest bundle first. */
async function selectByUrl(
  db: Reader,
  { organizationId, id: projectId }: ProjectRow,
  { version, dist, names }: { readonly version: string; readonly dist: string; readonly names: readonly string[] },
): Promise<StoredFile[]> {
  const keys = names.map(textKey);
  const values = { organizationId, projectId, version, dist, keys, nameKeys: nameKeysOf(names), names };
  return (await byUrl(db, values)).map(storedFile);
}

/** Returns the files of one bundle that have one of the URLs. The caller must have found the bundle through its project. */
export async function selectInBundle(db: Reader, bundleId: number, names: readonly string[]): Promise<StoredFile[]> {
  return (await inBundle(db, { bundleId, nameKeys: nameKeysOf(names), names })).map(storedFile);
}

const nameKeysOf = (names: readonly string[]): string[] => [...new Set(names.map(nameKey))];

type Row = Awaited<ReturnType<typeof byDebugId>>[number];

/** Returns the file of a bundle that a row with `fileColumns` describes. */
export function storedFile({ path, url, type, bundle, blob, ...file }: Row): StoredFile {
  const name = url ?? path;
  return { ...file, name, kind: kindOf(type, name), bundle, blob };
}

/** Returns the kind of a bundle's file by its stored type, or by its name if the manifest had no type. */
function kindOf(type: number, name: string): StoredFile["kind"] {
  if (type === fileTypeNumbers.unknown) return kindByName(name);
  if (type === fileTypeNumbers.source_map) return "map";
  return type === fileTypeNumbers.source ? "source" : "script";
}

const kindByName = (name: string): StoredFile["kind"] => (/\.map(?:\?.*)?$/.test(name) ? "map" : "script");

/** The columns that describe a file of a bundle. */
export const fileColumns = ({ tables: { artifactFiles, artifactBundles, blobs } }: Reader) => ({
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

const byDebugId = prepared((db: Reader, param: { projectId: number; organizationId: number; debugId: string }) => {
  const { artifactFiles, artifactBundles, artifactBundleProjects, blobs } = db.tables;
  return db
    .select(fileColumns(db))
    .from(artifactFiles)
    .innerJoin(
      artifactBundleProjects,
      and(eq(artifactBundleProjects.projectId, param.projectId), eq(artifactBundleProjects.bundleId, artifactFiles.bundleId)),
    )
    .innerJoin(artifactBundles, eq(artifactBundles.id, artifactFiles.bundleId))
    .innerJoin(blobs, eq(blobs.id, artifactBundles.blobId))
    .where(and(eq(artifactFiles.organizationId, param.organizationId), eq(artifactFiles.debugId, param.debugId)))
    .orderBy(desc(artifactFiles.bundleId))
    .limit(MAX_ROWS)
    .prepare();
});

type UrlParameters = {
  readonly keys: readonly string[];
  readonly nameKeys: readonly string[];
  readonly names: readonly string[];
  readonly projectId: number;
  readonly organizationId: number;
  readonly version: string;
  readonly dist: string;
};

const byUrl = prepared((db: Reader, param: UrlParameters) => {
  const { artifactUrls, artifactFiles, artifactBundles, blobs } = db.tables;
  const links = bundleLinks(db);
  return db
    .select(fileColumns(db))
    .from(links)
    .innerJoin(artifactUrls, isUrlOfLink(db, links))
    .innerJoin(
      artifactFiles,
      and(
        eq(artifactFiles.bundleId, artifactUrls.bundleId),
        anyOf(artifactFiles.nameKey, param.nameKeys),
        anyOf(artifactFiles.url, param.names),
      ),
    )
    .innerJoin(artifactBundles, eq(artifactBundles.id, artifactUrls.bundleId))
    .innerJoin(blobs, eq(blobs.id, artifactBundles.blobId))
    .where(and(isLinkOfDist(links, param), anyOf(artifactUrls.urlKey, param.keys)))
    .orderBy(desc(artifactUrls.bundleId))
    .limit(MAX_ROWS)
    .prepare();
});

const inBundle = prepared((db: Reader, param: { nameKeys: readonly string[]; names: readonly string[]; bundleId: number }) => {
  const { artifactFiles, artifactBundles, blobs } = db.tables;
  return db
    .select(fileColumns(db))
    .from(artifactFiles)
    .innerJoin(artifactBundles, eq(artifactBundles.id, artifactFiles.bundleId))
    .innerJoin(blobs, eq(blobs.id, artifactBundles.blobId))
    .where(
      and(eq(artifactFiles.bundleId, param.bundleId), anyOf(artifactFiles.nameKey, param.nameKeys), anyOf(artifactFiles.url, param.names)),
    )
    .limit(MAX_ROWS)
    .prepare();
});

/** Returns the files of a project's release and dist that have one of the names: single files first, then members of its archives. */
async function selectReleaseFiles(
  db: Reader,
  { organizationId, id: projectId }: ProjectRow,
  { version, dist, names }: { readonly version: string; readonly dist: string; readonly names: readonly string[] },
): Promise<StoredFile[]> {
  const idents = names.map((name) => fileIdent(name, dist));
  const rows = await byIdent(db, { organizationId, projectId, version, idents });
  return rows.map((row) => ({ ...row, kind: kindByName(row.name), debugId: null, bundle: null }));
}

const byIdent = prepared((db: Reader, param: { idents: readonly string[]; projectId: number; organizationId: number; version: string }) => {
  const { releases, releaseProjects, releaseFiles, releaseArchives, blobs } = db.tables;
  return db
    .select({
      name: releaseFiles.name,
      headers: releaseFiles.headers,
      size: releaseFiles.size,
      place: releaseFiles.place,
      blob: { name: blobs.name, sha256: blobs.sha256, size: blobs.size },
    })
    .from(releases)
    .innerJoin(releaseProjects, and(eq(releaseProjects.releaseId, releases.id), eq(releaseProjects.projectId, param.projectId)))
    .innerJoin(releaseFiles, and(eq(releaseFiles.releaseId, releases.id), anyOf(releaseFiles.ident, param.idents)))
    .leftJoin(releaseArchives, eq(releaseArchives.id, releaseFiles.archiveId))
    .innerJoin(blobs, eq(blobs.id, sql`coalesce(${releaseFiles.blobId}, ${releaseArchives.blobId})`))
    .where(and(eq(releases.organizationId, param.organizationId), eq(releases.version, param.version), isShownFile(db)))
    .orderBy(asc(releaseFiles.isMember))
    .prepare();
});
