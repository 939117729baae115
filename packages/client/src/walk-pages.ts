import type { Page } from "@landfall/schema/views/page";

/**
 * Every item of a list, page after page, each page asked for only when it is needed:
 * `walkPages((cursor) => client.releases.list.query({ organization, cursor }))`. Ends by itself should a cursor lead to itself.
 */
export async function* walkPages<T>(fetchPage: (cursor: string | undefined) => Promise<Page<T>>): AsyncGenerator<T, void, undefined> {
  let cursor: string | undefined;
  for (;;) {
    const { items, next } = await fetchPage(cursor);
    yield* items;
    if (!next?.hasResults || next.cursor === cursor) return;
    cursor = next.cursor;
  }
}
