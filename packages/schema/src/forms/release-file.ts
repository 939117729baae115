import * as z from "zod";

/** The form a release's file is uploaded in (contract 8.1); for the description of the wire only. */
export const ReleaseFileForm = z.object({
  file: z.file(),
  name: z.string().optional().describe("Where it is served, as in ~/app.js; the file's own name when absent."),
  dist: z.string().optional(),
  header: z.array(z.string()).optional().describe("Headers it is served with, as in Sourcemap:app.js.map."),
});
