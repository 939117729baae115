import * as z from "zod";

/** A file of a release (contract 8.1). Ids of files that came in an archive are not numbers. */
export const ReleaseFileView = z
  .object({
    id: z.string(),
    name: z.string(),
    dist: z.string().nullable(),
    headers: z.record(z.string(), z.string()),
    size: z.int(),
    sha1: z.string(),
    dateCreated: z.iso.datetime(),
  })
  .meta({ id: "ReleaseFile" });
export type ReleaseFileView = z.infer<typeof ReleaseFileView>;
