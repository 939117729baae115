import * as z from "zod";
import { CommitBriefView, DeployBriefView, PersonBriefView, ProjectBriefView, ReleaseBriefView } from "../brief.ts";
import { integer } from "../fields/numbers.ts";
import { queryText } from "../fields/query.ts";

const NEITHER = "Give a version, or an environment of a project as {environment, project}.";

/** One side of a comparison: a version, or the current release of an environment of a project (slug or id). */
const side = () => z.union([queryText(), z.object({ environment: queryText(), project: queryText() })], NEITHER);

/** Two releases to compare. `limit`: the most commits, contributors and files of each kind to list; 100 by default. */
export const CompareReleasesInput = z.object({ base: side(), head: side(), limit: integer({ min: 1, max: 1000 }).optional() });

export type CompareReleasesInput = z.output<typeof CompareReleasesInput>;
export type ComparedSide = CompareReleasesInput["base"];

/** The total number, and the first items. */
const countedOf = <T extends z.ZodType>(item: T) => z.object({ total: z.number().int(), items: z.array(item) });

/** What only one side has, and what both have. */
const splitOf = <T extends z.ZodType>(item: T) => z.object({ onlyHead: countedOf(item), onlyBase: countedOf(item), both: countedOf(item) });

/** A file of a repository that commits changed. */
const ChangedFileView = z.object({ repository: z.string(), path: z.string() });

type ChangedFileView = z.infer<typeof ChangedFileView>;

/** One side of a comparison. */
export const ComparedSideView = z.object({
  release: ReleaseBriefView,
  /** The release's projects within the caller's reach. */
  projects: z.array(ProjectBriefView),
  /** The environment of the release, if the query has an environment. */
  place: z.object({ project: ProjectBriefView, deploy: DeployBriefView }).nullable(),
  /** Its deploys, the last finished first. */
  deploys: countedOf(DeployBriefView),
});

export type ComparedSideView = z.infer<typeof ComparedSideView>;

/** A comparison of two releases. */
export const ComparisonView = z.object({
  base: ComparedSideView,
  head: ComparedSideView,
  /** Whether both have the same commits, at least one. */
  sameCommits: z.boolean(),
  /** The distance between them in a common project; null if they are the same release or have no common project. */
  distance: z
    .object({
      project: ProjectBriefView,
      newer: z.enum(["base", "head"]),
      /** Releases after the older one up to the newer one, at most 1000. */
      releases: z.number().int(),
      /** The commits of those releases, counted in each. */
      commits: z.number().int(),
      isCapped: z.boolean(),
    })
    .nullable(),
  /** Those releases and their commits, newest first, each commit once. Null if `distance` is null. */
  between: z.object({ releases: countedOf(ReleaseBriefView), commits: countedOf(CommitBriefView) }).nullable(),
  commits: splitOf(CommitBriefView),
  /** Contributors by the number of their commits on both sides. */
  people: countedOf(z.object({ person: PersonBriefView, base: z.number().int(), head: z.number().int() })),
  files: splitOf(ChangedFileView),
});

export type ComparisonView = z.infer<typeof ComparisonView>;
