import * as z from "zod";
import { body } from "../fields/composites.ts";
import { bool } from "../fields/query.ts";
import { oneOf, text } from "../fields/text.ts";

/** The pages views can be saved of. */
const SAVED_VIEW_PAGES = ["releases", "board", "environment", "find", "audit"] as const;

const page = () => oneOf(SAVED_VIEW_PAGES, { invalid: (name) => `Views cannot be saved of the page "${name}".` });

/** Query of the caller's own views of a page. */
export const ListSavedViewsInput = z.object({ page: page() });

/** A view to save; of the same page and name there is one. `query` is the part of the page's address after "?". */
export const SaveViewInput = body({
  page: page(),
  name: text({ max: 60 }),
  query: text({ max: 2000, blank: true }),
  isDefault: bool().optional().describe("Whether the page opens with it, in place of the one before; absent changes nothing."),
});

export type SaveViewInput = z.output<typeof SaveViewInput>;

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
