import * as z from "zod";

const avatar = z.object({ avatarType: z.string(), avatarUuid: z.string().nullable() });

/** An organization (contract 11.2). `links.regionUrl` is where the newer CLI sends every later request. */
export const OrganizationView = z.object({
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
});
export type OrganizationView = z.infer<typeof OrganizationView>;

/** A team as a project names it. */
export const TeamOfProjectView = z.object({ id: z.string(), slug: z.string(), name: z.string() });

/** A project (contract 11.3). */
export const ProjectView = z.object({
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
});
export type ProjectView = z.infer<typeof ProjectView>;

/** A team (contract 11.4). */
export const TeamView = z.object({
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
});
export type TeamView = z.infer<typeof TeamView>;

/** An environment deploys have named. */
export const EnvironmentView = z.object({ id: z.string(), name: z.string(), isHidden: z.boolean() });
export type EnvironmentView = z.infer<typeof EnvironmentView>;
