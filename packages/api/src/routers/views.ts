import { listSavedViews } from "@landfall/core/saved-views/list-saved-views";
import { removeView } from "@landfall/core/saved-views/remove-view";
import { saveView } from "@landfall/core/saved-views/save-view";
import { mutationOf, queryOf, router } from "../trpc.ts";

/** The views the caller saved of pages. */
export const savedViewsRouter = router({ list: queryOf(listSavedViews), save: mutationOf(saveView), remove: mutationOf(removeView) });
