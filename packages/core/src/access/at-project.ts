import { prepared } from "@landfall/db/prepared";
import type { ProjectRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { and, eq, sql } from "drizzle-orm";
import * as z from "zod";
import { notFound, outOfReach } from "../app-error.ts";
import type { Locator } from "../operation.ts";
import { OrganizationParams } from "./at-organization.ts";
import { type Access, openOrganization } from "./organization-access.ts";
import { smallId } from "../read-id.ts";
import { reachableProjects, reaches } from "./project-reach.ts";

/** The path parameters that name a project: slugs, or ids in digits (contract 1.3). */
export const ProjectParams = OrganizationParams.extend({ project: z.string().describe("The project's slug or id.") });

export type AtProject = { readonly access: Access; readonly project: ProjectRow };

/** An operation about one project. 404 when it is unknown, or belongs to teams the caller is not in. */
export const atProject: Locator<z.output<typeof ProjectParams>, AtProject> = {
  params: ProjectParams,
  async locate({ db, actor, scope }, { organization, project: name }) {
    const access = await openOrganization(db, actor, organization, scope);
    const project = await findProject(db, access, name);
    if (!project) throw notFound();
    if (!reaches(await reachableProjects(db, access), project.id)) throw outOfReach();
    return { access, project };
  },
};

/** The organization's project of this slug or id, reachable or not. */
export async function findProject(db: Reader, { organization }: Access, name: string): Promise<ProjectRow | undefined> {
  const on = { organizationId: organization.id };
  const [row] = /^\d+$/.test(name) ? await findById(db, { ...on, id: smallId(name) }) : await findBySlug(db, { ...on, slug: name });
  return row;
}

const findBySlug = prepared((db: Reader) => {
  const { projects } = db.tables;
  const mine = eq(projects.organizationId, sql.placeholder("organizationId"));
  return db
    .select()
    .from(projects)
    .where(and(mine, eq(projects.slug, sql.placeholder("slug"))))
    .prepare();
});

const findById = prepared((db: Reader) => {
  const { projects } = db.tables;
  const mine = eq(projects.organizationId, sql.placeholder("organizationId"));
  return db
    .select()
    .from(projects)
    .where(and(mine, eq(projects.id, sql.placeholder("id"))))
    .prepare();
});
