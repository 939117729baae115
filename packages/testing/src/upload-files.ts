import { createHash } from "node:crypto";
import type { App } from "@landfall/core/app";
import { assembleRelease } from "@landfall/core/artifacts/assemble-release";
import { createAssembler } from "@landfall/core/artifacts/assembler";
import { uploadChunks } from "@landfall/core/artifacts/upload-chunks";
import type { UploadPart } from "@landfall/core/artifacts/upload-part";
import type { Context } from "@landfall/core/context";
import { uploadReleaseFile } from "@landfall/core/release-files/upload-release-file";
import { oneFile } from "./upload-bundle.ts";

/** Whose files they are. */
type OfRelease = { readonly organization: string; readonly version: string };

/** A file of a release, sent by itself. Headers are `Key:Value`. */
export type ReleaseFileParts = {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly dist?: string;
  readonly headers?: readonly string[];
};

/** Uploads a file of a release as old clients do, one at a time. */
export async function uploadFile(
  context: Context,
  at: OfRelease,
  { name, content, dist = "", headers = [] }: ReleaseFileParts,
): Promise<void> {
  async function* parts(): AsyncIterable<UploadPart> {
    yield { kind: "field", name: "name", value: name };
    yield { kind: "field", name: "dist", value: dist };
    for (const value of headers) yield { kind: "field", name: "header", value };
    yield* oneFile(Buffer.from(content), "file.js");
  }
  await uploadReleaseFile.call(context, at, parts);
}

/** Uploads an archive of files for one release, and waits until it is put together. */
export async function uploadArchive(
  app: App,
  context: Context,
  { organization, version }: OfRelease,
  archive: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const checksum = createHash("sha1").update(archive).digest("hex");
  await uploadChunks.call(context, { organization }, () => oneFile(archive, checksum));
  await assembleRelease.call(context, { organization, version }, () => ({ checksum, chunks: [checksum] }));
  const assembler = createAssembler(app, { onError: fail });
  assembler.wake();
  await assembler.idle();
}

function fail(error: unknown): never {
  throw error;
}
