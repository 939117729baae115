import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { NoInput } from "@landfall/schema/inputs/nothing";
import { REL_READ } from "@landfall/schema/scope";
import { and, eq, sql } from "drizzle-orm";
import { atBundleFile } from "../access/at-artifact-bundle.ts";
import type { AtProject } from "../access/at-project.ts";
import { notFound } from "../app-error.ts";
import type { Context } from "../context.ts";
import { query } from "../operation.ts";
import { textKey } from "./artifact-keys.ts";
import { assertCanDownload, basename, type Content, memberContent } from "./content.ts";
import { findBundles } from "./find-bundle.ts";
import { bundleNotFound } from "./not-bound.ts";

/** The bytes of a file of an artifact bundle (contract 9.6). */
export const readBundleFile = query({
  scope: REL_READ,
  at: atBundleFile,
  input: NoInput,
  run: ({ db, at, context }): Promise<Content> => openBundleFile(db, context, at),
});

/** The bytes of a bundle's file, for whoever may read them. Throws an empty 403, `invalid` for a bundle that is not the project's, or 404. */
export async function openBundleFile(
  db: Reader,
  context: Context,
  { access, project, bundle: bundleId, file }: AtProject & { readonly bundle: string; readonly file: string },
): Promise<Content> {
  assertCanDownload(access.scopes);
  const [bundle] = await findBundles(db, project, bundleId);
  if (!bundle) throw bundleNotFound(bundleId);
  const path = Buffer.from(file, "base64url").toString();
  const [found] = await selectMember(db, { bundleId: bundle.id, pathKey: textKey(path) });
  if (!found) throw notFound();
  const { row, blob } = found;
  const about = {
    filename: basename(row.url ?? row.path),
    contentType: null,
    size: row.size,
    tag: `${bundle.checksum}-${row.place.offset}`,
  };
  return memberContent(context, blob, row.place, about);
}

const selectMember = prepared((db: Reader) => {
  const { artifactFiles, artifactBundles, blobs } = db.tables;
  return db
    .select({ row: artifactFiles, blob: { name: blobs.name, size: blobs.size } })
    .from(artifactFiles)
    .innerJoin(artifactBundles, eq(artifactBundles.id, artifactFiles.bundleId))
    .innerJoin(blobs, eq(blobs.id, artifactBundles.blobId))
    .where(and(eq(artifactFiles.bundleId, sql.placeholder("bundleId")), eq(artifactFiles.pathKey, sql.placeholder("pathKey"))))
    .prepare();
});
