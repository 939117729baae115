import { createHash } from "node:crypto";
import path from "node:path";
import { createApp } from "@landfall/core/create-app";
import type { App } from "@landfall/core/kernel/app";
import type { Context } from "@landfall/core/kernel/context";
import { type MapReader, sharedReader } from "@landfall/core/kernel/map-reader";
import { uploadChunks } from "@landfall/core/operations/artifacts/upload-chunks";
import type { UploadPart } from "@landfall/core/records/artifacts/uploads";
import { fileBlobs } from "@landfall/db/blobs/file-blobs";
import { openSqlite } from "@landfall/db/sqlite/open";
import type { DataDirectory } from "../servers/data-directory.ts";

/** The part of a data directory that is passed to another process. */
export type Place = Pick<DataDirectory, "path" | "file" | "organization" | "token">;

/** The application on a data directory, in this process and without a server, so that its parts can be measured separately. */
export interface OpenApp extends AsyncDisposable {
  readonly app: App;
  readonly context: Context;
  /** Uploads an archive in chunks. Returns the input of its assembly. */
  upload(archive: Uint8Array): Promise<{ readonly checksum: string; readonly chunks: string[] }>;
}

/** As in the upload options of the server. */
const CHUNK = 8 * 1024 * 1024;

export async function openApp({ file, path: folder, organization, token }: Place, maps?: MapReader): Promise<OpenApp> {
  const store = await openSqlite({ path: file });
  const blobs = fileBlobs({ folder: path.join(folder, "blobs") });
  const app = createApp({ store, blobs, origin: "http://localhost", ...(maps && { maps: sharedReader(maps) }) });
  const context = await app.contextOf({ authorization: `Bearer ${token}`, userAgent: "bench", requestId: null });
  return {
    app,
    context,
    async upload(archive) {
      const chunks = cut(archive);
      await uploadChunks.call(context, { organization }, () => parts(chunks));
      return { checksum: sha1(archive), chunks: chunks.map(sha1) };
    },
    [Symbol.asyncDispose]: () => store.close(),
  };
}

const cut = (bytes: Uint8Array): Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / CHUNK) }, (_, at) => bytes.subarray(at * CHUNK, (at + 1) * CHUNK));

const sha1 = (bytes: Uint8Array): string => createHash("sha1").update(bytes).digest("hex");

async function* parts(chunks: readonly Uint8Array[]): AsyncIterable<UploadPart> {
  for (const chunk of chunks) {
    async function* bytes() {
      yield chunk;
    }
    yield { kind: "file", name: "file", filename: sha1(chunk), contentType: "", bytes: bytes() };
  }
}
