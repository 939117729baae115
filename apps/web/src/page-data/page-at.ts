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
