import { getChunkOptions } from "@landfall/core/artifacts/get-chunk-options";
import { uploadChunks } from "@landfall/core/artifacts/upload-chunks";
import { UPLOAD_LIMITS } from "@landfall/core/artifacts/upload-limits";
import { ChunkUploadForm } from "@landfall/schema/forms/chunk-upload";
import { ChunkOptionsView } from "@landfall/schema/views/chunk-options";
import { get, ok, post, type Route } from "../route.ts";

const PATH = "/organizations/:organization/chunk-upload/";

/** What clients leave out of account: the parts' headers, and the few bytes that packing may add. */
const OVERHEAD = 2 * 1024 * 1024;

/** How files get here: in chunks (contract 2, rows 20 and 21). */
export const chunkUploadRoutes: readonly Route[] = [
  get(PATH, { summary: "How to upload chunks of files", operation: getChunkOptions, answers: { 200: ChunkOptionsView }, answer: ok }),
  post(PATH, {
    summary: "Upload chunks of files",
    operation: uploadChunks,
    form: ChunkUploadForm,
    bodyLimit: UPLOAD_LIMITS.maxRequestSize + OVERHEAD,
    answers: { 200: null },
    answer: () => ({ status: 200 }),
  }),
];
