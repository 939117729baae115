import type { ListFilters } from "./list-address.ts";

/** The choices in words, as the filters offer them. */
export const STATUS_LABELS: Record<ListFilters["status"], string> = { open: "Open", archived: "Archived", all: "Open and archived" };
export const PERIOD_LABELS: Record<ListFilters["period"], string> = {
  "": "Created any time",
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "90d": "Last 90 days",
};
export const SORT_LABELS: Record<ListFilters["sort"], string> = {
  date: "Newest first",
  semver: "Highest version first",
  build: "Highest build first",
};
