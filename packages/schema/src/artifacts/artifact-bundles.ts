import * as z from "zod";
import { pageParams, queryFlag, queryText } from "../fields/query.ts";

/** Query of a project's artifact bundles (contract 9.5). `sortBy` is validated by the list, whose error has its own form. */
export const ListArtifactBundlesInput = z.object({
  query: queryText().optional().describe("A release, a dist, a bundle's id or a debug id, exactly."),
  sortBy: queryText().optional().describe("date_added or date_modified, with a leading dash for newest first."),
  ...pageParams,
});

/** Query that deletes a bundle (contract 9.5). */
export const DeleteArtifactBundleInput = z.object({ bundleId: queryText().optional() });

/** Query of a bundle's files (contract 9.6). */
export const ListBundleFilesInput = z.object({
  query: queryText().optional().describe("A part of the URL, ignoring case, or a debug id."),
  ...pageParams,
});

/** Query of the artifacts for a stack frame: by debug id, or by URL, release and dist. With `download`, the bytes of a found artifact. */
export const LookUpArtifactsInput = z.object({
  debug_id: queryText().optional(),
  url: queryText().optional(),
  release: queryText().optional(),
  dist: queryText().optional(),
  download: queryText().optional().describe("The id of a found artifact."),
});

/** Query of older clients' lists of source maps. */
export const ListSourceMapsInput = z.object({ query: queryText().optional(), ...pageParams });

export const DeleteSourceMapsInput = z.object({ name: queryText().optional().describe("The release's version.") });

/** Query of bundles as pages list them, the last uploaded first. */
export const BrowseBundlesInput = z.object({
  query: queryText()
    .optional()
    .describe("A release, a dist, a bundle's id or a debug id, exactly; or a part of a file's name, ignoring case."),
  ...pageParams,
});

/** Query of a bundle's files as pages list them. */
export const BrowseBundleFilesInput = z.object({
  query: queryText().optional().describe("A part of the name, ignoring case, or a debug id."),
  missing: queryFlag().optional().describe("Only minified files without a usable source map."),
  ...pageParams,
});

/** An artifact bundle and its releases (contract 9.5). */
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

/** An artifact that may match a stack frame, and its download URL. */
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

/** A release with its own files, for older clients (contract 2, row 35). */
export const SourceMapArchiveView = z
  .object({ type: z.literal("release"), id: z.int(), name: z.string(), date: z.iso.datetime(), fileCount: z.int() })
  .meta({ id: "SourceMapArchive" });

export type SourceMapArchiveView = z.infer<typeof SourceMapArchiveView>;

/** The kinds of uploaded files. */
const FILE_KINDS = ["unknown", "source", "minified", "map", "ram-bundle"] as const;

export const FileKind = z.enum(FILE_KINDS);
export type FileKind = z.infer<typeof FileKind>;

/**
 * Why frames of a minified file cannot be resolved. "unreachable": it has no debug id and no release. "no-reference": it has no reference to a
 * source map. "missing": the source map it refers to was not uploaded.
 */
export const MISSING_REASONS = ["unreachable", "no-reference", "missing"] as const;

export const MissingMapView = z.object({
  reason: z.enum(MISSING_REASONS),
  /** The name or debug id of the missing map; null without a reference. */
  map: z.string().nullable(),
});

export type MissingMapView = z.infer<typeof MissingMapView>;

/** An artifact bundle in one list row. */
export const BundleLineView = z.object({
  /** The id for downloading it with the artifact lookup. */
  id: z.string(),
  bundleId: z.string(),
  /** Its releases; empty for bundles found by debug id only. */
  associations: z.array(z.object({ release: z.string(), dist: z.string().nullable() })),
  /** Within the caller's reach, by slug. */
  projects: z.array(z.string()),
  fileCount: z.int(),
  /** Of the archive, in bytes. */
  size: z.int(),
  date: z.iso.datetime(),
  /** When it was last uploaded again; null after the first time. */
  dateModified: z.iso.datetime().nullable(),
  /** Its number of files by kind, and of minified files without a source map; null for bundles with too many files. */
  counts: z.object({ minified: z.int(), maps: z.int(), sources: z.int(), missing: z.int() }).nullable(),
  /** The number of its files that match the query by name or debug id; 0 without a query. */
  matches: z.int(),
});

export type BundleLineView = z.infer<typeof BundleLineView>;

/** A file of an artifact bundle in one list row. */
export const BundleFileLineView = z.object({
  /** Unique in its bundle. */
  id: z.string(),
  /** Its URL, else its path. */
  name: z.string(),
  kind: FileKind,
  size: z.int(),
  debugId: z.string().nullable(),
  /** Why a minified file has no source map; null if it has one, and for other files. */
  missing: MissingMapView.nullable(),
});

export type BundleFileLineView = z.infer<typeof BundleFileLineView>;

/** The uploaded artifacts of a release. Sizes are in bytes, of archives in compressed form. */
export const ReleaseArtifactsView = z.object({
  bundles: z.int(),
  bundledFiles: z.int(),
  bundledSize: z.int(),
  /** Files uploaded individually. */
  files: z.int(),
  filesSize: z.int(),
  /** Files in archives of the release. */
  members: z.int(),
  archives: z.int(),
  archivesSize: z.int(),
  /** The dists with artifacts, the first twenty by name; null for no dist. */
  dists: z.array(z.string().nullable()),
});

export type ReleaseArtifactsView = z.infer<typeof ReleaseArtifactsView>;

/** What deleting an artifact bundle removes from a project. */
export const BundleDeletionPreviewView = z.object({
  /** The number of bundles with the id: the same files may have been uploaded for several releases. */
  bundles: z.int(),
  files: z.int(),
  /** The bytes that no project refers to afterwards. */
  freed: z.int(),
  /** The first twenty releases of the bundle. */
  releases: z.array(z.string()),
  /** The number of other projects that keep it. */
  keptBy: z.int(),
  canDelete: z.boolean(),
  /** A sentence why the caller cannot delete it; null if they can. */
  reason: z.string().nullable(),
});

export type BundleDeletionPreviewView = z.infer<typeof BundleDeletionPreviewView>;

/** The sources of a source map, or why it cannot be read. */
export const CheckedMapView = z.union([
  z.object({ problem: z.string() }),
  z.object({
    problem: z.null(),
    sources: z.int(),
    /** The number of sources with embedded text. */
    withText: z.int(),
    /** The first five sources without embedded text. */
    without: z.array(z.string()),
  }),
]);

export type CheckedMapView = z.infer<typeof CheckedMapView>;
