import * as z from "zod";
import { body } from "../fields/composites.ts";
import { slug } from "../fields/names.ts";
import { integer } from "../fields/numbers.ts";
import { bool, pageParams, queryText, queryTexts } from "../fields/query.ts";
import { text } from "../fields/text.ts";

const platform = text({ max: 64, blank: true }).nullish();

const takeFormerSlug = bool()
  .optional()
  .describe("Whether to take a slug that another project had before it was renamed, so that its clients no longer find it.");

/** Query of an organization's projects: part of a name or slug (contract 11.3). */
export const ListProjectsInput = z.object({ query: queryText().optional(), ...pageParams });

/** Query of a project. `collapse` is accepted and ignored. */
export const GetProjectInput = z.object({ collapse: queryTexts().optional() });

/** POST of a project (contract 11.5). The default slug is derived from the name. */
export const CreateProjectInput = body({ name: text({ max: 50 }), slug: slug().nullish(), platform, takeFormerSlug });

export type CreateProjectInput = z.output<typeof CreateProjectInput>;

/** PUT of a project; absent fields do not change; a platform of null or "" is removed. */
export const UpdateProjectInput = body({ name: text({ max: 50 }).optional(), slug: slug().optional(), platform, takeFormerSlug });

export type UpdateProjectInput = z.output<typeof UpdateProjectInput>;

const VISIBILITIES = ["all", "hidden", "visible"] as const;

/** Query of the environments of a project or an organization. */
export const ListEnvironmentsInput = z.object({
  visibility: z
    .enum(VISIBILITIES, `Invalid value for "visibility", valid values are: [${VISIBILITIES.map((name) => `'${name}'`).join(", ")}]`)
    .default("visible"),
  ...pageParams,
});

/** Whether a project hides an environment, by name. */
export const SetEnvironmentHiddenInput = body({ environment: queryText(), isHidden: bool() });

/** The names of environments, first in lists and on the board first; none for the default order. */
export const SetEnvironmentOrderInput = body({ environments: z.array(queryText()).max(100, "At most 100 environments can be ordered.") });

/** The number of weeks for which releases and deploys are counted, including the current one; 26 by default. */
export const GetCadenceInput = z.object({ weeks: integer({ min: 1, max: 53 }).optional() });

/** Projects by slug or id, at most 200; by default all within reach, ordered by slug. */
export const CountProjectReleasesInput = z.object({ project: queryTexts().optional() });

/** How often a project releases and deploys. */
export const CadenceView = z.object({
  /** Whole weeks, the oldest first; the last one is the current week. */
  weeks: z.array(
    z.object({
      /** Monday, midnight UTC. */
      start: z.iso.datetime(),
      /** Releases by date released, else created, including archived ones; null if there are more than are counted. */
      releases: z.number().int().nullable(),
      /** Finished deploys; null if there are more than are scanned. */
      deploys: z.number().int().nullable(),
    }),
  ),
});

export type CadenceView = z.infer<typeof CadenceView>;

/** The number of releases of a project, including archived ones, up to 10,000. */
export const ReleaseTallyView = z.object({
  project: z.string(),
  count: z.number().int(),
  isCapped: z.boolean(),
  /** The last twelve weeks, the oldest first, with up to 200 releases by date released, else created. */
  weeks: z.array(z.object({ start: z.iso.datetime(), releases: z.number().int().nullable() })),
});

export type ReleaseTallyView = z.infer<typeof ReleaseTallyView>;

/** A team of a project. */
const TeamOfProjectView = z.object({ id: z.string(), slug: z.string(), name: z.string() });

/** A project (contract 11.3). */
export const ProjectView = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    platform: z.string().nullable(),
    platforms: z.array(z.string()),
    dateCreated: z.iso.datetime(),
    status: z.string(),
    isMember: z.boolean(),
    hasAccess: z.boolean(),
    isBookmarked: z.boolean(),
    firstEvent: z.string().nullable(),
    features: z.array(z.string()),
    team: TeamOfProjectView.nullable(),
    teams: z.array(TeamOfProjectView),
    environments: z.array(z.string()),
    latestRelease: z.object({ version: z.string() }).nullable(),
    organization: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  })
  .meta({ id: "Project" });

export type ProjectView = z.infer<typeof ProjectView>;

/** The signed release webhook of a project (contract 10.5). */
export const ReleaseTokenView = z.object({ token: z.string(), webhookUrl: z.string() });

export type ReleaseTokenView = z.infer<typeof ReleaseTokenView>;

/** The setup steps of a project's releases (contract 10.4). */
export const CompletionView = z.array(z.object({ step: z.enum(["tag", "repo", "commit", "deploy"]), complete: z.boolean() }));

export type CompletionView = z.infer<typeof CompletionView>;

/** An environment that had a deploy. */
export const EnvironmentView = z.object({ id: z.string(), name: z.string(), isHidden: z.boolean() });

export type EnvironmentView = z.infer<typeof EnvironmentView>;
