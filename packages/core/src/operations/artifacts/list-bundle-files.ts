import { missingMap } from "@landfall/artifacts/explain/missing-map";
import type { Reader } from "@landfall/db/store";
import type { ArtifactFileRow } from "@landfall/db/tables/schema";
import {
  type ArtifactBundleFileView,
  type ArtifactBundleView,
  BrowseBundleFilesInput,
  type BundleFileLineView,
  type BundleLineView,
  ListBundleFilesInput,
} from "@landfall/schema/artifacts/artifact-bundles";
import type { Page } from "@landfall/schema/page";
import { REL_READ } from "@landfall/schema/scope";
import { and, asc, eq, inArray } from "drizzle-orm";
import { atArtifactBundle } from "../../access/at-project.ts";
import { reachableProjects } from "../../access/project-reach.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { query } from "../../kernel/operation.ts";
import { describeBundles } from "../../records/artifacts/describe-bundles.ts";
import { describeBundleLines, KIND_NUMBERS, kindOf, knownMaps } from "./describe-bundle-lines.ts";
import { bundleNotFound, findBundles } from "./find-bundles.ts";
import { fileMatches } from "./search-conditions.ts";

/** A bundle, and a page of its files by URL. */
export type BundleFiles = { readonly bundle: ArtifactBundleView; readonly files: Page<ArtifactBundleFileView> };

/**
 * Lists the files of an artifact bundle by URL (contract 9.6). Throws `invalid` for a bundle that the project does not have. Pages use
 * `browseBundleFiles`, which returns other fields.
 */
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

/** A bundle, and a page of its files by URL, with the problem of each minified file. */
export type BrowsedFiles = { readonly bundle: BundleLineView; readonly files: Page<BundleFileLineView> };

/** Lists the files of an artifact bundle for a page. Throws `invalid` for a bundle that the project does not have. */
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
    const problemOf = (file: ArtifactFileRow) => (file.type === KIND_NUMBERS.minified ? missingMap(file, known, { hasRelease }) : null);
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
    // Whether a map is missing depends on headers and URLs, which the database cannot evaluate.
    const rows = missing
      ? (await files).filter((file) => problemOf(file) !== null).slice(window.offset, window.offset + window.limit)
      : await files.limit(window.limit).offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { bundle, files: { items: items.map((file) => describeFileForPage(file, problemOf(file))), ...links } };
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

/** The id of a file: its path in the bundle, in URL-safe base64 (contract 9.6). */
const bundleFileId = (path: string): string => {
  const id = Buffer.from(path).toString("base64url");
  return id + "=".repeat((4 - (id.length % 4)) % 4);
};
