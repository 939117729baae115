import { hashPassword } from "@better-auth/utils/password";
import type { OrganizationRow, ProjectRow, UserRow } from "@landfall/db/rows";
import { ProvisionInput } from "@landfall/schema/inputs/provisioning";
import { SCOPES } from "@landfall/schema/scope";
import type { ProvisionedView } from "@landfall/schema/views/provisioning";
import { and, eq, inArray } from "drizzle-orm";
import type * as z from "zod";
import type { recordAudit } from "../audit/record-audit.ts";
import type { Context } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { storeProject } from "../projects/store-project.ts";
import { ensureDefaultTeam } from "../teams/ensure-default-team.ts";
import { generateOrgToken, generateUserToken } from "../tokens/generate-token.ts";
import { storeToken } from "../tokens/store-token.ts";
import { chooseOwner } from "./choose-owner.ts";
import { ensureOrganization } from "./ensure-organization.ts";
import { ensureOwner } from "./ensure-owner.ts";
import { SYSTEM } from "./system-actor.ts";

type On = Parameters<typeof recordAudit>[0];

/**
 * Gives a server what it needs to be used: an organization with a team and projects, an owner, and one token each for the owner and for
 * CI. What is there already stays as it is, so it can be run again, also to add projects or another owner; tokens are made, and shown,
 * only together with the organization. Not an operation: whoever may start the server may do this, and no request can. Throws `invalid`
 * per field.
 */
export async function provision(context: Context, given: z.input<typeof ProvisionInput>): Promise<ProvisionedView> {
  const input = parseInput(ProvisionInput, given);
  // Takes its time on purpose, so it is done before the transaction and not inside.
  const passwordHash = input.password === undefined ? null : await hashPassword(input.password);
  return context.store.transaction((tx) => work({ tx, actor: SYSTEM, now: context.now(), context }, input, passwordHash));
}

async function work(on: On, input: ProvisionInput, passwordHash: string | null): Promise<ProvisionedView> {
  const created: string[] = [];
  const { organization, created: isNew } = await ensureOrganization(on, input.organization, input.name ?? input.organization);
  if (isNew) created.push(`organization ${organization.slug}`);
  const { team, created: isNewTeam } = await ensureDefaultTeam(on, organization);
  if (isNewTeam) created.push(`team ${team.slug}`);

  const chosen = await chooseOwner(on, organization.id, { email: input.email, passwordHash });
  if (chosen) {
    const isNewOwner = await ensureOwner(on, chosen.user, { organizationId: organization.id, teamId: team.id });
    created.push(...chosen.changed, ...(isNewOwner ? [`owner ${chosen.user.email}`] : []));
  }

  const slugs = [...new Set(input.projects)];
  for (const slug of slugs) {
    const made = await storeProject(on, { organizationId: organization.id, teamId: team.id, slug, name: slug, platform: null });
    if (made) created.push(`project ${slug}`);
  }

  const tokens = isNew && chosen ? await makeTokens(on, organization, chosen.user) : { token: null, ciToken: null };
  if (tokens.token !== null) created.push("owner token", "CI token");
  return {
    organization: { id: String(organization.id), slug: organization.slug, name: organization.name },
    projects: (await projectsOf(on, organization.id, slugs)).map(({ id, slug }) => ({ id: String(id), slug })),
    ...tokens,
    created,
    unchanged: created.length === 0,
  };
}

async function makeTokens(
  on: On,
  { id: organizationId, slug }: OrganizationRow,
  { id: userId }: UserRow,
): Promise<{ token: string; ciToken: string }> {
  const token = generateUserToken(on.context);
  const ciToken = generateOrgToken(on.context, slug, on.now);
  await storeToken(on, { owner: { userId }, name: "First token", scopes: SCOPES, dateExpires: null }, token);
  await storeToken(on, { owner: { organizationId }, name: "CI", scopes: ["org:ci"], dateExpires: null }, ciToken);
  return { token, ciToken };
}

/** The projects of these slugs, in the order named. */
async function projectsOf({ tx }: On, organizationId: number, slugs: readonly string[]): Promise<ProjectRow[]> {
  const { projects } = tx.tables;
  const rows = await tx
    .select()
    .from(projects)
    .where(and(eq(projects.organizationId, organizationId), inArray(projects.slug, [...slugs])));
  const bySlug = new Map(rows.map((row) => [row.slug, row]));
  return slugs.flatMap((slug) => bySlug.get(slug) ?? []);
}
