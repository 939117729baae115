import * as z from "zod";
import { BROWSE_SORTS } from "../browse-sorts.ts";
import { ListReleaseStatsInput } from "./list-releases.ts";

const state = { status: z.enum(["open", "archived", ""], "invalid value for status").default("open") };

/** Which releases to read line by line; filters and search as in the wire's list (contract 15.1, 15.3). */
export const BrowseReleasesInput = ListReleaseStatsInput.extend({
  ...state,
  sort: z.enum(BROWSE_SORTS, "invalid sort").default("date"),
});
export type BrowseReleasesInput = z.output<typeof BrowseReleasesInput>;

/** Which releases to count. */
export const CountReleasesInput = ListReleaseStatsInput.omit({ per_page: true, cursor: true }).extend(state);
export type CountReleasesInput = z.output<typeof CountReleasesInput>;
