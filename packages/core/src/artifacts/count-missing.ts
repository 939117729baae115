import { mapName, missingMap } from "@landfall/artifacts/explain/missing-map";
import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import type { BundleLineView } from "@landfall/schema/views/bundle-line";
import { and, inArray } from "drizzle-orm";
import { KIND_NUMBERS } from "./file-kinds.ts";

/** Bundles with more files together than this are not looked through for a list. */
const MAX_FILES = 30_000;

type Bundle = { readonly id: number; readonly fileCount: number; readonly hasRelease: boolean };
type Counts = NonNullable<BundleLineView["counts"]>;

/** What is in bundles, and for how many of their minified files no map is there, by row id. One statement, whose rows are bounded. */
export async function countMissing(db: Reader, bundles: readonly Bundle[]): Promise<Map<number, Counts>> {
  let left = MAX_FILES;
  const looked = bundles.filter(({ fileCount }) => fileCount <= left && ((left -= fileCount), true));
  if (looked.length === 0) return new Map();
  const rows = await selectCode(db, { ids: JSON.stringify(looked.map(({ id }) => id)) });
  const byBundle = Map.groupBy(rows, (row) => row.bundleId);
  return new Map(looked.map((bundle) => [bundle.id, countsOf(bundle, byBundle.get(bundle.id) ?? [])]));
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

/** The maps of a bundle as their scripts lead to them. */
export const knownMaps = (maps: readonly { readonly url: string | null; readonly path: string; readonly debugId: string | null }[]) => ({
  debugIds: new Set(maps.flatMap(({ debugId }) => debugId ?? [])),
  names: new Set(maps.map(mapName)),
});

const selectCode = prepared((db: Reader) => {
  const { artifactFiles } = db.tables;
  const { bundleId, type, url, path, debugId, headers } = artifactFiles;
  return db
    .select({ bundleId, type, url, path, debugId, headers })
    .from(artifactFiles)
    .where(and(anyOf(bundleId, "ids"), inArray(type, [KIND_NUMBERS.source, KIND_NUMBERS.minified, KIND_NUMBERS.map])))
    .prepare();
});
