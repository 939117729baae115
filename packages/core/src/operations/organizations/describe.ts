import type { OrganizationRow } from "@landfall/db/tables/schema";
import { instant } from "@landfall/schema/instant";
import type { OrganizationDetailsView, OrganizationView } from "@landfall/schema/organizations/organizations";
import { SCOPES } from "@landfall/schema/scope";
import type { Access } from "../../access/organization-access.ts";

/** Describes an organization (contract 11.2). Clients send their next requests to `origin`. */
export const describeOrganization = (row: OrganizationRow, origin: string): OrganizationView => ({
  id: String(row.id),
  slug: row.slug,
  name: row.name,
  dateCreated: instant(row.dateCreated),
  status: { id: "active", name: "active" },
  isEarlyAdopter: false,
  require2FA: false,
  requireEmailVerification: false,
  hasAuthProvider: false,
  allowJoinLeave: row.openMembership,
  avatar: { avatarType: "letter_avatar", avatarUuid: null },
  features: [],
  links: { organizationUrl: `${origin}/organizations/${row.slug}/`, regionUrl: origin },
});

/** Describes an organization with its settings and the access of the caller. */
export const describeOrganizationDetails = ({ organization, scopes, role }: Access, origin: string): OrganizationDetailsView => ({
  ...describeOrganization(organization, origin),
  openMembership: organization.openMembership,
  membersCreateTokens: organization.membersCreateTokens,
  access: SCOPES.filter((scope) => scopes.has(scope)),
  orgRole: role,
});
