import type { SavedViewView } from "@landfall/schema/views/saved-view";

/** The query a page opens with when its address has none: that of the viewer's default view, unless it shows what comes anyway. */
export function defaultQuery(views: readonly SavedViewView[]): string | null {
  const query = views.find((view) => view.isDefault)?.query ?? "";
  return query === "" ? null : query;
}
