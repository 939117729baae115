import * as z from "zod";
import { DeployBriefView, ProjectBriefView, ReleaseBriefView } from "../brief.ts";
import { dateTime } from "../fields/dates.ts";
import { pageParams, queryText, queryTexts } from "../fields/query.ts";
import { pageOf } from "../page.ts";

/** Projects by slug or id. */
const projects = () => z.union([queryTexts(), z.number().transform((id) => [String(id)])]).optional();

/** Query of the board, by default of all projects within reach; `environment` selects the columns, hidden or not, in this order. */
export const GetBoardInput = z.object({ project: projects(), environment: queryTexts().optional(), ...pageParams });

export type GetBoardInput = z.output<typeof GetBoardInput>;

/** Query of the deploys to one environment, by default of all projects within reach. */
export const ListEnvironmentDeploysInput = z.object({ environment: queryText(), project: projects(), ...pageParams });

export type ListEnvironmentDeploysInput = z.output<typeof ListEnvironmentDeploysInput>;

/** Query of the last deploys, by default of all projects within reach to all environments. `from` is inclusive, `to` is exclusive. */
export const ListRecentDeploysInput = z.object({
  project: projects(),
  environment: queryTexts().optional(),
  from: dateTime().optional(),
  to: dateTime().optional(),
  ...pageParams,
});

export type ListRecentDeploysInput = z.output<typeof ListRecentDeploysInput>;

/** How far an environment is behind the one with the newest release of the same package, among the environments of its project's row. */
export const DriftView = z.object({
  /** The environment with the newest release; of several, the first column. */
  environment: z.string(),
  /** The newest release. */
  version: z.string(),
  /** The project's releases after this environment's release up to the newest one, by release date, else creation date. */
  releases: z.number().int(),
  /** The commits of those releases, counted in each. */
  commits: z.number().int(),
  /** Whole days between the dates of the two releases. */
  days: z.number().int(),
  /** Whether there are more than 1000 releases between; only the 1000 after this environment's are counted. */
  isCapped: z.boolean(),
});

export type DriftView = z.infer<typeof DriftView>;

/** The current release of an environment of a project. */
export const BoardCellView = z.object({
  environment: z.string(),
  release: ReleaseBriefView,
  /** The last deploy of that release to this environment. */
  deploy: DeployBriefView,
  /** The previous version; null for the first. */
  previous: z.object({ version: z.string(), dateFinished: z.iso.datetime() }).nullable(),
  /** Whether the previous version was later: a rollback. */
  isRolledBack: z.boolean(),
  /** Whether the project hides this environment, which is then included only because the query names it. */
  isHidden: z.boolean(),
  /** Null for the newest release. */
  drift: DriftView.nullable(),
});

export type BoardCellView = z.infer<typeof BoardCellView>;

/** A project's row. Environments without a deploy have no cell. */
export const BoardRowView = z.object({
  project: ProjectBriefView.extend({ platform: z.string().nullable() }),
  cells: z.array(BoardCellView),
});

export type BoardRowView = z.infer<typeof BoardRowView>;

/** The board: projects by slug, a page at a time, and the environments in the order of its columns. */
export const BoardView = pageOf(BoardRowView).extend({
  environments: z.array(z.object({ name: z.string(), projects: z.number().int() })),
  /** The number of environments of these projects that are not shown. */
  environmentsLeftOut: z.number().int(),
});

export type BoardView = z.infer<typeof BoardView>;

/** A deploy in the history of an environment. */
export const EnvironmentDeployView = DeployBriefView.extend({
  version: z.string(),
  /** The projects of the deploy, each with its previous version; null for its first. */
  projects: z.array(ProjectBriefView.extend({ from: z.string().nullable() })),
  /** The previous deploy of any of these projects. */
  from: z.object({ deployId: z.string(), version: z.string(), dateFinished: z.iso.datetime() }).nullable(),
  /** The change of the version: the first, a later one ("forward"), the same ("again"), or an older one ("back"). */
  kind: z.enum(["first", "forward", "again", "back"]),
  /** Milliseconds from start to finish; null when the start is unknown. */
  duration: z.number().int().nullable(),
  /** Milliseconds from the finish of `from` to this deploy's start, or to its finish when the start is unknown; 0 when they overlap. */
  gap: z.number().int().nullable(),
});

export type EnvironmentDeployView = z.infer<typeof EnvironmentDeployView>;
