import type { Page } from "@landfall/schema/views/page";

/** The items of every page of a list. `read` is handed the cursor of the page to read, empty for the first. */
export async function readAllPages<T>(read: (cursor: string) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: Page<T> = await read(cursor);
    items.push(...page.items);
    cursor = page.next?.hasResults ? page.next.cursor : null;
  }
  return items;
}
