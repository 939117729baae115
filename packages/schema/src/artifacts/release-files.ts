import * as z from "zod";
import { body } from "../fields/composites.ts";
import { pageParams, queryText, queryTexts } from "../fields/query.ts";
import { text } from "../fields/text.ts";

/** Query of a release's files (contract 8.2): any of the texts in the name, and any of the checksums. */
export const ListReleaseFilesInput = z.object({
  query: queryTexts().optional().describe("A part of the name, ignoring case; several match any."),
  checksum: queryTexts().optional().describe("The sha1 of the content; several match any."),
  ...pageParams,
});

/** Query of one file (contract 8.3). */
export const ReadReleaseFileInput = z.object({
  download: queryText().optional().describe("With any value, the bytes instead of the metadata."),
});

/** PUT of a release's file (contract 8.4). */
export const RenameReleaseFileInput = body({ name: text({ max: 200 }) });

/** A file of a release (contract 8.1). Ids of files in archives are not numbers. */
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

/** The upload form of a release's file (contract 8.1); only for the API description. */
export const ReleaseFileForm = z.object({
  file: z.file(),
  name: z.string().optional().describe("The URL of the file, such as ~/app.js; by default the file name."),
  dist: z.string().optional(),
  header: z.array(z.string()).optional().describe("HTTP headers of the file, such as Sourcemap:app.js.map."),
});
