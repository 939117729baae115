import { getOverview } from "@landfall/core/overview/get-overview";
import { queryOf, router } from "../trpc.ts";

/** What the home page tells. */
export const overviewRouter = router({ get: queryOf(getOverview) });
