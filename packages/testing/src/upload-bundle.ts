import { createHash } from "node:crypto";
import type { App } from "@landfall/core/app";
import { assembleArtifactBundle } from "@landfall/core/artifacts/assemble-artifact-bundle";
import { createAssembler } from "@landfall/core/artifacts/assembler";
import { uploadChunks } from "@landfall/core/artifacts/upload-chunks";
import type { UploadPart } from "@landfall/core/artifacts/upload-part";
import type { Context } from "@landfall/core/context";
import { type BundleParts, makeBundle } from "./make-bundle.ts";

export type BundleUpload = {
  readonly organization: string;
  readonly projects: readonly string[];
  readonly version?: string;
  readonly dist?: string;
  readonly parts: BundleParts;
};

/** Uploads an artifact bundle as clients do, and waits until it was put together. Answers its bytes. */
export async function uploadBundle(
  app: App,
  context: Context,
  { organization, projects, parts, ...released }: BundleUpload,
): Promise<Uint8Array> {
  const bundle = makeBundle(parts);
  const checksum = createHash("sha1").update(bundle).digest("hex");
  await uploadChunks.call(context, { organization }, () => oneFile(bundle, checksum));
  await assembleArtifactBundle.call(context, { organization }, () => ({ checksum, chunks: [checksum], projects, ...released }));
  const assembler = createAssembler(app, { onError: fail });
  assembler.wake();
  await assembler.idle();
  return bundle;
}

/** A form with one file in it. */
export async function* oneFile(content: Uint8Array<ArrayBuffer>, filename: string): AsyncIterable<UploadPart> {
  yield { kind: "file", name: "file", filename, contentType: "text/plain", bytes: new Blob([content]).stream() };
}

function fail(error: unknown): never {
  throw error;
}
