import { prepared } from "@landfall/db/prepared";
import type { ProjectRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { and, eq, sql } from "drizzle-orm";
import { notFound } from "../app-error.ts";
import type { Context } from "../context.ts";
import { readId } from "../read-id.ts";
import { blobContent, type Content } from "./content.ts";
import { isShownArchive, isShownFile } from "./shown-files.ts";

/** The bytes of something that was found for a project, by its id there. Throws 404 for what is not the project's. */
export async function openArtifact(db: Reader, context: Context, project: ProjectRow, id: string): Promise<Content> {
  const [kind = "", number = ""] = id.split("/");
  const select = selectByKind[kind];
  if (!select) throw notFound();
  const [blob] = await select(db, { projectId: project.id, id: readId(number) });
  if (!blob) throw notFound();
  return blobContent(context, blob, { filename: `${kind}-${number}`, contentType: null, size: blob.size, tag: blob.sha1 });
}

type Blob = { readonly name: string; readonly size: number; readonly sha1: string };
type Select = (db: Reader, values: Record<string, unknown>) => Promise<Blob[]>;

const blobColumns = ({ tables: { blobs } }: Reader) => ({ name: blobs.name, size: blobs.size, sha1: blobs.sha1 });

const selectBundle: Select = prepared((db: Reader) => {
  const { artifactBundleProjects, artifactBundles, blobs } = db.tables;
  return db
    .select(blobColumns(db))
    .from(artifactBundleProjects)
    .innerJoin(artifactBundles, eq(artifactBundles.id, artifactBundleProjects.bundleId))
    .innerJoin(blobs, eq(blobs.id, artifactBundles.blobId))
    .where(
      and(eq(artifactBundleProjects.projectId, sql.placeholder("projectId")), eq(artifactBundleProjects.bundleId, sql.placeholder("id"))),
    )
    .prepare();
});

const selectFile: Select = prepared((db: Reader) => {
  const { releaseProjects, releaseFiles, blobs } = db.tables;
  return db
    .select(blobColumns(db))
    .from(releaseFiles)
    .innerJoin(blobs, eq(blobs.id, releaseFiles.blobId))
    .innerJoin(
      releaseProjects,
      and(eq(releaseProjects.releaseId, releaseFiles.releaseId), eq(releaseProjects.projectId, sql.placeholder("projectId"))),
    )
    .where(and(eq(releaseFiles.id, sql.placeholder("id")), isShownFile(db)))
    .prepare();
});

const selectArchive: Select = prepared((db: Reader) => {
  const { releaseProjects, releaseArchives, blobs } = db.tables;
  return db
    .select(blobColumns(db))
    .from(releaseArchives)
    .innerJoin(blobs, eq(blobs.id, releaseArchives.blobId))
    .innerJoin(
      releaseProjects,
      and(eq(releaseProjects.releaseId, releaseArchives.releaseId), eq(releaseProjects.projectId, sql.placeholder("projectId"))),
    )
    .where(and(eq(releaseArchives.id, sql.placeholder("id")), isShownArchive(db)))
    .prepare();
});

const selectByKind: Readonly<Record<string, Select | undefined>> = Object.assign(Object.create(null), {
  artifact_bundle: selectBundle,
  release_file: selectFile,
  release_archive: selectArchive,
});
