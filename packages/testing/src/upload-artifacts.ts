import { createHash } from "node:crypto";
import type { App } from "@landfall/core/app";
import { assembleArtifactBundle } from "@landfall/core/artifacts/assemble-artifact-bundle";
import { createAssembler } from "@landfall/core/artifacts/assembler";
import { uploadChunks } from "@landfall/core/artifacts/upload-chunks";
import type { UploadPart } from "@landfall/core/artifacts/upload-part";
import type { Context } from "@landfall/core/context";
import { uploadReleaseFile } from "@landfall/core/release-files/upload-release-file";
import { makeBundle } from "./make-bundle.ts";

export type Artifacts = {
  readonly organization: string;
  readonly project: string;
  /** The release that is given a file called a.js. */
  readonly version: string;
  readonly bundleId: string;
};

/** The debug id of the file `a` in the bundle. */
export const DEBUG_ID = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";

/** Gives a release a single file, and its project a bundle for that version whose one file is at the path "a". */
export async function uploadArtifacts(app: App, context: Context, { organization, project, version, bundleId }: Artifacts): Promise<void> {
  await uploadReleaseFile.call(context, { organization, version }, () => oneFile(new Uint8Array(3), "a.js"));
  const file = { url: "~/a.js", type: "minified_source", headers: { "debug-id": DEBUG_ID }, content: "a" };
  const bundle = makeBundle({ debug_id: bundleId, files: { a: file } });
  const checksum = createHash("sha1").update(bundle).digest("hex");
  await uploadChunks.call(context, { organization }, () => oneFile(bundle, checksum));
  await assembleArtifactBundle.call(context, { organization }, () => ({ checksum, chunks: [checksum], projects: [project], version }));
  const assembler = createAssembler(app, { onError: fail });
  assembler.wake();
  await assembler.idle();
}

async function* oneFile(content: Uint8Array, filename: string): AsyncIterable<UploadPart> {
  yield { kind: "file", name: "file", filename, contentType: "text/plain", bytes: ReadableStream.from([content]) };
}

function fail(error: unknown): never {
  throw error;
}
