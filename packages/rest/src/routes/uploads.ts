import { isAppError } from "@landfall/core/kernel/app-error";
import { assembleArtifactBundle, assembleRelease, invalidRequest } from "@landfall/core/operations/artifacts/assemble";
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

/** How files get here: in chunks (contract 2, rows 20 and 21). */
export const chunkUploadRoutes: readonly Route[] = [
  get(PATH, { summary: "How to upload chunks of files", operation: getChunkOptions, answers: { 200: ChunkOptionsView }, answer: ok }),
  post(PATH, {
    summary: "Upload chunks of files",
    operation: uploadChunks,
    form: ChunkUploadForm,
    answers: { 200: null },
    answer: () => ({ status: 200 }),
  }),
];

/** These answer `{"error": …}` also to what is no JSON (contract 9.3). */
const withJsonErrors = (route: Route): Route => ({
  ...route,
  run: (exchange) =>
    route.run({
      ...exchange,
      input() {
        try {
          const body = exchange.input();
          return body === undefined ? throwInvalidJson() : body;
        } catch (error) {
          throw isAppError(error) && error.code === "invalid" ? invalidRequest("Invalid json body") : error;
        }
      },
    }),
});

/** An empty body is no JSON either. */
const throwInvalidJson = (): never => {
  throw invalidRequest("Invalid json body");
};

/** Archives put together from uploaded chunks (contract 2, rows 18 and 22). */
export const assembleRoutes: readonly Route[] = [
  post("/organizations/:organization/releases/:version/assemble/", {
    summary: "Put an archive of a release together from its chunks, or ask how that stands",
    operation: assembleRelease,
    shape: AssembleReleaseShape,
    answers: { 200: AssemblyView },
    answer: ok,
  }),
  post("/organizations/:organization/artifactbundle/assemble/", {
    summary: "Put an artifact bundle together from its chunks, or ask how that stands and what is missing",
    operation: assembleArtifactBundle,
    shape: AssembleBundleShape,
    answers: { 200: AssemblyView },
    answer: ok,
  }),
].map(withJsonErrors);
