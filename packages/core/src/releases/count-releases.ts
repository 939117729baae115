import { CountReleasesInput } from "@landfall/schema/inputs/browse-releases";
import { REL_READ } from "@landfall/schema/scope";
import type { ReleaseCountView } from "@landfall/schema/views/release-line";
import { and, eq, exists, sql } from "drizzle-orm";
import { atOrganization } from "../access/at-organization.ts";
import { withinReach } from "../access/within-reach.ts";
import { query } from "../operation.ts";
import { resolveReleaseFilter } from "./list/release-filter.ts";

/** So far is counted: more would be read for a number nobody needs exactly. */
const MAX_COUNTED = 1000;

/** How many releases a list has, filtered, searched and refused as `browseReleases`; up to 1000. */
export const countReleases = query({
  scope: REL_READ,
  at: atOrganization,
  input: CountReleasesInput,
  run: async ({ db, at: { access }, now }, input): Promise<ReleaseCountView> => {
    const filter = await resolveReleaseFilter(db, access, input, now);
    if (filter === null) return { count: 0, isCapped: false };
    const { releases, releaseProjects } = db.tables;
    const { selected, where } = filter;
    const inProjects = withinReach(releaseProjects.projectId, selected);
    const linked = db
      .select({ one: sql`1` })
      .from(releaseProjects)
      .where(and(eq(releaseProjects.releaseId, releases.id), inProjects));
    const inState = input.status === "" ? undefined : eq(releases.isArchived, input.status === "archived");
    const rows = await db
      .select({ id: releases.id })
      .from(releases)
      .where(and(where, inState, exists(linked)))
      .limit(MAX_COUNTED + 1);
    return { count: Math.min(rows.length, MAX_COUNTED), isCapped: rows.length > MAX_COUNTED };
  },
});
