import * as z from "zod";

/** What an uploaded file is. */
export const FILE_KINDS = ["unknown", "source", "minified", "map", "ram-bundle"] as const;
export const FileKind = z.enum(FILE_KINDS);
export type FileKind = z.infer<typeof FileKind>;

/**
 * Why no stack trace gets past a minified file. "unreachable": it has no debug id and is of no release. "unsaid": nothing says where its
 * source map is. "missing": the map it names was not uploaded.
 */
export const MISSING_REASONS = ["unreachable", "unsaid", "missing"] as const;
export const MissingMapView = z.object({
  reason: z.enum(MISSING_REASONS),
  /** The name of the map that is missing, or its debug id; null where nothing names one. */
  map: z.string().nullable(),
});
export type MissingMapView = z.infer<typeof MissingMapView>;

/** An artifact bundle as one line of a list. */
export const BundleLineView = z.object({
  /** Names its bytes to the look-up, which fetches them. */
  id: z.string(),
  bundleId: z.string(),
  /** What it was uploaded for; empty for what is found by debug id alone. */
  associations: z.array(z.object({ release: z.string(), dist: z.string().nullable() })),
  /** Within the caller's reach, by slug. */
  projects: z.array(z.string()),
  fileCount: z.int(),
  /** Of the archive, in bytes. */
  size: z.int(),
  date: z.iso.datetime(),
  /** When it was last uploaded again; null after the first time. */
  dateModified: z.iso.datetime().nullable(),
  /** How many of its files are of which kind, and for how many minified ones no map was found; null where it has too many to look through. */
  counts: z.object({ minified: z.int(), maps: z.int(), sources: z.int(), missing: z.int() }).nullable(),
  /** How many of its files the list was searched for has found, by name or debug id; 0 where it was searched for nothing. */
  matches: z.int(),
});
export type BundleLineView = z.infer<typeof BundleLineView>;

/** A file of an artifact bundle as one line of a list. */
export const BundleFileLineView = z.object({
  /** In its bundle. */
  id: z.string(),
  /** Its address, or its path where it has none. */
  name: z.string(),
  kind: FileKind,
  size: z.int(),
  debugId: z.string().nullable(),
  /** What is missing of a minified file; null where nothing is, and for other files. */
  missing: MissingMapView.nullable(),
});
export type BundleFileLineView = z.infer<typeof BundleFileLineView>;

/** How much was uploaded for a release. Sizes in bytes, of archives as they are stored. */
export const ReleaseArtifactsView = z.object({
  bundles: z.int(),
  bundledFiles: z.int(),
  bundledSize: z.int(),
  /** Files uploaded one by one. */
  files: z.int(),
  filesSize: z.int(),
  /** Files that came in archives of the release. */
  members: z.int(),
  archives: z.int(),
  archivesSize: z.int(),
  /** The dists there is something for, the first twenty by name; null is none. */
  dists: z.array(z.string().nullable()),
});
export type ReleaseArtifactsView = z.infer<typeof ReleaseArtifactsView>;

/** What deleting an artifact bundle takes from a project. */
export const BundleDeletionPreviewView = z.object({
  /** How many bundles bear the id: the same files may have been uploaded for several releases. */
  bundles: z.int(),
  files: z.int(),
  /** What no project refers to afterwards, in bytes. */
  freed: z.int(),
  /** The first twenty releases that lose it. */
  releases: z.array(z.string()),
  /** Other projects that keep it. */
  keptBy: z.int(),
  canDelete: z.boolean(),
  /** Why the caller cannot delete it, as a sentence; null when they can. */
  reason: z.string().nullable(),
});
export type BundleDeletionPreviewView = z.infer<typeof BundleDeletionPreviewView>;

/** What a source map has of its sources, or why it cannot be read. */
export const CheckedMapView = z.union([
  z.object({ problem: z.string() }),
  z.object({
    problem: z.null(),
    sources: z.int(),
    /** How many of them it carries the text of. */
    withText: z.int(),
    /** The first five of the others. */
    without: z.array(z.string()),
  }),
]);
export type CheckedMapView = z.infer<typeof CheckedMapView>;
