import { ListReleaseStatsInput } from "@landfall/schema/inputs/list-releases";
import { instant } from "@landfall/schema/instant";
import { REL_READ } from "@landfall/schema/scope";
import type { Page } from "@landfall/schema/views/page";
import type { ReleaseStatView } from "@landfall/schema/views/release";
import { atOrganization } from "../access/at-organization.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { resolveReleaseFilter } from "./list/release-filter.ts";
import { selectReleases } from "./list/select-releases.ts";

/** Version and date of the releases, open and archived, the newest first, 1000 a page (contract 10.2). */
export const listReleaseStats = query({
  scope: REL_READ,
  at: atOrganization,
  input: ListReleaseStatsInput,
  run: async ({ db, at: { access }, now }, input): Promise<Page<ReleaseStatView>> => {
    const window = offsetWindow(input, { usual: 1000, most: 1000 });
    const filter = await resolveReleaseFilter(db, access, input, now);
    if (filter === null) return { items: [], previous: null, next: null };
    const rows = await selectReleases(db, { ...filter, status: "", sort: "date", flatten: false }, window);
    const { items, ...links } = offsetPage(window, rows);
    return { items: items.map(({ release }) => ({ version: release.version, date: instant(release.dateCreated) })), ...links };
  },
});
