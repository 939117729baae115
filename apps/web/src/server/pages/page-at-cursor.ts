import { failureOf } from "./failure.ts";

/** Reads the page of a list at the cursor of a URL; the first page if there is no cursor or it is invalid, since people edit and keep URLs. */
export async function pageAt<T>(cursor: string | null, read: (at: { readonly cursor?: string }) => Promise<T>): Promise<T> {
  if (cursor === null) return read({});
  try {
    return await read({ cursor });
  } catch (error) {
    if (failureOf(error).code !== "invalid") throw error;
    return read({});
  }
}
