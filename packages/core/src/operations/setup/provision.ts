import type { OrganizationRow, ProjectRow, UserRow } from "@landfall/db/tables/schema";
import { type ProvisionedView, ProvisionInput } from "@landfall/schema/organizations/setup";
import { SCOPES } from "@landfall/schema/scope";
import { and, eq, inArray } from "drizzle-orm";
import type * as z from "zod";
import { hashPassword } from "../../access/password-hash.ts";
import { assertStrongPassword } from "../../access/password-strength.ts";
import { generateOrgToken, generateUserToken } from "../../access/token-text.ts";
import { SYSTEM_ACTOR } from "../../kernel/actor.ts";
import { invalidField } from "../../kernel/app-error.ts";
import type { Context } from "../../kernel/context.ts";
import { parseInput } from "../../kernel/input.ts";
import { type MutationContext, recordAudit } from "../../records/audit.ts";
import { storeProject } from "../../records/projects.ts";
import { ensureOwner } from "../../records/accounts/members.ts";
import { ensureDefaultTeam } from "../../records/accounts/teams.ts";
import { storeToken } from "../../records/accounts/tokens.ts";
import { claimOrganizationSlug } from "../../records/former-slugs.ts";
import { ensureUser } from "../../records/users.ts";

/**
 * Creates an organization with a team, projects and a token for CI and, if an email address is given, an owner with a token. Existing objects are
 * not changed, so it can be repeated, also to add projects or another owner. Tokens are only created, and returned, together with the
 * organization. Not an operation: only the operator can do this. Throws `invalid` per field.
 */
export async function provision(context: Context, rawInput: z.input<typeof ProvisionInput>): Promise<ProvisionedView> {
  const input = parseInput(ProvisionInput, rawInput);
  if (input.password !== undefined && input.email === undefined)
    throw invalidField("email", "Enter the email address of the owner that the password is for.");
  if (input.password !== undefined) assertStrongPassword("password", input.password, input.email ?? "");
  // Hashing is slow on purpose, so it is done before the transaction.
  const passwordHash = input.password === undefined ? null : await hashPassword(input.password);
  return context.store.transaction((tx) => provisionIn({ tx, actor: SYSTEM_ACTOR, now: context.now(), context }, input, passwordHash));
}

async function provisionIn(on: MutationContext, input: ProvisionInput, passwordHash: string | null): Promise<ProvisionedView> {
  const created: string[] = [];
  const { organization, created: isNew } = await ensureOrganization(on, input.organization, input.name ?? input.organization);
  if (isNew) created.push(`organization ${organization.slug}`);
  const { team, created: isNewTeam } = await ensureDefaultTeam(on, organization);
  if (isNewTeam) created.push(`team ${team.slug}`);

  const owner =
    input.email === undefined ? null : await ensureOwnerOf(on, organization.id, team.id, input.email.toLowerCase(), passwordHash);
  if (owner) created.push(...owner.changed);

  const slugs = [...new Set(input.projects)];
  for (const slug of slugs) {
    const project = await storeProject(on, { organizationId: organization.id, teamId: team.id, slug, name: slug, platform: null });
    if (project) created.push(`project ${slug}`);
  }

  const tokens = isNew ? await createTokens(on, organization, owner?.user ?? null) : { token: null, ciToken: null };
  if (tokens.token !== null) created.push("owner token");
  if (tokens.ciToken !== null) created.push("CI token");
  return {
    organization: { id: String(organization.id), slug: organization.slug, name: organization.name },
    projects: (await projectsOf(on, organization.id, slugs)).map(({ id, slug }) => ({ id: String(id), slug })),
    ...tokens,
    created,
    unchanged: created.length === 0,
  };
}

/** Makes the user with this email address an owner. The address counts as verified, since the operator entered it. */
async function ensureOwnerOf(on: MutationContext, organizationId: number, teamId: number, email: string, passwordHash: string | null) {
  const { user, changed } = await ensureUser(on, { username: email, email, name: email, passwordHash, isVerified: true });
  const isNewOwner = await ensureOwner(on, user, { organizationId, teamId });
  return { user, changed: [...changed, ...(isNewOwner ? [`owner ${user.email}`] : [])] };
}

async function createTokens(
  on: MutationContext,
  { id: organizationId, slug }: OrganizationRow,
  owner: UserRow | null,
): Promise<{ token: string | null; ciToken: string }> {
  const token = owner && generateUserToken(on.context);
  if (owner && token !== null)
    await storeToken(on, { owner: { userId: owner.id }, name: "First token", scopes: SCOPES, dateExpires: null }, token);
  const ciToken = generateOrgToken(on.context, slug, on.now);
  await storeToken(on, { owner: { organizationId }, name: "CI", scopes: ["org:ci"], dateExpires: null }, ciToken);
  return { token, ciToken };
}

/** Finds projects by slug, in the given order. */
async function projectsOf({ tx }: MutationContext, organizationId: number, slugs: readonly string[]): Promise<ProjectRow[]> {
  const { projects } = tx.tables;
  const rows = await tx
    .select()
    .from(projects)
    .where(and(eq(projects.organizationId, organizationId), inArray(projects.slug, [...slugs])));
  const bySlug = new Map(rows.map((row) => [row.slug, row]));
  return slugs.flatMap((slug) => bySlug.get(slug) ?? []);
}

/** Returns the organization with this slug, and creates it if necessary. Of concurrent calls exactly one creates it. */
async function ensureOrganization(
  on: MutationContext,
  slug: string,
  name: string,
): Promise<{ organization: OrganizationRow; created: boolean }> {
  const { organizations } = on.tx.tables;
  const [created] = await on.tx.insert(organizations).values({ slug, name, dateCreated: on.now }).onConflictDoNothing().returning();
  if (created) {
    await claimOrganizationSlug(on, { slug, takeFormerSlug: false }, null);
    await recordAudit(on, { organizationId: created.id, action: "organization.create", target: slug });
    return { organization: created, created: true };
  }
  const [organization] = await on.tx.select().from(organizations).where(eq(organizations.slug, slug));
  if (!organization) throw new Error("an existing organization was not found");
  return { organization, created: false };
}
