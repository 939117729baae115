import * as z from "zod";

/** The cursor of the previous or next page, and whether that page has results. */
export const PageLink = z.object({ cursor: z.string(), hasResults: z.boolean() });

export type PageLink = z.infer<typeof PageLink>;

/** A page of a list. Cursors are opaque: pass one back as `cursor` (contract 15.4, 15.6). */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), previous: PageLink.nullable(), next: PageLink.nullable() });

/** `previous` and `next` are null only if the caller can see no items at all. */
export type Page<T> = { readonly items: T[]; readonly previous: PageLink | null; readonly next: PageLink | null };
