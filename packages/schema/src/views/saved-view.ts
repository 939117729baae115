import * as z from "zod";

/** A view somebody saved of a page, for themselves. */
export const SavedViewView = z.object({
  id: z.string(),
  page: z.string(),
  name: z.string(),
  /** The part of the page's address after "?". */
  query: z.string(),
  /** Whether the page opens with it; at most one of a page does. */
  isDefault: z.boolean(),
  dateCreated: z.iso.datetime(),
});
export type SavedViewView = z.infer<typeof SavedViewView>;

/** All of somebody's views of a page, by name; there are 50 at most. */
export const SavedViewsView = z.object({ items: z.array(SavedViewView) });
export type SavedViewsView = z.infer<typeof SavedViewsView>;
