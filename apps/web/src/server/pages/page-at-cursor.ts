import { failureOf } from "./failure.ts";

/** The page of a list at the cursor of an address; the first page without one, and when there is no such page of the list. */
export async function pageAt<T>(cursor: string | null, read: (at: { readonly cursor?: string }) => Promise<T>): Promise<T> {
  if (cursor === null) return read({});
  try {
    return await read({ cursor });
  } catch (error) {
    if (failureOf(error).code !== "invalid") throw error;
    return read({});
  }
}

/** The page of a list that an address names; its first one when there is no such page. Addresses are kept, and edited. */
export async function atCursor<T>(cursor: string | null, read: (cursor: string | undefined) => Promise<T>): Promise<T> {
  if (cursor === null) return read(undefined);
  try {
    return await read(cursor);
  } catch (error) {
    if (failureOf(error).code !== "invalid") throw error;
    return read(undefined);
  }
}
