import { isBundleProblem } from "@landfall/artifacts/archive/bundle-problem";
import { readWhole } from "@landfall/db/blobs/blob-store";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { CheckedMapView } from "@landfall/schema/artifacts/artifact-bundles";
import { NoInput } from "@landfall/schema/fields/query";
import { REL_READ } from "@landfall/schema/scope";
import { and, eq } from "drizzle-orm";
import { atBundleFile, type AtProject } from "../../access/at-project.ts";
import { quoted } from "../../access/unknown-names.ts";
import { notFound } from "../../kernel/app-error.ts";
import type { Context } from "../../kernel/context.ts";
import { query } from "../../kernel/operation.ts";
import { assertCanDownload, basename, type Content, memberContent } from "../../records/artifacts/content.ts";
import { textKey } from "../../records/artifacts/file-keys.ts";
import { bundleNotFound, findBundles } from "./find-bundles.ts";

/** Returns the content of a file of an artifact bundle (contract 9.6). */
export const readBundleFile = query({
  scope: REL_READ,
  at: atBundleFile,
  input: NoInput,
  run: ({ db, at, context }): Promise<Content> => openBundleFile(db, context, at),
});

/** @throws 403 without a body, `invalid` for a bundle that the project does not have, or 404 for an unknown file. */
async function openBundleFile(
  db: Reader,
  context: Context,
  { access, project, bundle: bundleId, file }: AtProject & { readonly bundle: string; readonly file: string },
): Promise<Content> {
  assertCanDownload(access.scopes);
  const [bundle] = await findBundles(db, project, bundleId);
  if (!bundle) throw bundleNotFound(bundleId);
  const path = Buffer.from(file, "base64url").toString();
  const [found] = await selectMember(db, { bundleId: bundle.id, pathKey: textKey(path) });
  if (!found) throw notFound(`The artifact bundle has no file ${quoted(path)}.`);
  const { row, blob } = found;
  const about = {
    filename: basename(row.url ?? row.path),
    contentType: null,
    size: row.size,
    tag: `${bundle.checksum}-${row.place.offset}`,
  };
  return memberContent(context, blob, row.place, about);
}

const selectMember = prepared((db: Reader, param: { bundleId: number; pathKey: string }) => {
  const { artifactFiles, artifactBundles, blobs } = db.tables;
  return db
    .select({ row: artifactFiles, blob: { name: blobs.name, size: blobs.size } })
    .from(artifactFiles)
    .innerJoin(artifactBundles, eq(artifactBundles.id, artifactFiles.bundleId))
    .innerJoin(blobs, eq(blobs.id, artifactBundles.blobId))
    .where(and(eq(artifactFiles.bundleId, param.bundleId), eq(artifactFiles.pathKey, param.pathKey)))
    .prepare();
});

/** The largest map that is checked, in bytes. A page waits for the result; the CLI can check larger maps. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Returns for how many sources a source map of a bundle has text. Reads the whole map, so it requires the scope for downloads. */
export const checkSourceMap = query({
  scope: REL_READ,
  at: atBundleFile,
  input: NoInput,
  run: async ({ db, at, context }): Promise<CheckedMapView> => {
    const content = await openBundleFile(db, context, at);
    if (content.size > MAX_BYTES) return { problem: "It is larger than 32 MiB, the limit of this check." };
    try {
      const reader = context.maps.forRequest(at.access.organization.id);
      const reading = await reader.checkSources({ key: content.tag, bytes: () => readWhole(content.read()) });
      if (!reading.isRead) return { problem: reading.problem };
      return { problem: null, sources: reading.sources, withText: reading.withText, without: [...reading.without] };
    } catch (error) {
      if (isBundleProblem(error)) return { problem: error.message };
      throw error;
    }
  },
});
