import * as z from "zod";

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
