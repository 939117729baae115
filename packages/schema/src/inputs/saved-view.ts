import * as z from "zod";
import { body } from "../fields/body.ts";
import { oneOf } from "../fields/choice.ts";
import { text } from "../fields/text.ts";
import { bool } from "./toggle.ts";

/** The pages views can be saved of. */
export const SAVED_VIEW_PAGES = ["releases", "board", "environment", "find", "audit"] as const;

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
