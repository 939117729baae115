import { getChunkOptions } from "@landfall/core/artifacts/get-chunk-options";
import { uploadChunks } from "@landfall/core/artifacts/upload-chunks";
import { ChunkUploadForm } from "@landfall/schema/forms/chunk-upload";
import { ChunkOptionsView } from "@landfall/schema/views/chunk-options";
import { get, ok, post, type Route } from "../route.ts";

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
