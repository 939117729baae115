import { BrowseReleasesInput } from "@landfall/schema/inputs/browse-releases";
import { REL_READ } from "@landfall/schema/scope";
import type { Page } from "@landfall/schema/views/page";
import type { ReleaseLineView } from "@landfall/schema/views/release-line";
import { atOrganization } from "../access/at-organization.ts";
import { query } from "../operation.ts";
import { readPerPage } from "../pagination/page-request.ts";
import { describeLines } from "./browse/describe-lines.ts";
import { readPage } from "./browse/read-page.ts";
import { resolveReleaseFilter } from "./list/release-filter.ts";

/**
 * The organization's releases as lines for people: filtered, searched and refused as the wire's list (contract 15.1, 15.3), each with
 * all environments it was deployed to. However deep the page, only its own rows are read, and releases that come meanwhile move none.
 * Without projects in reach there are no links to other pages.
 */
export const listReleasesForPages = query({
  scope: REL_READ,
  at: atOrganization,
  input: BrowseReleasesInput,
  run: async ({ db, at: { access }, now }, input): Promise<Page<ReleaseLineView>> => {
    readPerPage(input);
    const filter = await resolveReleaseFilter(db, access, input, now);
    if (filter === null) return { items: [], previous: null, next: null };
    const { status, sort } = input;
    const { items, ...links } = await readPage(db, { ...filter, organizationId: access.organization.id, status, sort }, input);
    return { items: await describeLines(db, access, items), ...links };
  },
});
