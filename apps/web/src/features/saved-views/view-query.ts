import type { SavedViewView } from "@landfall/schema/organizations/saved-views";

/** The query a page opens with when its address has none: that of the viewer's default view, unless it shows what comes anyway. */
export function defaultQuery(views: readonly SavedViewView[]): string | null {
  const query = views.find((view) => view.isDefault)?.query ?? "";
  return query === "" ? null : query;
}

/** Whether two queries of an address show the same: the order of different names does not matter, that of one name does; `view` says nothing. */
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
