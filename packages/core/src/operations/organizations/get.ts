import { containsText } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { NoInput } from "@landfall/schema/fields/query";
import { instant } from "@landfall/schema/instant";
import {
  ListOrganizationsInput,
  type OrganizationSummaryView,
  type OrganizationDetailsView,
  type OrganizationView,
} from "@landfall/schema/organizations/organizations";
import type { Page } from "@landfall/schema/page";
import { SCOPES } from "@landfall/schema/scope";
import { and, asc, count, eq, inArray, isNull, or, type SQL } from "drizzle-orm";
import { atOrganization } from "../../access/organization-access.ts";
import { preparedWithinReach, reachableProjects, withinReach } from "../../access/project-reach.ts";
import { ORGANIZATION_READ } from "../../access/scopes.ts";
import type { Actor } from "../../kernel/actor.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { atNothing, query } from "../../kernel/operation.ts";
import { describeOrganization, describeOrganizationDetails } from "./describe.ts";

/** Returns an organization with the access of the caller (contract 11.2). */
export const getOrganization = query({
  scope: ORGANIZATION_READ,
  at: atOrganization,
  input: NoInput,
  run: ({ at, context }): Promise<OrganizationDetailsView> => Promise.resolve(describeOrganizationDetails(at.access, context.origin)),
});

/** Lists the organizations that the caller belongs to by slug; for an organization token, only its own (contract 11.2). */
export const listOrganizations = query({
  scope: ORGANIZATION_READ,
  at: atNothing,
  input: ListOrganizationsInput,
  run: async ({ db, actor, context }, input): Promise<Page<OrganizationView>> => {
    const { organizations } = db.tables;
    const window = offsetWindow(input);
    const { query: text = "" } = input;
    const rows = await db
      .select()
      .from(organizations)
      .where(
        and(
          belongsTo(db, actor),
          isNull(organizations.dateRemoved),
          or(containsText(organizations.slug, text), containsText(organizations.name, text)),
        ),
      )
      .orderBy(asc(organizations.slug))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { items: items.map((row) => describeOrganization(row, context.origin)), ...links };
  },
});

function belongsTo(db: Reader, actor: Actor): SQL | undefined {
  const { organizations, members } = db.tables;
  switch (actor.kind) {
    case "user":
      return inArray(organizations.id, db.select({ id: members.organizationId }).from(members).where(eq(members.userId, actor.userId)));
    case "organization":
    case "hook":
      return eq(organizations.id, actor.organizationId);
    case "system":
      return undefined;
  }
}

/** Returns a summary of an organization for pages: name, number of members and of projects within reach, whether it is sample data, and the access of the caller. */
export const getOrganizationSummary = query({
  scope: ORGANIZATION_READ,
  at: atOrganization,
  input: NoInput,
  run: async ({ db, at: { access } }): Promise<OrganizationSummaryView> => {
    const { id, slug, name, isSample, dateCreated } = access.organization;
    const [projects] = await countProjects(db, await reachableProjects(db, access), { id });
    const [members] = await countMembers(db, { id });
    return {
      slug,
      name,
      isSample,
      role: access.role,
      scopes: SCOPES.filter((scope) => access.scopes.has(scope)),
      counts: { projects: projects?.number ?? 0, members: members?.number ?? 0 },
      dateCreated: instant(dateCreated),
    };
  },
});

const countProjects = preparedWithinReach((db, reach, param: { id: number }) => {
  const { projects } = db.tables;
  return db
    .select({ number: count() })
    .from(projects)
    .where(and(eq(projects.organizationId, param.id), withinReach(projects.id, reach)))
    .prepare();
});

const countMembers = prepared((db: Reader, param: { id: number }) => {
  const { members } = db.tables;
  return db.select({ number: count() }).from(members).where(eq(members.organizationId, param.id)).prepare();
});
