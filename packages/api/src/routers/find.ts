import { findChanges } from "@landfall/core/find/find-changes";
import { queryOf, router } from "../trpc.ts";

export const findRouter = router({ changes: queryOf(findChanges) });
