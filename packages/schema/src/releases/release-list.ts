import * as z from "zod";
import { PersonBriefView, ProjectBriefView, ReleaseBriefView } from "../brief.ts";
import { BROWSE_SORTS, LACKING } from "../constants.ts";
import { pageParams, queryFlag, queryText, queryTexts, statsPeriod } from "../fields/query.ts";
import { SORTS } from "./releases.ts";

const dates = {
  statsPeriod: z.string().optional(),
  statsPeriodStart: z.string().optional(),
  statsPeriodEnd: z.string().optional(),
  start: z.string().optional(),
  end: z.string().optional(),
};

/** The selection of an organization's releases (contract 15.1). `project`: ids or slugs, `-1` for all within reach. */
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

const state = {
  status: z.enum(["open", "archived", ""], "invalid value for status").default("open"),
  lacking: z.enum(LACKING, "invalid value for lacking").optional(),
};

/** Query of the releases page, with the filters of the API's list (contract 15.1, 15.3). */
export const BrowseReleasesInput = ListReleaseStatsInput.extend({
  ...state,
  sort: z.enum(BROWSE_SORTS, "invalid sort").default("date"),
});

export type BrowseReleasesInput = z.output<typeof BrowseReleasesInput>;

/** Query of the number of releases. */
export const CountReleasesInput = ListReleaseStatsInput.omit({ per_page: true, cursor: true }).extend(state);

export type CountReleasesInput = z.output<typeof CountReleasesInput>;

/** Version schemes; "text" is any other name. Only "semver", "calver" and "build" of a package have an order by version. */
const VERSION_SCHEMES = ["semver", "calver", "build", "hash", "text"] as const;

export type VersionScheme = (typeof VERSION_SCHEMES)[number];

/** A release in one list row. Lists are cut, and have a total count. */
export const ReleaseLineView = ReleaseBriefView.extend({
  scheme: z.enum(VERSION_SCHEMES),
  /** Within the caller's reach, the first linked first. */
  projects: z.array(ProjectBriefView),
  projectCount: z.number().int(),
  /** Its contributors in order of appearance, bots last. */
  people: z.array(PersonBriefView),
  peopleCount: z.number().int(),
  /**
   * The environments to which it was deployed in projects within the caller's reach, last deploy first. `isCurrent`: whether it is the
   * current release in one of these projects.
   */
  environments: z.array(z.object({ name: z.string(), dateFinished: z.iso.datetime(), projects: z.number().int(), isCurrent: z.boolean() })),
});

export type ReleaseLineView = z.infer<typeof ReleaseLineView>;

/** The number of releases, up to 1000. */
export const ReleaseCountView = z.object({
  count: z.number().int(),
  /** Whether there are more. */
  isCapped: z.boolean(),
});

export type ReleaseCountView = z.infer<typeof ReleaseCountView>;
