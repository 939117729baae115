import * as z from "zod";
import { body } from "../fields/composites.ts";
import { slug } from "../fields/names.ts";
import { bool, pageParams, queryText } from "../fields/query.ts";
import { text } from "../fields/text.ts";

const takeFormerSlug = bool()
  .optional()
  .describe("Whether to take a slug that another organization had before it was renamed, so that its clients no longer find it.");

/** Query of the organizations list: part of a name or slug (contract 11.2). */
export const ListOrganizationsInput = z.object({ query: queryText().optional(), ...pageParams });

/** PUT of an organization; absent fields do not change. */
export const UpdateOrganizationInput = body({
  name: text({ max: 64 }).optional(),
  slug: slug().optional(),
  takeFormerSlug,
  membersCreateTokens: bool()
    .optional()
    .describe("Whether every member may create organization tokens, as on Sentry, or only managers and owners."),
  openMembership: bool().optional().describe("Whether every member may use every project, or only those of their teams."),
});

export type UpdateOrganizationInput = z.output<typeof UpdateOrganizationInput>;

/** Organizations and teams have no pictures, only initials. */
export const AvatarView = z.object({ avatarType: z.string(), avatarUuid: z.string().nullable() });

/** An organization (contract 11.2). `links.regionUrl` is the base URL of all later requests of newer CLIs. */
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
    avatar: AvatarView,
    features: z.array(z.string()),
    links: z.object({ organizationUrl: z.string(), regionUrl: z.string() }),
  })
  .meta({ id: "Organization" });

export type OrganizationView = z.infer<typeof OrganizationView>;

/** One organization, with the access of the caller. */
export const OrganizationDetailsView = OrganizationView.extend({
  openMembership: z.boolean(),
  /** Whether every member may create organization tokens, not only managers and owners. */
  membersCreateTokens: z.boolean(),
  /** The caller's scopes in this organization. */
  access: z.array(z.string()),
  /** The caller's role; null for tokens of the organization itself. */
  orgRole: z.string().nullable(),
});

export type OrganizationDetailsView = z.infer<typeof OrganizationDetailsView>;

/** The organization of a page, and the caller's access, which decides what actions the page offers. */
export const OrganizationSummaryView = z.object({
  slug: z.string(),
  name: z.string(),
  /** Whether it has generated sample data; only a sample organization can be deleted. */
  isSample: z.boolean(),
  /** The caller's role; null for tokens of the organization itself. */
  role: z.string().nullable(),
  /** The caller's scopes here. */
  scopes: z.array(z.string()),
  /** All projects, within the caller's reach or not. */
  counts: z.object({ projects: z.number().int(), members: z.number().int() }),
  dateCreated: z.iso.datetime(),
});

export type OrganizationSummaryView = z.infer<typeof OrganizationSummaryView>;

/** A new organization, with its first project if named. */
export const CreateOrganizationInput = body({
  name: text({ max: 64 }),
  slug: slug().optional().describe("Its slug; derived from the name by default."),
  project: slug().optional().describe("The slug of its first project."),
  takeFormerSlug,
});

export type CreateOrganizationInput = z.output<typeof CreateOrganizationInput>;

/** What the removal of an organization removes, by kind. */
export const RemovalPreviewView = z.object({
  slug: z.string(),
  name: z.string(),
  contents: z.array(
    z.object({
      kind: z.enum(["projects", "releases", "deploys", "bundles", "teams", "members", "tokens"]),
      count: z.number().int(),
      /** Those that are not sample data. */
      ownCount: z.number().int(),
      /** The first few of those. */
      ownNames: z.array(z.string()),
    }),
  ),
});

export type RemovalPreviewView = z.infer<typeof RemovalPreviewView>;

/** An organization that was removed, and can be restored by its id until `dateExpires`. */
export const RemovedOrganizationView = z.object({
  id: z.string(),
  /** The slug that it had. */
  slug: z.string(),
  name: z.string(),
  dateRemoved: z.iso.datetime(),
  dateExpires: z.iso.datetime(),
});

export type RemovedOrganizationView = z.infer<typeof RemovedOrganizationView>;
