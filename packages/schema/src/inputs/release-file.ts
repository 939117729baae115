import * as z from "zod";
import { body } from "../fields/body.ts";
import { text } from "../fields/text.ts";
import { pageParams, queryText, queryTexts } from "./query.ts";

/** Query of a release's files (contract 8.2): any of the texts in the name, and any of the checksums. */
export const ListReleaseFilesInput = z.object({
  query: queryTexts().optional().describe("A part of the name, in any case; of several, any."),
  checksum: queryTexts().optional().describe("The sha1 of the content; of several, any."),
  ...pageParams,
});

/** Query of one file (contract 8.3). */
export const ReadReleaseFileInput = z.object({
  download: queryText().optional().describe("With any value, the bytes in place of what is told of them."),
});

/** PUT of a release's file (contract 8.4). */
export const RenameReleaseFileInput = body({ name: text({ max: 200 }) });
