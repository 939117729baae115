import { DAY } from "@landfall/domain/durations";
import type { OrganizationRow, UserRow } from "@landfall/db/tables/schema";
import { type SetUpView, UseSetupLinkInput } from "@landfall/schema/organizations/setup";
import { and, asc, eq, isNull } from "drizzle-orm";
import type * as z from "zod";
import { hashPassword } from "../../access/password-hash.ts";
import { assertStrongPassword } from "../../access/password-strength.ts";
import { generateOrgToken } from "../../access/token-text.ts";
import { SYSTEM_ACTOR, userActor } from "../../kernel/actor.ts";
import { invalidField } from "../../kernel/app-error.ts";
import type { Context } from "../../kernel/context.ts";
import { parseInput } from "../../kernel/input.ts";
import { unlessTaken } from "../../kernel/unique.ts";
import { changedFields, type MutationContext, recordAudit } from "../../records/audit.ts";
import { ensureOwner } from "../../records/accounts/members.ts";
import { ensureDefaultTeam } from "../../records/accounts/teams.ts";
import { revokeTokens, storeToken } from "../../records/accounts/tokens.ts";
import { claimOrganizationSlug } from "../../records/former-slugs.ts";
import { createUser, describeUser, findByEmail, findUser } from "../../records/users.ts";
import { findUsableSetupLink, type FoundSetupLink, hasNoReleases, setupLinkUsed } from "./setup-link.ts";

/**
 * Creates an account that owns the organization of a setup link, and an organization token for CI that works for 90 days, which is returned
 * once. An existing account is never changed. The input may rename an organization without releases and its first project. Not an operation: the link is the
 * permission. Throws `not_found` for an unknown link, `conflict` for one that was used, replaced or has expired, and `invalid` per field, at
 * `email` if an account has that address.
 */
export async function redeemSetupLink(context: Context, rawInput: z.input<typeof UseSetupLinkInput>): Promise<SetUpView> {
  const input = parseInput(UseSetupLinkInput, rawInput);
  // Hashing a password is expensive, so the link is checked first.
  await findUsableSetupLink(context.store.read, input.link, context.now());
  assertStrongPassword("password", input.password, input.email);
  const passwordHash = await hashPassword(input.password);
  return context.store.transaction((tx) => redeemIn({ tx, actor: SYSTEM_ACTOR, now: context.now(), context }, input, passwordHash));
}

/** How long the token of the first release works, in milliseconds. */
const TOKEN_LIFETIME = 90 * DAY;

async function redeemIn(on: MutationContext, input: UseSetupLinkInput, passwordHash: string): Promise<SetUpView> {
  const { tx, now } = on;
  const link = await findUsableSetupLink(tx, input.link, now);
  await markUsed(on, link);
  const user = await createOwner(on, input, passwordHash);
  const { organization } = link;
  await nameOrganization(on, organization, input);
  const { team } = await ensureDefaultTeam(on, organization);
  await ensureOwner(on, user, { organizationId: organization.id, teamId: team.id });
  const created = await findUser(tx, user.id);
  if (!created) throw new Error("a new user was not found");
  const token = generateOrgToken(on.context, input.organizationSlug ?? organization.slug, now);
  const dateExpires = new Date(now.getTime() + TOKEN_LIFETIME);
  const draft = { owner: { organizationId: organization.id }, name: "First release", scopes: ["org:ci"], dateExpires } as const;
  await storeToken({ ...on, actor: userActor(user.id) }, draft, token);
  return { user: describeUser(created), token };
}

/** Marks the link as used. Of concurrent requests exactly one succeeds. */
async function markUsed({ tx, now }: MutationContext, { id }: FoundSetupLink): Promise<void> {
  const { setupLinks } = tx.tables;
  const used = await tx
    .update(setupLinks)
    .set({ dateUsed: now })
    .where(and(eq(setupLinks.id, id), isNull(setupLinks.dateUsed)))
    .returning({ id: setupLinks.id });
  if (used.length === 0) throw setupLinkUsed();
}

async function createOwner(on: MutationContext, { email, name }: UseSetupLinkInput, passwordHash: string): Promise<UserRow> {
  const address = email.toLowerCase();
  if (await findByEmail(on.tx, address))
    throw invalidField(
      "email",
      "An account with this email address already exists, and this link only creates new accounts. Use another address.",
    );
  return createUser(on, { username: address, email: address, name: name || address, passwordHash, isVerified: false });
}

/** New names for the organization and its first project; undefined leaves a name unchanged. */
type NewNames = {
  readonly organizationName?: string | undefined;
  readonly organizationSlug?: string | undefined;
  readonly projectSlug?: string | undefined;
};

/**
 * Renames an organization without releases, and its first project. A new slug revokes the organization's tokens, since they contain the old one.
 * Throws `invalid` at the field for a slug that is taken, and if the organization already has releases.
 */
async function nameOrganization(on: MutationContext, organization: OrganizationRow, names: NewNames): Promise<void> {
  const changes = changedFields(organization, { name: names.organizationName, slug: names.organizationSlug });
  const project = await firstProject(on, organization.id);
  const projectSlug = project?.slug === names.projectSlug ? undefined : names.projectSlug;
  if (Object.keys(changes).length === 0 && projectSlug === undefined) return;
  if (!(await hasNoReleases(on.tx, organization.id))) {
    throw invalidField("organizationSlug", "This organization already has releases. Change its name in the settings.");
  }
  const { organizations, projects } = on.tx.tables;
  if (changes.slug !== undefined) await claimOrganizationSlug(on, { slug: changes.slug, takeFormerSlug: false }, organization.id);
  if (Object.keys(changes).length > 0) {
    const write = on.tx.update(organizations).set(changes).where(eq(organizations.id, organization.id));
    await unlessTaken(write, () => slugTaken("organizationSlug"));
    const { id: organizationId, slug: target } = organization;
    await recordAudit(on, { organizationId, action: "organization.update", target, details: changes });
  }
  if (changes.slug !== undefined) await revokeTokens(on, eq(on.tx.tables.tokens.organizationId, organization.id));
  if (project && projectSlug !== undefined) {
    const change = { slug: projectSlug, ...(project.name === project.slug ? { name: projectSlug } : {}) };
    await unlessTaken(on.tx.update(projects).set(change).where(eq(projects.id, project.id)), () => slugTaken("projectSlug"));
    await recordAudit(on, { organizationId: organization.id, action: "project.update", target: project.slug, details: change });
  }
}

const slugTaken = (field: string) => invalidField(field, "This slug is already in use.");

async function firstProject({ tx }: MutationContext, organizationId: number) {
  const { projects } = tx.tables;
  const [project] = await tx.select().from(projects).where(eq(projects.organizationId, organizationId)).orderBy(asc(projects.id)).limit(1);
  return project;
}
