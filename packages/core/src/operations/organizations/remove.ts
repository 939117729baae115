import { DAY } from "@landfall/domain/durations";
import type { Reader } from "@landfall/db/store";
import type { OrganizationRow } from "@landfall/db/tables/schema";
import { NoInput } from "@landfall/schema/fields/query";
import { instant } from "@landfall/schema/instant";
import type { RemovalPreviewView, RemovedOrganizationView } from "@landfall/schema/organizations/organizations";
import { and, asc, desc, eq, gt, isNotNull, isNull, lte, type SQL, sql } from "drizzle-orm";
import { atRemovedOrganization, atOrganization } from "../../access/organization-access.ts";
import { SYSTEM_ACTOR } from "../../kernel/actor.ts";
import { AppError } from "../../kernel/app-error.ts";
import type { Context } from "../../kernel/context.ts";
import { atNothing, mutation, query } from "../../kernel/operation.ts";
import { unlessTaken } from "../../kernel/unique.ts";
import { deleteArtifacts } from "../../records/artifacts/delete-artifacts.ts";
import { recordAudit } from "../../records/audit.ts";
import { claimOrganizationSlug } from "../../records/former-slugs.ts";

/** How long a removed organization can be restored, in milliseconds. */
const RESTORABLE = DAY;

/** The most names that a preview lists of each kind. */
const NAMES = 5;

/**
 * Returns what the removal of a sample organization would remove: counts by kind, and what is not sample data because it was created later,
 * with the first few names. Throws `conflict` for any other organization.
 */
export const previewOrganizationRemoval = query({
  scope: ["org:admin"],
  at: atOrganization,
  input: NoInput,
  run: async ({ db, at: { access } }): Promise<RemovalPreviewView> => {
    const { organization } = access;
    assertSample(organization);
    const since = organization.dateSampled ?? organization.dateCreated;
    return { slug: organization.slug, name: organization.name, contents: await contentsOf(db, organization.id, since) };
  },
});

function assertSample({ isSample, slug }: OrganizationRow): void {
  if (isSample) return;
  throw new AppError("conflict", `The organization "${slug}" has no sample data. Only organizations with sample data can be removed.`);
}

/** Counts the rows of each kind, all and those created after `since`, whose first few it names. */
async function contentsOf(db: Reader, id: number, since: Date): Promise<RemovalPreviewView["contents"]> {
  const { projects, releases, deploys, environments, artifactBundles, teams, members, users, tokens } = db.tables;
  const describe = async (
    kind: RemovalPreviewView["contents"][number]["kind"],
    table: typeof projects | typeof releases | typeof deploys | typeof artifactBundles | typeof teams | typeof members | typeof tokens,
    names: (isOwn: SQL | undefined) => PromiseLike<readonly { readonly name: string }[]>,
  ) => {
    const isInside = and(eq(table.organizationId, id), table === tokens ? isNull(tokens.dateRevoked) : undefined);
    const isOwn = and(isInside, gt(table.dateCreated, since));
    const ownNames = (await names(isOwn)).map(({ name }) => name);
    return { kind, count: await db.$count(table, isInside), ownCount: await db.$count(table, isOwn), ownNames };
  };
  const deployName = sql<string>`${releases.version} || ' to ' || ${environments.name}`;
  return [
    await describe("projects", projects, (isOwn) =>
      db.select({ name: projects.slug }).from(projects).where(isOwn).orderBy(asc(projects.id)).limit(NAMES),
    ),
    await describe("releases", releases, (isOwn) =>
      db.select({ name: releases.version }).from(releases).where(isOwn).orderBy(asc(releases.id)).limit(NAMES),
    ),
    await describe("deploys", deploys, (isOwn) =>
      db
        .select({ name: deployName })
        .from(deploys)
        .innerJoin(releases, eq(releases.id, deploys.releaseId))
        .innerJoin(environments, eq(environments.id, deploys.environmentId))
        .where(isOwn)
        .orderBy(asc(deploys.id))
        .limit(NAMES),
    ),
    await describe("bundles", artifactBundles, (isOwn) =>
      db.select({ name: artifactBundles.bundleId }).from(artifactBundles).where(isOwn).orderBy(asc(artifactBundles.id)).limit(NAMES),
    ),
    await describe("teams", teams, (isOwn) => db.select({ name: teams.slug }).from(teams).where(isOwn).orderBy(asc(teams.id)).limit(NAMES)),
    await describe("members", members, (isOwn) =>
      db
        .select({ name: users.email })
        .from(members)
        .innerJoin(users, eq(users.id, members.userId))
        .where(isOwn)
        .orderBy(asc(users.id))
        .limit(NAMES),
    ),
    await describe("tokens", tokens, (isOwn) =>
      db.select({ name: tokens.name }).from(tokens).where(isOwn).orderBy(asc(tokens.id)).limit(NAMES),
    ),
  ];
}

/**
 * Removes a sample organization with everything in it. It can be restored for 24 hours; then the nightly work deletes it. Users are not
 * deleted. Its slug is free at once. Throws `conflict` for any other organization.
 */
export const deleteOrganization = mutation({
  scope: ["org:admin"],
  at: atOrganization,
  input: NoInput,
  run: async (on): Promise<RemovedOrganizationView> => {
    const { organization } = on.at.access;
    assertSample(organization);
    const { id, slug, name, isSample } = organization;
    const { organizations } = on.tx.tables;
    await on.tx
      .update(organizations)
      .set({ dateRemoved: on.now, slug: removedSlug(organization) })
      .where(eq(organizations.id, id));
    // Of the whole server, since the organization's own log is deleted with it.
    await recordAudit(on, { organizationId: null, action: "organization.delete", target: slug, details: { id, name, isSample } });
    return describeRemoved(organization, slug, on.now);
  },
});

/** The slug of an organization while it is removed: one that no other can have. */
const removedSlug = ({ id, slug }: OrganizationRow): string => `${slug}:${id}`;

/** The slug that an organization had before it was removed. */
const slugBefore = (slug: string): string => slug.slice(0, slug.indexOf(":"));

const describeRemoved = ({ id, name }: OrganizationRow, slug: string, dateRemoved: Date): RemovedOrganizationView => ({
  id: String(id),
  slug,
  name,
  dateRemoved: instant(dateRemoved),
  dateExpires: instant(new Date(dateRemoved.getTime() + RESTORABLE)),
});

/** Lists the organizations that can be restored and that the caller owns, the last removed first; at most 20. */
export const listRemovedOrganizations = query({
  scope: ["org:admin"],
  at: atNothing,
  input: NoInput,
  run: async ({ db, actor, now }): Promise<RemovedOrganizationView[]> => {
    if (actor.kind !== "user") return [];
    const { organizations, members } = db.tables;
    const rows = await db
      .select({ organization: organizations })
      .from(members)
      .innerJoin(organizations, eq(organizations.id, members.organizationId))
      .where(and(eq(members.userId, actor.userId), eq(members.role, "owner"), gt(organizations.dateRemoved, lastRestorable(now))))
      .orderBy(desc(organizations.dateRemoved))
      .limit(20);
    return rows.flatMap(({ organization }) =>
      organization.dateRemoved === null ? [] : [describeRemoved(organization, slugBefore(organization.slug), organization.dateRemoved)],
    );
  },
});

const lastRestorable = (now: Date): Date => new Date(now.getTime() - RESTORABLE);

/**
 * Restores a removed organization, by its id. Throws 404 if it was not removed, and `conflict` after 24 hours, or if another organization has
 * its slug now.
 */
export const restoreOrganization = mutation({
  scope: ["org:admin"],
  at: atRemovedOrganization,
  input: NoInput,
  run: async (on): Promise<{ readonly slug: string }> => {
    const { id, slug: removed, dateRemoved } = on.at.access.organization;
    if (dateRemoved === null || dateRemoved <= lastRestorable(on.now))
      throw new AppError("conflict", "This organization was removed more than 24 hours ago and cannot be restored.");
    const { organizations } = on.tx.tables;
    const slug = slugBefore(removed);
    await claimOrganizationSlug(on, { slug, takeFormerSlug: false }, id);
    const restored = on.tx.update(organizations).set({ dateRemoved: null, slug }).where(eq(organizations.id, id));
    await unlessTaken(
      restored,
      () => new AppError("conflict", `Another organization has the slug "${slug}" now. Rename or remove it, then restore this one.`),
    );
    await recordAudit(on, { organizationId: null, action: "organization.restore", target: slug, details: { id } });
    return { slug };
  },
});

/**
 * Deletes a sample organization with everything in it, for good. Not an operation: callers must check permissions. Throws `conflict` for any
 * other organization.
 */
export async function purgeOrganization(context: Context, organization: OrganizationRow): Promise<void> {
  assertSample(organization);
  const { id, slug, name, isSample } = organization;
  // Before the transaction, since a bundle may have tens of thousands of rows. If the process ends here, it is deleted the next night.
  await deleteArtifacts(context.store, id);
  await context.store.transaction(async (tx) => {
    const { organizations } = tx.tables;
    const deleted = await tx
      .delete(organizations)
      .where(and(eq(organizations.id, id), eq(organizations.isSample, true)))
      .returning({ id: organizations.id });
    if (deleted.length === 0) return;
    const on = { tx, actor: SYSTEM_ACTOR, now: context.now(), context };
    const target = organization.dateRemoved === null ? slug : slugBefore(slug);
    await recordAudit(on, { organizationId: null, action: "organization.purge", target, details: { id, name, isSample } });
  });
}

/** Deletes the organizations that can no longer be restored. Returns how many. Part of the nightly work; several processes may do it at once. */
export async function purgeRemovedOrganizations(context: Context): Promise<number> {
  const { read } = context.store;
  const { organizations } = read.tables;
  const isExpired = and(isNotNull(organizations.dateRemoved), lte(organizations.dateRemoved, lastRestorable(context.now())));
  const expired = await read.select().from(organizations).where(isExpired);
  for (const organization of expired) await purgeOrganization(context, organization);
  return expired.length;
}
