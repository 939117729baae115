import type { ReleaseSummaryView } from "@landfall/schema/views/release-head";
import type { EditableRelease } from "./release-menu.tsx";

/** What of a release its actions need: no more is sent to the browser. */
export const editableRelease = (organization: string, release: ReleaseSummaryView): EditableRelease => ({
  organization,
  version: release.version,
  isArchived: release.status === "archived",
  ref: release.ref,
  url: release.url,
  owner: release.owner?.email ?? null,
  dateReleased: release.dateReleased,
  mayDelete: release.may.delete,
  projects: release.projects.map(({ slug, name }) => ({ slug, name })),
});
