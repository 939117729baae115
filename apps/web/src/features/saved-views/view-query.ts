import type { SavedViewView } from "@landfall/schema/organizations/saved-views";

/** Returns the query of the viewer's default view; null if there is none or its query is empty. */
export function defaultQuery(views: readonly SavedViewView[]): string | null {
  const query = views.find((view) => view.isDefault)?.query ?? "";
  return query === "" ? null : query;
}

/** Returns the URL of a page with a saved view. It always has a query: without one, the page opens the viewer's default view. */
export const viewUrl = (path: string, query: string): string => `${path}?${query === "" ? "view=all" : query}`;

/** Whether two URL queries show the same: the order of parameters does not matter, except of those with the same name; `view` and `cursor` are ignored. */
export function sameQuery(a: string, b: string): boolean {
  const [left, right] = [fieldsOf(a), fieldsOf(b)];
  return left.size === right.size && [...left].every(([name, values]) => right.get(name) === values);
}

function fieldsOf(query: string): Map<string, string> {
  const params = new URLSearchParams(query);
  params.delete("view");
  params.delete("cursor");
  return new Map([...new Set(params.keys())].map((name) => [name, JSON.stringify(params.getAll(name))]));
}
