import * as z from "zod";
import { pageParams, queryFlag, queryText } from "../fields/query.ts";

/** Query of a project's artifact bundles (contract 9.5). `sortBy` is read by the list, whose refusal has a form of its own. */
export const ListArtifactBundlesInput = z.object({
  query: queryText().optional().describe("A release, a dist, a bundle's id or a debug id, exactly."),
  sortBy: queryText().optional().describe("date_added or date_modified, with a dash in front for the newest first."),
  ...pageParams,
});

/** Query that deletes a bundle (contract 9.5). */
export const DeleteArtifactBundleInput = z.object({ bundleId: queryText().optional() });

/** Query of a bundle's files (contract 9.6). */
export const ListBundleFilesInput = z.object({
  query: queryText().optional().describe("A part of the address, in any case, or a debug id."),
  ...pageParams,
});

/** Query that finds what a stack trace needs: by debug id, or by address, release and dist. With `download` the bytes of what was found. */
export const LookUpArtifactsInput = z.object({
  debug_id: queryText().optional(),
  url: queryText().optional(),
  release: queryText().optional(),
  dist: queryText().optional(),
  download: queryText().optional().describe("The id of something found."),
});

/** Query of older clients' lists of source maps. */
export const ListSourceMapsInput = z.object({ query: queryText().optional(), ...pageParams });

export const DeleteSourceMapsInput = z.object({ name: queryText().optional().describe("The release's version.") });

/** Query of bundles as pages list them, the last uploaded first. */
export const BrowseBundlesInput = z.object({
  query: queryText()
    .optional()
    .describe("A release, a dist, a bundle's id or a debug id, exactly; or a part of a file's name, in any case."),
  ...pageParams,
});

/** Query of a bundle's files as pages list them. */
export const BrowseBundleFilesInput = z.object({
  query: queryText().optional().describe("A part of the name, in any case, or a debug id."),
  missing: queryFlag().optional().describe("Only files no stack trace gets past."),
  ...pageParams,
});

/** An artifact bundle and what it was uploaded for (contract 9.5). */
export const ArtifactBundleView = z
  .object({
    bundleId: z.string(),
    associations: z.array(z.object({ release: z.string().nullable(), dist: z.string().nullable() })),
    fileCount: z.int(),
    dateModified: z.iso.datetime().nullable().describe("When it was last uploaded again."),
    date: z.iso.datetime(),
  })
  .meta({ id: "ArtifactBundle" });

export type ArtifactBundleView = z.infer<typeof ArtifactBundleView>;

/** A file of an artifact bundle (contract 9.6). */
export const ArtifactBundleFileView = z
  .object({
    id: z.string(),
    fileType: z.int().describe("0 unknown, 1 source, 2 minified source, 3 source map, 4 indexed RAM bundle."),
    filePath: z.string(),
    fileSize: z.int(),
    debugId: z.string().nullable(),
    sourcemap: z.string().nullable(),
  })
  .meta({ id: "ArtifactBundleFile" });

export type ArtifactBundleFileView = z.infer<typeof ArtifactBundleFileView>;

/** A bundle with a page of its files (contract 9.6). */
export const ArtifactBundleFilesView = ArtifactBundleView.extend({ files: z.array(ArtifactBundleFileView) }).meta({
  id: "ArtifactBundleFiles",
});

/** Something that may hold what a stack trace needs, and where to fetch it. */
export const FoundArtifactView = z
  .object({
    id: z.string(),
    type: z.enum(["bundle", "file"]),
    url: z.string(),
    resolved_with: z.enum(["debug-id", "index", "release-old"]).describe("How it was found."),
    abs_path: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
  })
  .meta({ id: "FoundArtifact" });

export type FoundArtifactView = z.infer<typeof FoundArtifactView>;

/** A release with files of its own, as older clients list them (contract 2, row 35). */
export const SourceMapArchiveView = z
  .object({ type: z.literal("release"), id: z.int(), name: z.string(), date: z.iso.datetime(), fileCount: z.int() })
  .meta({ id: "SourceMapArchive" });

export type SourceMapArchiveView = z.infer<typeof SourceMapArchiveView>;

/** What an uploaded file is. */
const FILE_KINDS = ["unknown", "source", "minified", "map", "ram-bundle"] as const;

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
