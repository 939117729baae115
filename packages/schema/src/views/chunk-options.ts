import * as z from "zod";

/** How clients upload (contract 9.1). Only what works here is told of. */
export const ChunkOptionsView = z
  .object({
    url: z.string().describe("Where to send chunks; relative for clients of a certain age."),
    chunkSize: z.int(),
    chunksPerRequest: z.int(),
    maxFileSize: z.int(),
    maxRequestSize: z.int(),
    concurrency: z.int(),
    hashAlgorithm: z.literal("sha1"),
    compression: z.array(z.string()),
    accept: z.array(z.string()),
  })
  .meta({ id: "ChunkOptions" });
export type ChunkOptionsView = z.infer<typeof ChunkOptionsView>;
