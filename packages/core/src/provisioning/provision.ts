import type { OrganizationRow, ProjectRow, UserRow } from "@landfall/db/rows";
import { ProvisionInput } from "@landfall/schema/inputs/provisioning";
import { SCOPES } from "@landfall/schema/scope";
import type { ProvisionedView } from "@landfall/schema/views/provisioning";
import { and, eq, inArray } from "drizzle-orm";
import type * as z from "zod";
import type { MutationContext } from "../audit/record-audit.ts";
import type { Context } from "../context.ts";
import { invalidField } from "../app-error.ts";
import { parseInput } from "../parse-input.ts";
import { assertStrongPassword } from "../passwords/assert-strong-password.ts";
import { hashPassword } from "../passwords/password-hash.ts";
import { storeProject } from "../projects/store-project.ts";
import { ensureDefaultTeam } from "../teams/ensure-default-team.ts";
import { generateOrgToken, generateUserToken } from "../tokens/generate-token.ts";
import { storeToken } from "../tokens/store-token.ts";
import { ensureOrganization } from "./ensure-organization.ts";
import { ensureOwner } from "./ensure-owner.ts";
import { ensureUser } from "./ensure-user.ts";
import { SYSTEM_ACTOR } from "./system-actor.ts";

/**
 * Creates what a server needs to be used: an organization with a team and projects, a token for CI and, if an address is given, an owner
 * with a token. What exists stays as it is, so it can be run again, also to add projects or another owner; tokens are created, and
 * returned, only together with the organization. Not an operation: only the operator can do this, no request can. Throws `invalid` per
 * field.
 */
export async function provision(context: Context, given: z.input<typeof ProvisionInput>): Promise<ProvisionedView> {
  const input = parseInput(ProvisionInput, given);
  if (input.password !== undefined && input.email === undefined) throw invalidField("email", "Name the owner whom the password is for.");
  if (input.password !== undefined) assertStrongPassword("password", input.password, input.email ?? "");
  // Slow on purpose, so it is done before the transaction and not inside.
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
    const made = await storeProject(on, { organizationId: organization.id, teamId: team.id, slug, name: slug, platform: null });
    if (made) created.push(`project ${slug}`);
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

/** The operator names the owner, so the address counts as verified. */
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

/** The projects of these slugs, in the order named. */
async function projectsOf({ tx }: MutationContext, organizationId: number, slugs: readonly string[]): Promise<ProjectRow[]> {
  const { projects } = tx.tables;
  const rows = await tx
    .select()
    .from(projects)
    .where(and(eq(projects.organizationId, organizationId), inArray(projects.slug, [...slugs])));
  const bySlug = new Map(rows.map((row) => [row.slug, row]));
  return slugs.flatMap((slug) => bySlug.get(slug) ?? []);
}
