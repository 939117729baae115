import * as z from "zod";

/** A deploy of a release to an environment (contract 12.4). */
export const DeployView = z
  .object({
    id: z.string(),
    environment: z.string(),
    dateStarted: z.iso.datetime().nullable(),
    dateFinished: z.iso.datetime(),
    name: z.string().nullable(),
    url: z.string().nullable(),
  })
  .meta({ id: "Deploy" });
export type DeployView = z.infer<typeof DeployView>;
