import { missingMap } from "@landfall/artifacts/explain/missing-map";
import type { ArtifactFileRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { BrowseBundleFilesInput } from "@landfall/schema/inputs/artifact-bundle";
import { REL_READ } from "@landfall/schema/scope";
import type { BundleFileLineView, BundleLineView } from "@landfall/schema/views/bundle-line";
import type { Page } from "@landfall/schema/views/page";
import { and, asc, eq, inArray } from "drizzle-orm";
import { atArtifactBundle } from "../access/at-artifact-bundle.ts";
import { reachableProjects } from "../access/project-reach.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { bundleFileId } from "./bundle-file-id.ts";
import { knownMaps } from "./count-missing.ts";
import { describeBundleLines } from "./describe-bundle-lines.ts";
import { KIND_NUMBERS, kindOf } from "./file-kinds.ts";
import { findBundles } from "./find-bundle.ts";
import { fileMatches } from "./holds-file.ts";
import { bundleNotFound } from "./not-bound.ts";

/** A bundle, and a page of its files by address, with what is missing of each. */
export type BrowsedFiles = { readonly bundle: BundleLineView; readonly files: Page<BundleFileLineView> };

/** The files of an artifact bundle as pages list them. Throws `invalid` for a bundle that is not the project's. */
export const browseBundleFiles = query({
  scope: REL_READ,
  at: atArtifactBundle,
  input: BrowseBundleFilesInput,
  run: async (
    { db, at: { access, project, bundle: bundleId } },
    { query: text = "", missing = false, ...input },
  ): Promise<BrowsedFiles> => {
    const [row] = await findBundles(db, project, bundleId);
    const lines = row ? await describeBundleLines(db, { ids: [row.id], reach: await reachableProjects(db, access), query: "" }) : [];
    const [bundle] = lines;
    if (!row || !bundle) throw bundleNotFound(bundleId);
    const known = knownMaps(await selectMaps(db, row.id));
    const hasRelease = bundle.associations.length > 0;
    const lacks = (file: ArtifactFileRow) => (file.type === KIND_NUMBERS.minified ? missingMap(file, known, { hasRelease }) : null);
    const window = offsetWindow(input);
    const { artifactFiles } = db.tables;
    const files = db
      .select()
      .from(artifactFiles)
      .where(
        and(
          eq(artifactFiles.bundleId, row.id),
          text === "" ? undefined : fileMatches(db, text),
          missing ? eq(artifactFiles.type, KIND_NUMBERS.minified) : undefined,
        ),
      )
      .orderBy(asc(artifactFiles.id));
    // What is missing is told by headers and addresses, which the database does not understand.
    const rows = missing
      ? (await files).filter((file) => lacks(file) !== null).slice(window.offset, window.offset + window.limit)
      : await files.limit(window.limit).offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { bundle, files: { items: items.map((file) => describeFileForPage(file, lacks(file))), ...links } };
  },
});

function selectMaps(db: Reader, id: number) {
  const { bundleId, type, url, path, debugId } = db.tables.artifactFiles;
  return db
    .select({ url, path, debugId })
    .from(db.tables.artifactFiles)
    .where(and(eq(bundleId, id), inArray(type, [KIND_NUMBERS.map])));
}

const describeFileForPage = (file: ArtifactFileRow, missing: ReturnType<typeof missingMap>): BundleFileLineView => ({
  id: bundleFileId(file.path),
  name: file.url ?? file.path,
  kind: kindOf(file.type),
  size: file.size,
  debugId: file.debugId,
  missing: missing && { reason: missing.reason, map: missing.reason === "missing" ? missing.map : null },
});
