import * as z from "zod";
import { queryFlag, pageParams, statsPeriod, queryText, queryTexts } from "./query.ts";
import { SORTS } from "./read-release.ts";

const dates = {
  statsPeriod: z.string().optional(),
  statsPeriodStart: z.string().optional(),
  statsPeriodEnd: z.string().optional(),
  start: z.string().optional(),
  end: z.string().optional(),
};

/** Which releases of an organization (contract 15.1). `project`: ids or slugs, `-1` for all within reach. */
const releaseSelection = {
  query: queryText().optional(),
  project: z
    .union([
      queryTexts(),
      z.number().transform((id) => [String(id)]),
      z
        .array(z.number())
        .max(200)
        .transform((ids) => ids.map(String)),
    ])
    .optional(),
  projectSlug: queryTexts().optional(),
  environment: queryTexts().optional(),
  ...dates,
};

/** Query of an organization's releases (contract 15.1). */
export const ListReleasesInput = z.object({
  ...releaseSelection,
  status: z.enum(["open", "archived", ""], "invalid value for status").default("open"),
  sort: z.enum(SORTS, "invalid sort").default("date"),
  flatten: queryFlag().optional(),
  health: queryFlag().optional(),
  adoptionStages: queryFlag().optional(),
  healthStat: z.enum(["sessions", "users"], "invalid healthStat").optional(),
  summaryStatsPeriod: statsPeriod("summaryStatsPeriod"),
  healthStatsPeriod: statsPeriod("healthStatsPeriod"),
  ...pageParams,
});
export type ListReleasesInput = z.output<typeof ListReleasesInput>;

/** Query of the release chart: any state, up to 1000 a page (contract 10.2). */
export const ListReleaseStatsInput = z.object({ ...releaseSelection, ...pageParams });
export type ListReleaseStatsInput = z.output<typeof ListReleaseStatsInput>;

/** Query of a project's releases: part of the version, and one environment (contract 5.1). */
export const ListProjectReleasesInput = z.object({
  query: queryText().optional(),
  environment: queryTexts().optional(),
  health: queryFlag().optional(),
  ...pageParams,
});
export type ListProjectReleasesInput = z.output<typeof ListProjectReleasesInput>;
