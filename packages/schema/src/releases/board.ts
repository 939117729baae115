import * as z from "zod";
import { DeployBriefView, ProjectBriefView, ReleaseBriefView } from "../brief.ts";
import { dateTime } from "../fields/dates.ts";
import { pageParams, queryText, queryTexts } from "../fields/query.ts";
import { pageOf } from "../page.ts";

/** Projects by slug or id: one or several. */
const projects = () => z.union([queryTexts(), z.number().transform((id) => [String(id)])]).optional();

/** The board: all projects within reach unless some are named; `environment` names the columns, hidden or not, in this order. */
export const GetBoardInput = z.object({ project: projects(), environment: queryTexts().optional(), ...pageParams });

export type GetBoardInput = z.output<typeof GetBoardInput>;

/** The history of one environment, of all projects within reach unless some are named. */
export const ListEnvironmentDeploysInput = z.object({ environment: queryText(), project: projects(), ...pageParams });

export type ListEnvironmentDeploysInput = z.output<typeof ListEnvironmentDeploysInput>;

/** The last deploys of all projects within reach to all their environments, unless some are named. `from` counts, `to` does not. */
export const ListRecentDeploysInput = z.object({
  project: projects(),
  environment: queryTexts().optional(),
  from: dateTime().optional(),
  to: dateTime().optional(),
  ...pageParams,
});

export type ListRecentDeploysInput = z.output<typeof ListRecentDeploysInput>;

/** How far the next environment is from a cell's. */
export const DriftView = z.object({
  /** The next column in which the project was ever deployed. */
  environment: z.string(),
  version: z.string(),
  /** What the next environment is, seen from this one: "behind" has yet to get what is here, "ahead" has more. */
  state: z.enum(["same", "behind", "ahead"]),
  /** The project's releases after the older of the two versions up to the newer one, by date released, else created. */
  releases: z.number().int(),
  /** The commits of those releases, counted in each. */
  commits: z.number().int(),
  /** Whole days between the dates of the two releases. */
  days: z.number().int(),
  /** There are more than 1000 releases between; only the nearest 1000 to the older version were counted. */
  isCapped: z.boolean(),
});

export type DriftView = z.infer<typeof DriftView>;

/** What is in an environment of a project. */
export const BoardCellView = z.object({
  environment: z.string(),
  release: ReleaseBriefView,
  /** The last deploy of that release to this environment: how long it is there, who did it. */
  deploy: DeployBriefView,
  /** The version that was there before; null for the first. */
  previous: z.object({ version: z.string(), dateFinished: z.iso.datetime() }).nullable(),
  /** Whether what was there before was a later version: it was rolled back. */
  isRolledBack: z.boolean(),
  /** Whether the project hides this environment, which the board shows then only because it was named. */
  isHidden: z.boolean(),
  drift: DriftView.nullable(),
});

export type BoardCellView = z.infer<typeof BoardCellView>;

/** A project's row. Environments it was never deployed to have no cell. */
export const BoardRowView = z.object({
  project: ProjectBriefView.extend({ platform: z.string().nullable() }),
  cells: z.array(BoardCellView),
});

export type BoardRowView = z.infer<typeof BoardRowView>;

/** The board: projects by slug, a page at a time, and the environments in the order of its columns. */
export const BoardView = pageOf(BoardRowView).extend({
  environments: z.array(z.object({ name: z.string(), projects: z.number().int() })),
  /** How many environments these projects have besides. */
  environmentsLeftOut: z.number().int(),
});

export type BoardView = z.infer<typeof BoardView>;

/** A deploy in the history of an environment. */
export const EnvironmentDeployView = DeployBriefView.extend({
  version: z.string(),
  /** The projects the release was deployed for, each with the version it had before; null for its first. */
  projects: z.array(ProjectBriefView.extend({ from: z.string().nullable() })),
  /** The newest deploy before this one of any of these projects. */
  from: z.object({ deployId: z.string(), version: z.string(), dateFinished: z.iso.datetime() }).nullable(),
  /** What became of the version: the first, a later one ("forward"), the same "again", or an older one ("back"). */
  kind: z.enum(["first", "forward", "again", "back"]),
  /** Milliseconds from start to finish; null when the start is unknown. */
  duration: z.number().int().nullable(),
  /** Milliseconds from the finish of `from` to this deploy's start, or to its finish when the start is unknown; 0 when they overlap. */
  gap: z.number().int().nullable(),
});

export type EnvironmentDeployView = z.infer<typeof EnvironmentDeployView>;
