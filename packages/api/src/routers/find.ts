import { searchChanges } from "@landfall/core/find/find-changes";
import { queryOf, router } from "../trpc.ts";

export const searchRouter = router({ changes: queryOf(searchChanges) });
