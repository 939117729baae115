import { ListSavedViewsInput } from "@landfall/schema/inputs/saved-view";
import { ORG_READ } from "@landfall/schema/scope";
import type { SavedViewsView } from "@landfall/schema/views/saved-view";
import { asc } from "drizzle-orm";
import { query } from "../operation.ts";
import { atOwnViews } from "./at-own-views.ts";
import { describeSavedView } from "./describe-saved-view.ts";
import { ownViewsOf } from "./own-views-of.ts";

/** The caller's own views of a page, by name. Throws 403 for tokens of organizations, which have none. */
export const listSavedViews = query({
  scope: ORG_READ,
  at: atOwnViews,
  input: ListSavedViewsInput,
  run: async ({ db, at }, { page }): Promise<SavedViewsView> => {
    const { savedViews } = db.tables;
    const rows = await db
      .select()
      .from(savedViews)
      .where(ownViewsOf(db, at, page))
      .orderBy(asc(savedViews.name));
    return { items: rows.map(describeSavedView) };
  },
});
