import * as z from "zod";

/** The versions whose state was changed, and those that were in it before. */
export const ChangedStatusView = z.object({ changed: z.array(z.string()), unchanged: z.array(z.string()) });
export type ChangedStatusView = z.infer<typeof ChangedStatusView>;
