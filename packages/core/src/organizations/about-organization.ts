import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { NoInput } from "@landfall/schema/inputs/nothing";
import { instant } from "@landfall/schema/instant";
import { SCOPES } from "@landfall/schema/scope";
import type { OrganizationAboutView } from "@landfall/schema/views/organization-about";
import { and, count, eq, sql } from "drizzle-orm";
import { atOrganization } from "../access/at-organization.ts";
import { reachableProjects } from "../access/project-reach.ts";
import { preparedWithinReach, withinReach } from "../access/within-reach.ts";
import { query } from "../operation.ts";
import { ORGANIZATION_READ } from "./organization-scopes.ts";

/** What pages know of the organization they show: its name, how many projects the caller reaches and members it has, whether it is made up, and what the caller may do in it. */
export const getOrganizationSummary = query({
  scope: ORGANIZATION_READ,
  at: atOrganization,
  input: NoInput,
  run: async ({ db, at: { access } }): Promise<OrganizationAboutView> => {
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

const countProjects = preparedWithinReach((db, reach) => {
  const { projects } = db.tables;
  return db
    .select({ number: count() })
    .from(projects)
    .where(and(eq(projects.organizationId, sql.placeholder("id")), withinReach(projects.id, reach)))
    .prepare();
});

const countMembers = prepared((db: Reader) => {
  const { members } = db.tables;
  return db
    .select({ number: count() })
    .from(members)
    .where(eq(members.organizationId, sql.placeholder("id")))
    .prepare();
});
