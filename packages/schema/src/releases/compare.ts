import * as z from "zod";
import { CommitBriefView, DeployBriefView, PersonBriefView, ProjectBriefView, ReleaseBriefView } from "../brief.ts";
import { integer } from "../fields/numbers.ts";
import { queryText } from "../fields/query.ts";

const NEITHER = "Give a version, or an environment of a project as {environment, project}.";

/** One side of a comparison: a version, or the current release of an environment of a project (slug or id). */
const side = () => z.union([queryText(), z.object({ environment: queryText(), project: queryText() })], NEITHER);

/** Two releases to compare. `limit`: the most releases, commits, contributors, and files of each kind to list; 100 by default. */
export const CompareReleasesInput = z.object({ base: side(), head: side(), limit: integer({ min: 1, max: 1000 }).optional() });

export type CompareReleasesInput = z.output<typeof CompareReleasesInput>;
export type ComparedSide = CompareReleasesInput["base"];

/** The total number, and the first items. */
const countedOf = <T extends z.ZodType>(item: T) => z.object({ total: z.number().int(), items: z.array(item) });

/** What only one side has, and what both have. */
const splitOf = <T extends z.ZodType>(item: T) => z.object({ onlyHead: countedOf(item), onlyBase: countedOf(item), both: countedOf(item) });

/** A file of a repository that commits changed. */
const ChangedFileView = z.object({ repository: z.string(), path: z.string() });

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

/** What one side contains and the other does not. */
export const ContentDifferenceView = z.object({
  /** The releases that only this side's history has, newest first. */
  releases: countedOf(ReleaseBriefView),
  /** How many of these releases have no commits, so that their content is unknown. */
  releasesWithoutCommits: z.number().int(),
  /** The commits of these releases that no release of the other side's history has, each once: the newest release first, in its order. */
  commits: countedOf(CommitBriefView),
  /** The contributors of these commits, most commits first. */
  people: countedOf(z.object({ person: PersonBriefView, commits: z.number().int() })),
  /** The files that these commits changed, by path. */
  files: countedOf(ChangedFileView),
  /** Whether there may be more than the totals, because not everything was read. */
  isCapped: z.boolean(),
});

export type ContentDifferenceView = z.infer<typeof ContentDifferenceView>;

/** The lists that were reported with two releases themselves, without the releases before them. */
const ReportedView = z.object({
  /** Whether both have the same commits, at least one. */
  sameCommits: z.boolean(),
  commits: splitOf(CommitBriefView),
  /** Contributors by the number of their commits on both sides. */
  people: countedOf(z.object({ person: PersonBriefView, base: z.number().int(), head: z.number().int() })),
  files: splitOf(ChangedFileView),
  /** Whether there may be more than the totals, because not everything was read. */
  isCapped: z.boolean(),
});

export type ReportedView = z.infer<typeof ReportedView>;

/** A comparison of what two releases contain: the commits of all releases of their history. */
export const ComparisonView = z.object({
  base: ComparedSideView,
  head: ComparedSideView,
  /**
   * `ahead`: the head contains all of the base, and more. `behind`: the base contains all of the head, and more. `same`: both contain the
   * same. `parted`: each has something that the other does not have. `unrelated`: they have no common project within the caller's reach, or
   * are of different packages, so that they have no common history.
   */
  relation: z.enum(["ahead", "behind", "same", "parted", "unrelated"]),
  /** The project and package whose releases are the history of both; null if unrelated. */
  line: z
    .object({
      project: ProjectBriefView,
      package: z.string().nullable(),
      /** The newest release that the histories of both have; null if there is none. */
      lastCommon: ReleaseBriefView.nullable(),
    })
    .nullable(),
  /** What is new in the head; null if unrelated. */
  added: ContentDifferenceView.nullable(),
  /** What the base contains and the head lacks; null if unrelated. */
  missing: ContentDifferenceView.nullable(),
  /** As reported: the lists of the two releases alone. */
  reported: ReportedView,
});

export type ComparisonView = z.infer<typeof ComparisonView>;
