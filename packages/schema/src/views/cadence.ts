import * as z from "zod";

/** How often a project releases and deploys. */
export const CadenceView = z.object({
  /** Whole weeks, the oldest first; the last is the one that is not over yet. */
  weeks: z.array(
    z.object({
      /** Its Monday, at midnight in UTC. */
      start: z.iso.datetime(),
      /** Releases by date released, else created, archived ones too; null where there are more than are counted. */
      releases: z.number().int().nullable(),
      /** Finished deploys; null where there are more than are looked at. */
      deploys: z.number().int().nullable(),
    }),
  ),
});
export type CadenceView = z.infer<typeof CadenceView>;

/** How many releases a project has, archived ones too; counting stops at 10,000. */
export const ReleaseTallyView = z.object({ project: z.string(), count: z.number().int(), isCapped: z.boolean() });
export type ReleaseTallyView = z.infer<typeof ReleaseTallyView>;
