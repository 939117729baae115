import { invalidRequest, isAppError } from "@landfall/core/kernel/app-error";
import { assembleArtifactBundle, assembleRelease } from "@landfall/core/operations/artifacts/assemble";
import { getChunkOptions, uploadChunks } from "@landfall/core/operations/artifacts/upload-chunks";
import {
  AssembleBundleShape,
  AssembleReleaseShape,
  AssemblyView,
  ChunkOptionsView,
  ChunkUploadForm,
} from "@landfall/schema/artifacts/uploads";
import { get, ok, post, type Route } from "../http/route.ts";

const PATH = "/organizations/:organization/chunk-upload/";

/** The upload of files in chunks (contract 2, rows 20 and 21). */
export const chunkUploadRoutes: readonly Route[] = [
  get(PATH, { summary: "How to upload chunks of files", operation: getChunkOptions, responses: { 200: ChunkOptionsView }, respond: ok }),
  post(PATH, {
    summary: "Upload chunks of files",
    operation: uploadChunks,
    form: ChunkUploadForm,
    responses: { 200: null },
    respond: () => ({ status: 200 }),
  }),
];

/** Assembly routes return `{"error": …}` also for a body that is empty or not JSON (contract 9.3). */
const withJsonErrors = (route: Route): Route => ({
  ...route,
  authorize(context) {
    const run = route.authorize(context);
    return (exchange) => run({ ...exchange, input: () => parsedBody(exchange.input) });
  },
});

function parsedBody(read: () => unknown): unknown {
  try {
    const body = read();
    if (body !== undefined) return body;
  } catch (error) {
    if (!isAppError(error) || error.code !== "invalid") throw error;
  }
  throw invalidRequest("Invalid json body");
}

/** The assembly of archives from uploaded chunks (contract 2, rows 18 and 22). */
export const assembleRoutes: readonly Route[] = [
  post("/organizations/:organization/releases/:version/assemble/", {
    summary: "Assemble an archive of a release from its chunks, or get the state of the assembly",
    operation: assembleRelease,
    shape: AssembleReleaseShape,
    responses: { 200: AssemblyView },
    respond: ok,
  }),
  post("/organizations/:organization/artifactbundle/assemble/", {
    summary: "Assemble an artifact bundle from its chunks, or get its state and the missing chunks",
    operation: assembleArtifactBundle,
    shape: AssembleBundleShape,
    responses: { 200: AssemblyView },
    respond: ok,
  }),
].map(withJsonErrors);
