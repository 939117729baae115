import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ReleaseFileRow } from "@landfall/db/tables/schema";
import { ReadReleaseFileInput, type ReleaseFileView } from "@landfall/schema/artifacts/release-files";
import { NoInput } from "@landfall/schema/fields/query";
import { REL_READ } from "@landfall/schema/scope";
import { eq } from "drizzle-orm";
import { atProjectReleaseFile, type AtReleaseFile, atReleaseFile } from "../../access/at-release.ts";
import type { Context } from "../../kernel/context.ts";
import { query } from "../../kernel/operation.ts";
import { assertCanDownload, basename, blobContent, type Content, memberContent } from "../../records/artifacts/content.ts";
import { describeReleaseFile, findReleaseFile } from "./find-file.ts";

/** The view of a file, or its content. */
export type FileOrContent = { readonly view: ReleaseFileView } | { readonly content: Content };

type On = { readonly db: Reader; readonly at: AtReleaseFile; readonly context: Context };

/** Returns a file of a release, or with `download` its content (contract 8.3). */
export const readReleaseFile = query({
  scope: REL_READ,
  at: atReleaseFile,
  input: ReadReleaseFileInput,
  run: (on, input) => readFile(on, input),
});

/** The same through one of the release's projects. */
export const readProjectReleaseFile = query({
  scope: REL_READ,
  at: atProjectReleaseFile,
  input: ReadReleaseFileInput,
  run: (on, input) => readFile(on, input),
});

async function readFile({ db, at, context }: On, { download }: { readonly download?: string | undefined }): Promise<FileOrContent> {
  if (download !== undefined) assertCanDownload(at.access.scopes);
  const row = await findReleaseFile(db, at.release.id, at.file);
  return download === undefined ? { view: describeReleaseFile(row) } : { content: await openContent(db, context, row) };
}

/** Returns the content of a file. */
async function openContent(db: Reader, context: Context, row: ReleaseFileRow): Promise<Content> {
  const [blob] = row.isMember ? await findArchiveBlob(db, { id: row.archiveId ?? 0 }) : await findBlob(db, { id: row.blobId ?? 0 });
  if (!blob) throw new Error(`the file ${row.id} has no blob`);
  const about = { filename: basename(row.name), contentType: typeOf(row), size: row.size, tag: row.sha1 };
  return row.place === null ? blobContent(context, blob, about) : memberContent(context, blob, row.place, about);
}

/** Only a header whose name is in lower case is used (contract 8.3). */
const typeOf = ({ headers }: ReleaseFileRow): string | null =>
  Object.hasOwn(headers, "content-type") ? (headers["content-type"] ?? null) : null;

const findBlob = prepared((db: Reader, param: { id: number }) => {
  const { blobs } = db.tables;
  return db.select({ name: blobs.name, size: blobs.size }).from(blobs).where(eq(blobs.id, param.id)).prepare();
});

const findArchiveBlob = prepared((db: Reader, param: { id: number }) => {
  const { blobs, releaseArchives } = db.tables;
  return db
    .select({ name: blobs.name, size: blobs.size })
    .from(releaseArchives)
    .innerJoin(blobs, eq(blobs.id, releaseArchives.blobId))
    .where(eq(releaseArchives.id, param.id))
    .prepare();
});

/** Returns one file of a release. `readReleaseFile` returns its content. */
export const getReleaseFile = query({
  scope: REL_READ,
  at: atReleaseFile,
  input: NoInput,
  run: async ({ db, at }) => describeReleaseFile(await findReleaseFile(db, at.release.id, at.file)),
});
