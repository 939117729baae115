import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ProjectRow } from "@landfall/db/tables/schema";
import { and, asc, desc, eq, sql } from "drizzle-orm";
import { fileIdent, nameKey, textKey } from "../../records/artifacts/file-keys.ts";
import { isShownFile } from "../../records/artifacts/release-files.ts";
import type { StoredFile } from "./stored-file.ts";

/** What a stack trace belongs to: a project's release and dist, as far as the event names them. */
export type StackEvent = { readonly project: ProjectRow; readonly version: string | null; readonly dist: string };

/**
 * The files of an event's release and dist by their names, the name given first before the others: in the last uploaded bundle that has one,
 * else among the release's own files. Two statements at the most.
 */
export async function findByName(db: Reader, { project, version, dist }: StackEvent, wanted: readonly string[]): Promise<StoredFile[]> {
  const names = storableNames(wanted);
  if (version === null || version === "" || names.length === 0) return [];
  const on = { version, dist, names };
  const bundled = await selectByUrl(db, project, on);
  const newest = bundled.filter((file) => file.bundle?.id === bundled[0]?.bundle?.id);
  return sortByNames(names, newest.length > 0 ? newest : await selectReleaseFiles(db, project, on));
}

/** Sorts files by where their names stand in a list. */
export function sortByNames(names: readonly string[], files: readonly StoredFile[]): StoredFile[] {
  const place = new Map(names.map((name, index) => [name, index]));
  const placeOf = ({ name }: StoredFile): number => place.get(name) ?? names.length;
  return files.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** Scripts and maps may refer to anything; what no database can store no file is called. */
export const storableNames = (names: readonly string[]): string[] =>
  [...new Set(names)].filter((name) => !name.includes("\0") && name.isWellFormed());

/** The same build is uploaded again and again; this many of the newest files are looked at. */
const MAX_ROWS = 100;

/** Files of a project's bundles that bear a debug id, those of the last uploaded bundle first. */
export async function selectByDebugId(db: Reader, { organizationId, id: projectId }: ProjectRow, debugId: string): Promise<StoredFile[]> {
  return (await byDebugId(db, { organizationId, projectId, debugId })).map(storedFile);
}

/** Files of a project's bundles for a version and dist that have one of these addresses, those of the last uploaded bundle first. */
async function selectByUrl(
  db: Reader,
  { organizationId, id: projectId }: ProjectRow,
  { version, dist, names }: { readonly version: string; readonly dist: string; readonly names: readonly string[] },
): Promise<StoredFile[]> {
  const keys = names.map(textKey);
  const values = { organizationId, projectId, version, dist, keys, nameKeys: nameKeysOf(names), names };
  return (await byUrl(db, values)).map(storedFile);
}

/** Files of one bundle that have one of these addresses. Whoever asks has found the bundle through its project. */
export async function selectInBundle(db: Reader, bundleId: number, names: readonly string[]): Promise<StoredFile[]> {
  return (await inBundle(db, { bundleId, nameKeys: nameKeysOf(names), names })).map(storedFile);
}

const nameKeysOf = (names: readonly string[]): string[] => [...new Set(names.map(nameKey))];

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

const byDebugId = prepared((db: Reader, param: { projectId: number; organizationId: number; debugId: string }) => {
  const { artifactFiles, artifactBundles, artifactBundleProjects, blobs } = db.tables;
  return db
    .select(columns(db))
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

const byUrl = prepared(
  (
    db: Reader,
    param: {
      keys: readonly string[];
      nameKeys: readonly string[];
      names: readonly string[];
      projectId: number;
      organizationId: number;
      version: string;
      dist: string;
    },
  ) => {
    const { artifactReleases, artifactBundleReleases, artifactUrls, artifactFiles, artifactBundles, artifactBundleProjects, blobs } =
      db.tables;
    return db
      .select(columns(db))
      .from(artifactReleases)
      .innerJoin(artifactUrls, and(eq(artifactUrls.artifactReleaseId, artifactReleases.id), anyOf(artifactUrls.urlKey, param.keys)))
      .innerJoin(
        artifactBundleReleases,
        and(
          eq(artifactBundleReleases.artifactReleaseId, artifactUrls.artifactReleaseId),
          eq(artifactBundleReleases.bundleId, artifactUrls.bundleId),
        ),
      )
      .innerJoin(
        artifactBundleProjects,
        and(eq(artifactBundleProjects.projectId, param.projectId), eq(artifactBundleProjects.bundleId, artifactUrls.bundleId)),
      )
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
      .where(
        and(
          eq(artifactReleases.organizationId, param.organizationId),
          eq(artifactReleases.version, param.version),
          eq(artifactReleases.dist, param.dist),
        ),
      )
      .orderBy(desc(artifactUrls.bundleId))
      .limit(MAX_ROWS)
      .prepare();
  },
);

const inBundle = prepared((db: Reader, param: { nameKeys: readonly string[]; names: readonly string[]; bundleId: number }) => {
  const { artifactFiles, artifactBundles, blobs } = db.tables;
  return db
    .select(columns(db))
    .from(artifactFiles)
    .innerJoin(artifactBundles, eq(artifactBundles.id, artifactFiles.bundleId))
    .innerJoin(blobs, eq(blobs.id, artifactBundles.blobId))
    .where(
      and(eq(artifactFiles.bundleId, param.bundleId), anyOf(artifactFiles.nameKey, param.nameKeys), anyOf(artifactFiles.url, param.names)),
    )
    .limit(MAX_ROWS)
    .prepare();
});

/** Files of a project's release and dist that have one of these names: single ones, and behind them members of its archives. */
async function selectReleaseFiles(
  db: Reader,
  { organizationId, id: projectId }: ProjectRow,
  { version, dist, names }: { readonly version: string; readonly dist: string; readonly names: readonly string[] },
): Promise<StoredFile[]> {
  const idents = names.map((name) => fileIdent(name, dist));
  const rows = await byIdent(db, { organizationId, projectId, version, idents });
  return rows.map((row) => ({ ...row, kind: /\.map(?:\?.*)?$/.test(row.name) ? "map" : "script", debugId: null, bundle: null }));
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
