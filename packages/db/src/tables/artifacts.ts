import { sql } from "drizzle-orm";
import type { Kit } from "./kit.sqlite.ts";
import type { OrganizationTables } from "./organizations.ts";
import type { ProjectTables } from "./projects.ts";
import type { ReleaseTables } from "./releases.ts";

/** The position and compression of a member in its archive; `packages/artifacts` calls this an entry. */
export type MemberPlace = {
  /** The member's path in the archive. */
  readonly path: string;
  /** The offset of the member's own header in the archive. */
  readonly offset: number;
  readonly compressedSize: number;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc32: number;
};

/** Artifacts of releases: blobs and the rows that refer to them. The dist "" means none, so that it can be part of a key. */
export function defineArtifacts(k: Kit, { organizations }: OrganizationTables, { projects }: ProjectTables, { releases }: ReleaseTables) {
  const organizationId = () =>
    k
      .int("organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" });

  /** The contents of the blob store, each once. Unreferenced rows are swept together with their bytes. */
  const blobs = k.table(
    "blobs",
    {
      id: k.id("id"),
      /** The name in the blob store; never reused, so that removing old bytes cannot affect new ones. */
      name: k.text("name").notNull(),
      sha256: k.text("sha256").notNull(),
      sha1: k.text("sha1").notNull(),
      size: k.bigint("size").notNull(),
      dateCreated: k.time("date_created").notNull(),
      /** Whether it was only ever a chunk of an upload: such bytes are deleted without a quarantine. */
      isChunk: k.bool("is_chunk").notNull().default(false),
      /** When its bytes were found to be missing or damaged; null again after they were uploaded again. In between, uploads request them. */
      dateDamaged: k.time("date_damaged"),
      /** When it was last referenced, or prepared for a reference. */
      dateLastUsed: k.time("date_last_used").notNull(),
    },
    (t) => [
      k.uniqueIndex("blobs_sha256").on(t.sha256),
      k.uniqueIndex("blobs_name").on(t.name),
      k.index("blobs_last_used").on(t.dateLastUsed, t.id),
    ],
  );
  const blobId = () => k.int("blob_id").references(() => blobs.id);

  /** Uploaded chunks of files, by organization: one organization cannot refer to chunks of another. */
  const chunks = k.table(
    "chunks",
    {
      organizationId: organizationId(),
      sha1: k.text("sha1").notNull(),
      size: k.bigint("size").notNull(),
      blobId: blobId().notNull(),
      dateLastUsed: k.time("date_last_used").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.organizationId, t.sha1] }),
      k.index("chunks_blob").on(t.blobId),
      k.index("chunks_last_used").on(t.dateLastUsed),
    ],
  );

  /** A release that may already be deleted: the rows of its archives and files are deleted later, in batches. */
  const releaseId = () => k.int("release_id").notNull();

  /** Archives assembled for one release; their members are listed with the release's files. */
  const releaseArchives = k.table(
    "release_archives",
    {
      id: k.id("id"),
      releaseId: releaseId(),
      blobId: blobId().notNull(),
      checksum: k.text("checksum").notNull(),
      /** "shown"; "staged" while its members are written, after which all are shown at once; "dropped" when they are to be deleted. */
      state: k.text("state").notNull().default("shown"),
      dateCreated: k.time("date_created").notNull(),
    },
    (t) => [
      k.uniqueIndex("release_archives_checksum").on(t.releaseId, t.checksum),
      k.index("release_archives_blob").on(t.blobId),
      k
        .index("release_archives_hidden")
        .on(t.state, t.id)
        .where(sql`${t.state} <> 'shown'`),
    ],
  );

  /** Releases whose individual files up to this id were deleted; the rows are deleted later, in batches. */
  const droppedFiles = k.table("dropped_files", { releaseId: releaseId().primaryKey(), upToId: k.int("up_to_id").notNull() });

  const releaseFiles = k.table(
    "release_files",
    {
      id: k.id("id"),
      releaseId: releaseId(),
      name: k.text("name").notNull(),
      dist: k.text("dist").notNull().default(""),
      /** The sha1 of name and dist: names may be longer than an index allows (contract 8.1). */
      ident: k.text("ident").notNull(),
      headers: k.json<Record<string, string>>("headers").notNull(),
      size: k.bigint("size").notNull(),
      sha1: k.text("sha1").notNull(),
      /** The bytes of a file that was uploaded individually; null for a member of an archive. */
      blobId: blobId(),
      archiveId: k.int("archive_id").references(() => releaseArchives.id, { onDelete: "cascade" }),
      /** The archive whose member replaces it in lists once that archive is shown; 0 for none. */
      replacedBy: k.int("replaced_by").notNull().default(0),
      place: k.json<MemberPlace>("place"),
      /** Members are listed after individual files, ordered by dist. */
      isMember: k.bool("is_member").notNull().default(false),
      listDist: k.text("list_dist").notNull().default(""),
      dateCreated: k.time("date_created").notNull(),
    },
    (t) => [
      k.uniqueIndex("release_files_ident").on(t.releaseId, t.isMember, t.ident, t.replacedBy),
      // With all columns that decide whether a file is shown, so that files are counted by the index alone.
      k.index("release_files_list").on(t.releaseId, t.isMember, t.listDist, t.name, t.id, t.archiveId, t.replacedBy),
      k.index("release_files_sha1").on(t.releaseId, t.sha1),
      k.index("release_files_uploaded").on(t.releaseId, t.dateCreated),
      k.index("release_files_blob").on(t.blobId),
      k.index("release_files_archive").on(t.archiveId, t.replacedBy),
      k
        .index("release_files_replaced")
        .on(t.replacedBy, t.id)
        .where(sql`${t.replacedBy} <> 0`),
    ],
  );

  const artifactBundles = k.table(
    "artifact_bundles",
    {
      id: k.id("id"),
      organizationId: organizationId(),
      /** A UUID: the one in its manifest, or one made from the organization and the checksum. */
      bundleId: k.text("bundle_id").notNull(),
      blobId: blobId().notNull(),
      checksum: k.text("checksum").notNull(),
      fileCount: k.int("file_count").notNull(),
      dateCreated: k.time("date_created").notNull(),
      /** When it was last uploaded again; null after the first time. */
      dateModified: k.time("date_modified"),
    },
    (t) => [
      k.uniqueIndex("artifact_bundles_checksum").on(t.organizationId, t.checksum),
      // Not unique: sentry-cli derives the id from the files alone, so the same build for another release or dist has the same id.
      k.index("artifact_bundles_bundle_id").on(t.organizationId, t.bundleId),
      k.index("artifact_bundles_blob").on(t.blobId),
    ],
  );
  const bundle = () =>
    k
      .int("bundle_id")
      .notNull()
      .references(() => artifactBundles.id, { onDelete: "cascade" });

  const artifactBundleProjects = k.table(
    "artifact_bundle_projects",
    {
      projectId: k
        .int("project_id")
        .notNull()
        .references(() => projects.id, { onDelete: "cascade" }),
      bundleId: bundle(),
    },
    (t) => [k.primaryKey({ columns: [t.projectId, t.bundleId] }), k.index("artifact_bundle_projects_bundle").on(t.bundleId)],
  );

  /** A version and dist that bundles were uploaded for. Such a release need not exist (contract 9.4). */
  const artifactReleases = k.table(
    "artifact_releases",
    { id: k.id("id"), organizationId: organizationId(), version: k.text("version").notNull(), dist: k.text("dist").notNull() },
    (t) => [k.uniqueIndex("artifact_releases_version").on(t.organizationId, t.version, t.dist)],
  );
  const artifactReleaseId = () =>
    k
      .int("artifact_release_id")
      .notNull()
      .references(() => artifactReleases.id, { onDelete: "cascade" });

  const artifactBundleReleases = k.table(
    "artifact_bundle_releases",
    { artifactReleaseId: artifactReleaseId(), bundleId: bundle() },
    (t) => [k.primaryKey({ columns: [t.artifactReleaseId, t.bundleId] }), k.index("artifact_bundle_releases_bundle").on(t.bundleId)],
  );

  /** The files of artifact bundles. Ids follow the order of URLs. */
  const artifactFiles = k.table(
    "artifact_files",
    {
      id: k.id("id"),
      bundleId: bundle(),
      organizationId: organizationId(),
      path: k.text("path").notNull(),
      /** A part of the sha256 of the path: paths may be longer than an index allows. */
      pathKey: k.text("path_key").notNull(),
      /** Null for files that are found only by debug id. */
      url: k.text("url"),
      /** Derived from the last part of the URL or path, without parts that look like a hash: similar names have the same key. */
      nameKey: k.text("name_key").notNull().default(""),
      /** The name of a script in its build, if it was uploaded under a name derived from its debug id. Its folders may be missing. */
      builtName: k.text("built_name"),
      /** Where `builtName` was found: reference, in the script's reference to its map; map, in the map itself. */
      builtNameFrom: k.text("built_name_from"),
      /** Derived from `builtName` as `nameKey` is from the URL. */
      builtNameKey: k.text("built_name_key"),
      /** 0 unknown, 1 source, 2 minified source, 3 source map, 4 indexed RAM bundle. */
      type: k.int("type").notNull(),
      debugId: k.text("debug_id"),
      headers: k.json<Record<string, string>>("headers").notNull(),
      size: k.bigint("size").notNull(),
      place: k.json<MemberPlace>("place").notNull(),
    },
    (t) => [
      k.index("artifact_files_bundle").on(t.bundleId, t.id),
      k.uniqueIndex("artifact_files_path").on(t.bundleId, t.pathKey),
      k.index("artifact_files_name").on(t.bundleId, t.nameKey),
      k
        .index("artifact_files_built_name")
        .on(t.bundleId, t.builtNameKey)
        .where(sql`${t.builtNameKey} is not null`),
      k
        .index("artifact_files_debug_id")
        .on(t.organizationId, t.debugId, t.bundleId, t.type)
        .where(sql`${t.debugId} is not null`),
    ],
  );

  /** The bundles of a version and dist that contain a URL. The key is made from the URL (`urlKey`). */
  const artifactUrls = k.table(
    "artifact_urls",
    { artifactReleaseId: artifactReleaseId(), urlKey: k.text("url_key").notNull(), bundleId: bundle() },
    (t) => [k.primaryKey({ columns: [t.artifactReleaseId, t.urlKey, t.bundleId] }), k.index("artifact_urls_bundle").on(t.bundleId)],
  );

  /** Assemblies of archives from chunks: clients poll their state, and a restart continues them. */
  const assemblies = k.table(
    "assemblies",
    {
      id: k.id("id"),
      organizationId: organizationId(),
      /** The sha256 of the request: a repeated request finds the same row. */
      ident: k.text("ident").notNull(),
      checksum: k.text("checksum").notNull(),
      request: k
        .json<{
          readonly chunks: readonly string[];
          readonly projectIds: readonly number[];
          readonly version: string | null;
          readonly dist: string;
        }>("request")
        .notNull(),
      /** The release of a release archive; null for an artifact bundle. */
      releaseId: k.int("release_id").references(() => releases.id, { onDelete: "cascade" }),
      /** created, assembling, ok or error. */
      state: k.text("state").notNull(),
      detail: k.text("detail"),
      attempts: k.int("attempts").notNull().default(0),
      /** The result. Deleting it also deletes the assembly. */
      bundleId: k.int("bundle_id").references(() => artifactBundles.id, { onDelete: "cascade" }),
      archiveId: k.int("archive_id").references(() => releaseArchives.id, { onDelete: "cascade" }),
      dateCreated: k.time("date_created").notNull(),
      dateUpdated: k.time("date_updated").notNull(),
    },
    (t) => [
      k.uniqueIndex("assemblies_ident").on(t.organizationId, t.ident),
      k
        .index("assemblies_pending")
        .on(t.dateUpdated, t.id)
        .where(sql`${t.state} in ('created', 'assembling')`),
      k.index("assemblies_updated").on(t.dateUpdated, t.id),
      k.index("assemblies_release").on(t.releaseId),
      k.index("assemblies_bundle").on(t.bundleId),
      k.index("assemblies_archive").on(t.archiveId),
    ],
  );

  return {
    blobs,
    chunks,
    releaseArchives,
    droppedFiles,
    releaseFiles,
    artifactBundles,
    artifactBundleProjects,
    artifactReleases,
    artifactBundleReleases,
    artifactFiles,
    artifactUrls,
    assemblies,
  };
}
