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
  /** The token's scopes, cut to what the role allows. */
  readonly scopes: ReadonlySet<Scope>;
  /** The person, when there is one. */
  readonly userId: number | null;
  /** The one project of a release webhook, which it reaches and no other; null for everybody else. */
  readonly projectId: number | null;
  /** True when every project may be reached: organization tokens, managers and owners, and open membership. */
  readonly reachesAllProjects: boolean;
  /** True when lists show every project by default, not only those of the person's teams. */
  readonly ownsAllProjects: boolean;
};

/**
 * The organization called `name` (a slug, or an id in digits) as `actor` may use it. Throws 404 when it is unknown or not the actor's, 403 to
 * a member without any of the scopes.
 */
export async function openOrganization(db: Reader, actor: Actor, name: string, scope: Scopes): Promise<Access> {
  const byId = /^\d+$/.test(name);
  const userId = actor.kind === "user" ? actor.userId : 0;
  const [row] = byId ? await findById(db, { id: smallId(name), userId }) : await findBySlug(db, { slug: name, userId });
  if (!row) throw notFound();
  const access = accessOf(row.organization, actor, row.role);
  if (!access) throw outOfReach();
  if (!scope.some((one) => access.scopes.has(one))) throw forbidden();
  return access;
}

/** What an actor may do in an organization; null for nothing. Every kind of actor has a reach of its own. */
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

const findById = prepared((db: Reader, param: { id: number; userId: number }) =>
  selectOrganization(db, param.userId).where(equalTo(db.tables.organizations.id, param.id)).prepare(),
);

/** The path parameter that names an organization: its slug, or its id in digits (contract 1.3). */
export const OrganizationParams = z.object({ organization: z.string().describe("The organization's slug or id.") });

/** An operation about an organization as a whole. */
export const atOrganization: Locator<z.output<typeof OrganizationParams>, { access: Access }> = {
  params: OrganizationParams,
  locate: async ({ db, actor, scope }, { organization }) => ({ access: await openOrganization(db, actor, organization, scope) }),
};
