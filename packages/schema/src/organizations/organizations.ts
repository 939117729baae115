import * as z from "zod";
import { body } from "../fields/composites.ts";
import { slug } from "../fields/names.ts";
import { bool, pageParams, queryText } from "../fields/query.ts";
import { text } from "../fields/text.ts";

/** Query of the organizations list: part of a name or slug (contract 11.2). */
export const ListOrganizationsInput = z.object({ query: queryText().optional(), ...pageParams });

/** PUT of an organization; what is absent stays as it is. */
export const UpdateOrganizationInput = body({
  name: text({ max: 64 }).optional(),
  slug: slug().optional(),
  membersCreateTokens: bool()
    .optional()
    .describe("Whether every member may create tokens of the organization, as on Sentry, or only managers and owners."),
  openMembership: bool().optional().describe("Whether every member may use every project, or only those of their teams."),
});

export type UpdateOrganizationInput = z.output<typeof UpdateOrganizationInput>;

const avatar = z.object({ avatarType: z.string(), avatarUuid: z.string().nullable() });

/** An organization (contract 11.2). `links.regionUrl` is where the newer CLI sends every later request. */
export const OrganizationView = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    dateCreated: z.iso.datetime(),
    status: z.object({ id: z.string(), name: z.string() }),
    isEarlyAdopter: z.boolean(),
    require2FA: z.boolean(),
    requireEmailVerification: z.boolean(),
    hasAuthProvider: z.boolean(),
    allowJoinLeave: z.boolean(),
    avatar,
    features: z.array(z.string()),
    links: z.object({ organizationUrl: z.string(), regionUrl: z.string() }),
  })
  .meta({ id: "Organization" });

export type OrganizationView = z.infer<typeof OrganizationView>;

/** One organization, with what the caller may do in it. */
export const OrganizationDetailsView = OrganizationView.extend({
  openMembership: z.boolean(),
  /** Whether every member may create tokens of the organization, not only managers and owners. */
  membersCreateTokens: z.boolean(),
  /** The caller's scopes in this organization. */
  access: z.array(z.string()),
  /** The caller's role; null for tokens of the organization itself. */
  orgRole: z.string().nullable(),
});

export type OrganizationDetailsView = z.infer<typeof OrganizationDetailsView>;

/** A team as a project names it. */
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

/** A team (contract 11.4). */
export const TeamView = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    dateCreated: z.iso.datetime(),
    isMember: z.boolean(),
    teamRole: z.string().nullable(),
    flags: z.record(z.string(), z.boolean()),
    access: z.array(z.string()),
    hasAccess: z.boolean(),
    isPending: z.boolean(),
    memberCount: z.number().int(),
    avatar,
    projects: z.array(z.object({ id: z.string(), slug: z.string(), name: z.string(), platform: z.string().nullable() })),
  })
  .meta({ id: "Team" });

export type TeamView = z.infer<typeof TeamView>;

/** A member of an organization. `id` is the person's. */
export const MemberView = z.object({
  id: z.string(),
  name: z.string(),
  username: z.string(),
  email: z.string(),
  role: z.string(),
  isActive: z.boolean(),
  dateCreated: z.iso.datetime(),
  lastLogin: z.iso.datetime().nullable(),
  /** Slugs of the teams they are in. */
  teams: z.array(z.string()),
  /** How many tokens of the organization that work they created. */
  createdTokens: z.number().int(),
});

export type MemberView = z.infer<typeof MemberView>;

/** The signed release webhook of a project (contract 10.5). */
export const ReleaseTokenView = z.object({ token: z.string(), webhookUrl: z.string() });

export type ReleaseTokenView = z.infer<typeof ReleaseTokenView>;

/** How far a project has come with releases (contract 10.4). */
export const CompletionView = z.array(z.object({ step: z.enum(["tag", "repo", "commit", "deploy"]), complete: z.boolean() }));

export type CompletionView = z.infer<typeof CompletionView>;

/** An environment deploys have named. */
export const EnvironmentView = z.object({ id: z.string(), name: z.string(), isHidden: z.boolean() });

export type EnvironmentView = z.infer<typeof EnvironmentView>;

/** What pages know of the organization they show: which buttons to offer to whom. */
export const OrganizationAboutView = z.object({
  slug: z.string(),
  name: z.string(),
  /** Whether all of it was made up to show what the pages look like; only such an organization can be deleted. */
  isSample: z.boolean(),
  /** The caller's role; null for tokens of the organization itself. */
  role: z.string().nullable(),
  /** The caller's scopes here. */
  scopes: z.array(z.string()),
  /** All there are, within the caller's reach or not. */
  counts: z.object({ projects: z.number().int(), members: z.number().int() }),
  dateCreated: z.iso.datetime(),
});

export type OrganizationAboutView = z.infer<typeof OrganizationAboutView>;
