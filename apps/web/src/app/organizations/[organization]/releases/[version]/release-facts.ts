import type { ReleaseHeadView } from "@landfall/schema/views/release-head";
import type { ReleaseFacts } from "./release-menu.tsx";

/** What of a release its actions need: no more is sent to the browser. */
export const releaseFacts = (organization: string, release: ReleaseHeadView): ReleaseFacts => ({
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
