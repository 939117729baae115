import { GetCadenceInput } from "@landfall/schema/inputs/project";
import { instant } from "@landfall/schema/instant";
import { REL_READ } from "@landfall/schema/scope";
import type { CadenceView } from "@landfall/schema/views/cadence";
import { atProject } from "../access/at-project.ts";
import { query } from "../operation.ts";
import { countWeeklyDeploys, countWeeklyReleases, WEEK } from "./count-weekly.ts";

const DEFAULT_WEEKS = 26;
/** A Monday, at midnight in UTC. */
const MONDAY = Date.UTC(2024, 0, 1);

/**
 * How many releases and deploys a project had in each of the last weeks, this one included. Of the whole time no more than the last
 * 20,000 releases of the project and the last 20,000 deploys of the organization are looked at: weeks these do not cover are told as
 * null. Two queries.
 */
export const getCadence = query({
  scope: REL_READ,
  at: atProject,
  input: GetCadenceInput,
  run: async ({ db, at: { project }, now }, { weeks = DEFAULT_WEEKS }): Promise<CadenceView> => {
    const thisWeek = MONDAY + Math.floor((now.getTime() - MONDAY) / WEEK) * WEEK;
    const from = new Date(thisWeek - (weeks - 1) * WEEK);
    const span = { projectId: project.id, organizationId: project.organizationId, from, to: new Date(thisWeek + WEEK) };
    const [releases, deploys] = await Promise.all([countWeeklyReleases(db, span), countWeeklyDeploys(db, span)]);
    return {
      weeks: Array.from({ length: weeks }, (_, week) => ({
        start: instant(new Date(from.getTime() + week * WEEK)),
        releases: releases(week),
        deploys: deploys(week),
      })),
    };
  },
});
