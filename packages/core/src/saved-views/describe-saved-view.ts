import type { SavedViewRow } from "@landfall/db/rows";
import { instant } from "@landfall/schema/instant";
import type { SavedViewView } from "@landfall/schema/views/saved-view";

/** A view as whoever saved it sees it. */
export const describeSavedView = ({ id, page, name, query, isDefault, dateCreated }: SavedViewRow): SavedViewView => ({
  id: String(id),
  page,
  name,
  query,
  isDefault,
  dateCreated: instant(dateCreated),
});
