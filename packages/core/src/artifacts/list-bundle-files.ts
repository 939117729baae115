import type { ArtifactFileRow } from "@landfall/db/rows";
import { ListBundleFilesInput } from "@landfall/schema/inputs/artifact-bundle";
import { REL_READ } from "@landfall/schema/scope";
import type { ArtifactBundleFileView, ArtifactBundleView } from "@landfall/schema/views/artifact-bundle";
import type { Page } from "@landfall/schema/views/page";
import { and, asc, eq } from "drizzle-orm";
import { atArtifactBundle } from "../access/at-artifact-bundle.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { describeBundles } from "./describe-bundles.ts";
import { bundleFileId } from "./bundle-file-id.ts";
import { findBundles } from "./find-bundle.ts";
import { fileMatches } from "./holds-file.ts";
import { bundleNotFound } from "./not-bound.ts";

/** A bundle, and a page of its files by address. */
export type BundleFiles = { readonly bundle: ArtifactBundleView; readonly files: Page<ArtifactBundleFileView> };

/** The files of an artifact bundle by address (contract 9.6). Throws `invalid` for a bundle that is not the project's. */
export const listBundleFiles = query({
  scope: REL_READ,
  at: atArtifactBundle,
  input: ListBundleFilesInput,
  run: async ({ db, at: { project, bundle: bundleId } }, input): Promise<BundleFiles> => {
    const [row] = await findBundles(db, project, bundleId);
    const [bundle] = await describeBundles(db, row ? [row] : []);
    if (!row || !bundle) throw bundleNotFound(bundleId);
    const window = offsetWindow(input);
    const { artifactFiles } = db.tables;
    const rows = await db
      .select()
      .from(artifactFiles)
      .where(and(eq(artifactFiles.bundleId, row.id), input.query ? fileMatches(db, input.query) : undefined))
      .orderBy(asc(artifactFiles.id))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { bundle, files: { items: items.map(describeFileForApi), ...links } };
  },
});

const describeFileForApi = ({ path, url, type, size, debugId, headers }: ArtifactFileRow): ArtifactBundleFileView => ({
  id: bundleFileId(path),
  fileType: type,
  filePath: url ?? path,
  fileSize: size,
  debugId,
  sourcemap: headers["sourcemap"] ?? null,
});
