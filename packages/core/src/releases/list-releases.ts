import { ListReleasesInput } from "@landfall/schema/inputs/list-releases";
import { REL_READ } from "@landfall/schema/scope";
import type { Page } from "@landfall/schema/views/page";
import type { ReleaseView } from "@landfall/schema/views/release";
import { atOrganization } from "../access/at-organization.ts";
import { AppError } from "../app-error.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { describeReleases } from "./describe-releases.ts";
import { resolveReleaseFilter } from "./list/release-filter.ts";
import { selectReleases } from "./list/select-releases.ts";

const BY_CRASHES = new Set(["crash_free_sessions", "crash_free_users", "sessions", "users", "sessions_24h", "users_24h"]);

/**
 * The organization's releases, a page at a time (contract 15): of the caller's own projects unless others are named, the open ones
 * unless told otherwise, the newest created first. Throws `invalid` with the wire's text for a bad query, sort, state or period.
 */
export const listReleases = query({
  scope: REL_READ,
  at: atOrganization,
  input: ListReleasesInput,
  run: async ({ db, at: { access }, now }, input): Promise<Page<ReleaseView>> => {
    const flatten = input.flatten ?? false;
    if (BY_CRASHES.has(input.sort) && !flatten) {
      throw new AppError("invalid", "sorting by crash statistics requires flattening (flatten=1)");
    }
    const window = offsetWindow(input);
    const filter = await resolveReleaseFilter(db, access, input, now);
    if (filter === null) return { items: [], previous: null, next: null };
    const rows = await selectReleases(db, { ...filter, status: input.status, sort: input.sort, flatten }, window);
    const { items, ...links } = offsetPage(window, rows);
    const views = await describeReleases(db, [...new Map(items.map(({ release }) => [release.id, release])).values()], {
      access,
      health: input.health ?? false,
      adoptionStages: input.adoptionStages ?? false,
    });
    const byId = new Map(views.map((view) => [view.id, view]));
    return { items: items.flatMap(({ release, projectId }) => inProject(byId.get(release.id), projectId)), ...links };
  },
});

/** In a flat list a row counts the new issues of its own project only. */
function inProject(view: ReleaseView | undefined, projectId: number | null): ReleaseView[] {
  if (!view) return [];
  if (projectId === null) return [view];
  return [{ ...view, newGroups: view.projects.find((project) => project.id === projectId)?.newGroups ?? 0 }];
}
