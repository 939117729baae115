import type { Tx } from "@landfall/db/store";
import { CreateOrganizationInput, type OrganizationDetailsView } from "@landfall/schema/organizations/organizations";
import { SCOPES } from "@landfall/schema/scope";
import { and, eq, isNull } from "drizzle-orm";
import { openOrganization } from "../../access/organization-access.ts";
import { AppError, forbidden, invalidField } from "../../kernel/app-error.ts";
import { slugOfName } from "../../kernel/input.ts";
import { atNothing, mutation } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";
import { ensureOwner } from "../../records/accounts/members.ts";
import { ensureDefaultTeam } from "../../records/accounts/teams.ts";
import { claimOrganizationSlug } from "../../records/former-slugs.ts";
import { storeProject } from "../../records/projects.ts";
import { findUser } from "../../records/users.ts";
import { describeOrganizationDetails } from "./describe.ts";

/**
 * Creates an organization that the caller owns, with a team and, if named, a first project. For people who belong to no organization, since
 * theirs was removed or they left it; the operator creates further ones.
 *
 * @throws `forbidden` for organization tokens, `conflict` for a caller who belongs to an organization, and `invalid` at `slug` if it is taken.
 */
export const createOrganization = mutation({
  scope: ["org:admin"],
  at: atNothing,
  input: CreateOrganizationInput,
  run: async (on, { name, slug = slugOfName(name), project, takeFormerSlug = false }): Promise<OrganizationDetailsView> => {
    const { tx, actor, context } = on;
    const found = actor.kind === "user" ? await findUser(tx, actor.userId) : undefined;
    if (!found) throw forbidden("Only a user can create an organization. Sign in, or use a personal token.");
    const { user } = found;
    await assertWithoutOrganization(tx, user.id);
    await claimOrganizationSlug(on, { slug, takeFormerSlug }, null);
    const { organizations } = tx.tables;
    const [created] = await tx.insert(organizations).values({ slug, name, dateCreated: on.now }).onConflictDoNothing().returning();
    if (!created) throw invalidField("slug", `The slug "${slug}" is already in use.`);
    await recordAudit(on, { organizationId: created.id, action: "organization.create", target: slug });
    const { team } = await ensureDefaultTeam(on, created);
    await ensureOwner(on, user, { organizationId: created.id, teamId: team.id });
    if (project !== undefined)
      await storeProject(on, { organizationId: created.id, teamId: team.id, slug: project, name: project, platform: null });
    return describeOrganizationDetails(await openOrganization(tx, actor, slug, SCOPES), context.origin);
  },
});

async function assertWithoutOrganization(tx: Tx, userId: number): Promise<void> {
  const { members, organizations } = tx.tables;
  const [membership] = await tx
    .select({ slug: organizations.slug })
    .from(members)
    .innerJoin(organizations, eq(organizations.id, members.organizationId))
    .where(and(eq(members.userId, userId), isNull(organizations.dateRemoved)))
    .limit(1);
  if (!membership) return;
  throw new AppError(
    "conflict",
    `You belong to the organization "${membership.slug}". Only people without an organization can create one; the operator of the server creates others with "npm run admin -- init --org <slug> --project <slug>".`,
  );
}
