import * as z from "zod";
import { body } from "../fields/composites.ts";
import { bool } from "../fields/query.ts";
import { oneOf, text } from "../fields/text.ts";

/** The pages that have saved views. */
const SAVED_VIEW_PAGES = ["releases", "board", "environment", "find", "audit"] as const;

const page = () => oneOf(SAVED_VIEW_PAGES, { invalid: (name) => `Views cannot be saved of the page "${name}".` });

/** Query of the caller's saved views of a page. */
export const ListSavedViewsInput = z.object({ page: page() });

/** A view to save, which replaces one of the same page and name. `query` is the query string of the URL, without "?". */
export const SaveViewInput = body({
  page: page(),
  name: text({ max: 60 }),
  query: text({ max: 2000, blank: true }),
  isDefault: bool().optional().describe("Whether the page opens with it by default; absent does not change it."),
});

export type SaveViewInput = z.output<typeof SaveViewInput>;

/** A saved view of a page; private to its user. */
export const SavedViewView = z.object({
  id: z.string(),
  page: z.string(),
  name: z.string(),
  /** The query string of the URL, without "?". */
  query: z.string(),
  /** Whether the page opens with it; at most one per page. */
  isDefault: z.boolean(),
  dateCreated: z.iso.datetime(),
});

export type SavedViewView = z.infer<typeof SavedViewView>;

/** All of the caller's views of a page, by name, at most 50. */
export const SavedViewsView = z.object({ items: z.array(SavedViewView) });

export type SavedViewsView = z.infer<typeof SavedViewsView>;
