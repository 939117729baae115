import * as z from "zod";
import { CommitBriefView, DeployBriefView, PersonBriefView, ProjectBriefView, ReleaseBriefView } from "../brief.ts";
import { integer } from "../fields/numbers.ts";
import { queryText } from "../fields/query.ts";

const NEITHER = "Give a version, or an environment of a project as {environment, project}.";

/** One side of a comparison: a version, or whatever is in an environment of a project (named by slug or id). */
const side = () => z.union([queryText(), z.object({ environment: queryText(), project: queryText() })], NEITHER);

/** Two releases to compare. `limit`: how many commits, people and files of each kind are listed; 100 by default. */
export const CompareReleasesInput = z.object({ base: side(), head: side(), limit: integer({ min: 1, max: 1000 }).optional() });

export type CompareReleasesInput = z.output<typeof CompareReleasesInput>;
export type ComparedSide = CompareReleasesInput["base"];

/** How many there are, and the first of them. */
const countedOf = <T extends z.ZodType>(item: T) => z.object({ total: z.number().int(), items: z.array(item) });

/** What two sides have apart and in common. */
const splitOf = <T extends z.ZodType>(item: T) => z.object({ onlyHead: countedOf(item), onlyBase: countedOf(item), both: countedOf(item) });

/** A file of a repository that commits changed. */
const ChangedFileView = z.object({ repository: z.string(), path: z.string() });

type ChangedFileView = z.infer<typeof ChangedFileView>;

/** One side of a comparison. */
export const ComparedSideView = z.object({
  release: ReleaseBriefView,
  /** Those of the release's projects that the caller reaches. */
  projects: z.array(ProjectBriefView),
  /** Where the release was found, when an environment was asked for. */
  place: z.object({ project: ProjectBriefView, deploy: DeployBriefView }).nullable(),
  /** Its deploys, the last finished first. */
  deploys: countedOf(DeployBriefView),
});

export type ComparedSideView = z.infer<typeof ComparedSideView>;

/** Two releases beside each other. */
export const ComparisonView = z.object({
  base: ComparedSideView,
  head: ComparedSideView,
  /** Whether both have the same commits, and any at all. */
  sameCommits: z.boolean(),
  /** How far a project they share went from the older to the newer one; null when they are one release or share no project. */
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
  /** What came with those releases, the newest first; each commit once, however many of them have it. Null where `distance` is. */
  between: z.object({ releases: countedOf(ReleaseBriefView), commits: countedOf(CommitBriefView) }).nullable(),
  commits: splitOf(CommitBriefView),
  /** Authors by how many commits they have on both sides together. */
  people: countedOf(z.object({ person: PersonBriefView, base: z.number().int(), head: z.number().int() })),
  files: splitOf(ChangedFileView),
});

export type ComparisonView = z.infer<typeof ComparisonView>;
