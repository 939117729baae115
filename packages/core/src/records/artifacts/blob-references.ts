import type { Reader } from "@landfall/db/store";
import { belongsToProject } from "./delete-bundles.ts";
import { isShownArchive, isShownFile } from "./release-files.ts";

/**
 * Every column that refers to a blob, each of which has an index. `isVisible` excludes rows that are being written or deleted. An
 * organization owns a row itself, or through a release.
 */
export function blobReferences(db: Reader) {
  const { artifactBundles, releaseFiles, releaseArchives, chunks } = db.tables;
  return [
    {
      kind: "bundle",
      table: artifactBundles,
      blobId: artifactBundles.blobId,
      isVisible: belongsToProject(db),
      owner: { organizationId: artifactBundles.organizationId },
    },
    {
      kind: "file",
      table: releaseFiles,
      blobId: releaseFiles.blobId,
      isVisible: isShownFile(db),
      owner: { releaseId: releaseFiles.releaseId },
    },
    {
      kind: "archive",
      table: releaseArchives,
      blobId: releaseArchives.blobId,
      isVisible: isShownArchive(db),
      owner: { releaseId: releaseArchives.releaseId },
    },
    { kind: "chunk", table: chunks, blobId: chunks.blobId, isVisible: undefined, owner: { organizationId: chunks.organizationId } },
  ] as const;
}
