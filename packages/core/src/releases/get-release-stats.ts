import { REL_READ } from "@landfall/schema/scope";
import * as z from "zod";
import { atProjectRelease } from "../access/at-project-release.ts";
import { query } from "../operation.ts";

/** Session figures of a release in a project (contract 10.3): empty, since no sessions are received. */
export const getReleaseStats = query({
  scope: REL_READ,
  at: atProjectRelease,
  input: z.object({ type: z.enum(["sessions", "users"], "invalid stat").default("sessions") }),
  run: () => Promise.resolve({ stats: [], statTotals: {}, usersBreakdown: [] }),
});
