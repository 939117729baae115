import { equalTo } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { OrganizationRow } from "@landfall/db/tables/schema";
import { type Role, ROLES, type Scope, scopesOfRole } from "@landfall/schema/scope";
import { and, eq } from "drizzle-orm";
import * as z from "zod";
import type { Actor } from "../kernel/actor.ts";
import { forbidden, notFound, outOfReach } from "../kernel/app-error.ts";
import { smallId } from "../kernel/input.ts";
import type { Locator, Scopes } from "../kernel/operation.ts";
import { commonScopes } from "./scopes.ts";

/** What an actor may do in one organization. */
export type Access = {
  readonly organization: OrganizationRow;
  readonly role: Role | null;
  /** The caller's scopes, limited to those of the role. */
  readonly scopes: ReadonlySet<Scope>;
  /** The user; null for other actors. */
  readonly userId: number | null;
  /** The project of a release webhook, the only one that it reaches; null for other actors. */
  readonly projectId: number | null;
  /** Whether the caller reaches every project: organization tokens, managers and owners, and anyone if membership is open. */
  readonly reachesAllProjects: boolean;
  /** Whether lists show every project by default, and not only those of the user's teams. */
  readonly ownsAllProjects: boolean;
};

/**
 * Returns the access of an actor to an organization, by its slug or id. Throws 404 if it is unknown, removed (or, with `isRemoved`, not
 * removed), or the actor does not belong to it, and 403 for a member without any of the scopes.
 */
export async function openOrganization(
  db: Reader,
  actor: Actor,
  name: string,
  scope: Scopes,
  { isRemoved = false }: { readonly isRemoved?: boolean } = {},
): Promise<Access> {
  const byId = /^\d+$/.test(name);
  const userId = actor.kind === "user" ? actor.userId : 0;
  const [row] = byId ? await findById(db, { id: smallId(name), userId }) : await findBySlugOrFormerSlug(db, { slug: name, userId });
  const unknown = `No organization "${name.slice(0, 100)}", or you do not have access to it.`;
  if (!row || (row.organization.dateRemoved !== null) !== isRemoved) throw notFound(unknown);
  const access = accessOf(row.organization, actor, row.role);
  if (!access) throw outOfReach(unknown);
  if (!scope.some((one) => access.scopes.has(one)))
    throw forbidden(`You do not have permission for this in ${row.organization.slug}. It requires ${scope.join(" or ")}.`);
  return access;
}

/** The access of an actor to an organization; null if the actor does not belong to it. */
function accessOf(organization: OrganizationRow, actor: Actor, roleName: string | null): Access | null {
  const isOpen = organization.openMembership;
  if (actor.kind !== "user") {
    if (actor.kind !== "system" && actor.organizationId !== organization.id) return null;
    const projectId = actor.kind === "hook" ? actor.projectId : null;
    const isWhole = projectId === null;
    const reach = { projectId, reachesAllProjects: isWhole || isOpen, ownsAllProjects: isWhole };
    return { organization, role: null, scopes: actor.scopes, userId: null, ...reach };
  }
  const role = ROLES.find((one) => one === roleName);
  if (!role) return null;
  const scopes = commonScopes(actor.scopes, scopesOfRole(role));
  const ownsAllProjects = role === "owner" || role === "manager";
  const reach = { projectId: null, reachesAllProjects: ownsAllProjects || isOpen, ownsAllProjects };
  return { organization, role, scopes, userId: actor.userId, ...reach };
}

const selectOrganization = (db: Reader, userId: number) => {
  const { organizations, members } = db.tables;
  return db
    .select({ organization: organizations, role: members.role })
    .from(organizations)
    .leftJoin(members, and(eq(members.organizationId, organizations.id), equalTo(members.userId, userId)));
};

const findBySlug = prepared((db: Reader, param: { slug: string; userId: number }) =>
  selectOrganization(db, param.userId).where(equalTo(db.tables.organizations.slug, param.slug)).prepare(),
);

const findByFormerSlug = prepared((db: Reader, param: { slug: string; userId: number }) => {
  const { organizationFormerSlugs, organizations } = db.tables;
  return selectOrganization(db, param.userId)
    .innerJoin(organizationFormerSlugs, eq(organizationFormerSlugs.organizationId, organizations.id))
    .where(equalTo(organizationFormerSlugs.slug, param.slug))
    .prepare();
});

/** Finds an organization by its slug, or else by a former slug: one statement unless the slug is not a current one. */
async function findBySlugOrFormerSlug(db: Reader, values: { readonly slug: string; readonly userId: number }) {
  const found = await findBySlug(db, values);
  return found.length > 0 ? found : findByFormerSlug(db, values);
}

const findById = prepared((db: Reader, param: { id: number; userId: number }) =>
  selectOrganization(db, param.userId).where(equalTo(db.tables.organizations.id, param.id)).prepare(),
);

/** The path parameter that names an organization: its slug, or its id in digits (contract 1.3). */
export const OrganizationParams = z.object({ organization: z.string().describe("The organization's slug or id.") });

/** For operations on an organization. */
export const atOrganization: Locator<z.output<typeof OrganizationParams>, { access: Access }> = {
  params: OrganizationParams,
  locate: async ({ db, actor, scope }, { organization }) => ({ access: await openOrganization(db, actor, organization, scope) }),
};

/** For operations on an organization that was removed. */
export const atRemovedOrganization: Locator<z.output<typeof OrganizationParams>, { access: Access }> = {
  params: OrganizationParams,
  locate: async ({ db, actor, scope }, { organization }) => ({
    access: await openOrganization(db, actor, organization, scope, { isRemoved: true }),
  }),
};
