import type { App } from "@landfall/core/app";
import type { Context } from "@landfall/core/context";
import { uploadReleaseFile } from "@landfall/core/release-files/upload-release-file";
import { oneFile, uploadBundle } from "./upload-bundle.ts";

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
  await uploadBundle(app, context, { organization, projects: [project], version, parts: { debug_id: bundleId, files: { a: file } } });
}
