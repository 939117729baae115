import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { ProjectRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { and, asc, eq, sql } from "drizzle-orm";
import { fileIdent } from "../artifacts/artifact-keys.ts";
import type { StoredFile } from "./stored-file.ts";
import { isShownFile } from "../artifacts/shown-files.ts";

/** Files of a project's release and dist that have one of these names: single ones, and behind them members of its archives. */
export async function selectReleaseFiles(
  db: Reader,
  { organizationId, id: projectId }: ProjectRow,
  { version, dist, names }: { readonly version: string; readonly dist: string; readonly names: readonly string[] },
): Promise<StoredFile[]> {
  const idents = JSON.stringify(names.map((name) => fileIdent(name, dist)));
  const rows = await byIdent(db, { organizationId, projectId, version, idents });
  return rows.map((row) => ({ ...row, kind: /\.map(?:\?.*)?$/.test(row.name) ? "map" : "script", debugId: null, bundle: null }));
}

const byIdent = prepared((db: Reader) => {
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
    .innerJoin(
      releaseProjects,
      and(eq(releaseProjects.releaseId, releases.id), eq(releaseProjects.projectId, sql.placeholder("projectId"))),
    )
    .innerJoin(releaseFiles, and(eq(releaseFiles.releaseId, releases.id), anyOf(releaseFiles.ident, "idents")))
    .leftJoin(releaseArchives, eq(releaseArchives.id, releaseFiles.archiveId))
    .innerJoin(blobs, eq(blobs.id, sql`coalesce(${releaseFiles.blobId}, ${releaseArchives.blobId})`))
    .where(
      and(
        eq(releases.organizationId, sql.placeholder("organizationId")),
        eq(releases.version, sql.placeholder("version")),
        isShownFile(db),
      ),
    )
    .orderBy(asc(releaseFiles.isMember))
    .prepare();
});
