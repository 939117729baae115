import * as z from "zod";

/** How the assembly of an archive stands (contract 9.3). `detail` is there once there is something to tell. */
export const AssemblyView = z
  .object({
    state: z.enum(["not_found", "created", "assembling", "ok", "error"]),
    missingChunks: z.array(z.string()).describe("Chunks that have yet to be uploaded."),
    detail: z.string().nullable().optional().describe("What went wrong, in a sentence."),
  })
  .meta({ id: "Assembly" });
export type AssemblyView = z.infer<typeof AssemblyView>;
