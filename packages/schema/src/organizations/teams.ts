import * as z from "zod";
import { body } from "../fields/composites.ts";
import { slug } from "../fields/names.ts";
import { integer } from "../fields/numbers.ts";
import { bool, pageParams, queryText } from "../fields/query.ts";
import { oneOf, text } from "../fields/text.ts";
import { ROLES } from "../scope.ts";
import { AvatarView } from "./organizations.ts";

/** Query of an organization's teams: part of a name or slug (contract 11.4). */
export const ListTeamsInput = z.object({ query: queryText().optional(), ...pageParams });

/** POST of a team (contract 11.5): a slug, a name, or both; each is derived from the other. */
export const CreateTeamInput = body({ name: text({ max: 64, blank: true }).nullish(), slug: slug().nullish() });

export type CreateTeamInput = z.output<typeof CreateTeamInput>;

/** The member to add to or remove from a team. */
export const TeamMemberInput = body({ userId: integer({ min: 1 }) });

/** The project to add to or remove from a team. */
export const TeamProjectInput = body({ project: text({ max: 50 }).describe("The project's slug or id.") });

/** Query of an organization's members: part of a name or email address, an entire email address, and the slug of a team. */
export const ListMembersInput = z.object({
  query: queryText().optional(),
  email: queryText().optional(),
  team: queryText().optional(),
  ...pageParams,
});

/** Options for removing a member. */
export const RemoveMemberInput = body({
  revokeTokens: bool().optional().describe("Whether to revoke the organization tokens that the member created; false by default."),
});

/** The new role of a member. */
export const UpdateMemberRoleInput = body({ role: oneOf(ROLES, { invalid: (role) => `"${role}" is not a valid choice.` }) });

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
    avatar: AvatarView,
    projects: z.array(z.object({ id: z.string(), slug: z.string(), name: z.string(), platform: z.string().nullable() })),
  })
  .meta({ id: "Team" });

export type TeamView = z.infer<typeof TeamView>;

/** A member of an organization. `id` is the user id. */
export const MemberView = z.object({
  id: z.string(),
  name: z.string(),
  username: z.string(),
  email: z.string(),
  role: z.string(),
  isActive: z.boolean(),
  dateCreated: z.iso.datetime(),
  lastLogin: z.iso.datetime().nullable(),
  /** Slugs of their teams. */
  teams: z.array(z.string()),
  /** The number of active organization tokens that they created. */
  createdTokens: z.number().int(),
});

export type MemberView = z.infer<typeof MemberView>;
