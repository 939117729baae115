import * as z from "zod";

/** Without a type: a part that is not a file is ignored. */
const parts = z.unknown().optional().meta({ contentMediaType: "application/octet-stream" });

/** The form chunks are uploaded in (contract 9.2); for the description of the wire only, since its parts are read as they arrive. */
export const ChunkUploadForm = z.object({
  file: parts.describe("Chunks; the filename of each is the sha1 of its content."),
  file_gzip: parts.describe("Chunks packed with gzip; the filename of each is the sha1 of what was packed."),
});
