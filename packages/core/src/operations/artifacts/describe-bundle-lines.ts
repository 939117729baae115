import { fileTypeNumbers } from "@landfall/artifacts/bundles/parse-manifest";
import { mapName, missingMap } from "@landfall/artifacts/explain/missing-map";
import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { BundleLineView, FileKind } from "@landfall/schema/artifacts/artifact-bundles";
import { instant, instantOrNull } from "@landfall/schema/instant";
import { and, asc, count, eq, inArray } from "drizzle-orm";
import { type ProjectReach, reaches } from "../../access/project-reach.ts";
import { selectAssociations } from "../../records/artifacts/describe-bundles.ts";
import { fileMatches } from "./search-conditions.ts";

type LineOptions = { readonly ids: readonly number[]; readonly reach: ProjectReach; readonly query: string };

/**
 * Returns bundles as rows of a page's list, in the order of `ids`. Runs one statement each for the bundles, their versions, their projects,
 * their files, and the matches of a search.
 */
export async function describeBundleLines(db: Reader, { ids, reach, query }: LineOptions): Promise<BundleLineView[]> {
  if (ids.length === 0) return [];
  const rows = new Map((await selectBundles(db, { ids })).map((row) => [row.bundle.id, row]));
  const links = Map.groupBy(await selectAssociations(db, { ids }), ({ bundleId }) => bundleId);
  const owners = Map.groupBy(await selectProjects(db, { ids }), ({ bundleId }) => bundleId);
  const found = ids.flatMap((id) => rows.get(id) ?? []);
  const counts = await countMissing(
    db,
    found.map(({ bundle: { id, fileCount } }) => ({ id, fileCount, hasRelease: links.has(id) })),
  );
  const matches = query === "" ? null : new Map((await countMatches(db, ids, query)).map((row) => [row.bundleId, row.files]));
  return found.map(({ bundle, size }) => ({
    id: `artifact_bundle/${bundle.id}`,
    bundleId: bundle.bundleId,
    associations: (links.get(bundle.id) ?? []).map(({ version, dist }) => ({ release: version, dist: dist || null })),
    projects: (owners.get(bundle.id) ?? []).flatMap(({ projectId, slug }) => (reaches(reach, projectId) ? [slug] : [])),
    fileCount: bundle.fileCount,
    size,
    date: instant(bundle.dateCreated),
    dateModified: instantOrNull(bundle.dateModified),
    counts: counts.get(bundle.id) ?? null,
    matches: matches?.get(bundle.id) ?? 0,
  }));
}

const selectBundles = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { artifactBundles, blobs } = db.tables;
  return db
    .select({ bundle: artifactBundles, size: blobs.size })
    .from(artifactBundles)
    .innerJoin(blobs, eq(blobs.id, artifactBundles.blobId))
    .where(anyOf(artifactBundles.id, param.ids))
    .prepare();
});

const selectProjects = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { artifactBundleProjects, projects } = db.tables;
  return db
    .select({ bundleId: artifactBundleProjects.bundleId, projectId: projects.id, slug: projects.slug })
    .from(artifactBundleProjects)
    .innerJoin(projects, eq(projects.id, artifactBundleProjects.projectId))
    .where(anyOf(artifactBundleProjects.bundleId, param.ids))
    .orderBy(asc(projects.slug))
    .prepare();
});

function countMatches(db: Reader, ids: readonly number[], text: string) {
  const { artifactFiles } = db.tables;
  const { bundleId } = artifactFiles;
  return db
    .select({ bundleId, files: count() })
    .from(artifactFiles)
    .where(and(inArray(bundleId, [...ids]), fileMatches(db, text)))
    .groupBy(bundleId);
}

/** The most files that are read for one list; bundles beyond that have no counts. */
const MAX_FILES = 30_000;

type Bundle = { readonly id: number; readonly fileCount: number; readonly hasRelease: boolean };
type Counts = NonNullable<BundleLineView["counts"]>;

/** Counts the files of bundles by kind, and the minified files without a source map, by row id. Runs one statement. */
async function countMissing(db: Reader, bundles: readonly Bundle[]): Promise<Map<number, Counts>> {
  let left = MAX_FILES;
  const counted = bundles.filter(({ fileCount }) => fileCount <= left && ((left -= fileCount), true));
  if (counted.length === 0) return new Map();
  const rows = await selectCode(db, { ids: counted.map(({ id }) => id) });
  const byBundle = Map.groupBy(rows, (row) => row.bundleId);
  return new Map(counted.map((bundle) => [bundle.id, countsOf(bundle, byBundle.get(bundle.id) ?? [])]));
}

type CodeRow = Awaited<ReturnType<typeof selectCode>>[number];

function countsOf({ hasRelease }: Bundle, rows: readonly CodeRow[]): Counts {
  const minified = rows.filter(({ type }) => type === KIND_NUMBERS.minified);
  const maps = rows.filter(({ type }) => type === KIND_NUMBERS.map);
  const known = knownMaps(maps);
  return {
    minified: minified.length,
    maps: maps.length,
    sources: rows.length - minified.length - maps.length,
    missing: minified.filter((file) => missingMap(file, known, { hasRelease }) !== null).length,
  };
}

/** Returns the debug ids and the names of a bundle's source maps, which scripts refer to. */
export const knownMaps = (maps: readonly { readonly url: string | null; readonly path: string; readonly debugId: string | null }[]) => ({
  debugIds: new Set(maps.flatMap(({ debugId }) => debugId ?? [])),
  names: new Set(maps.map(mapName)),
});

const selectCode = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { artifactFiles } = db.tables;
  const { bundleId, type, url, path, debugId, headers } = artifactFiles;
  return db
    .select({ bundleId, type, url, path, debugId, headers })
    .from(artifactFiles)
    .where(and(anyOf(bundleId, param.ids), inArray(type, [KIND_NUMBERS.source, KIND_NUMBERS.minified, KIND_NUMBERS.map])))
    .prepare();
});

/** The number that each kind of file is stored as. */
export const KIND_NUMBERS: Readonly<Record<FileKind, number>> = {
  unknown: fileTypeNumbers.unknown,
  source: fileTypeNumbers.source,
  minified: fileTypeNumbers.minified_source,
  map: fileTypeNumbers.source_map,
  "ram-bundle": fileTypeNumbers.indexed_ram_bundle,
};

/** Returns the kind of file that is stored as this number. */
export function kindOf(type: number): FileKind {
  switch (type) {
    case KIND_NUMBERS.source:
      return "source";
    case KIND_NUMBERS.minified:
      return "minified";
    case KIND_NUMBERS.map:
      return "map";
    case KIND_NUMBERS["ram-bundle"]:
      return "ram-bundle";
    default:
      return "unknown";
  }
}
