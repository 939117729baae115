import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ProjectRow } from "@landfall/db/tables/schema";
import { and, eq } from "drizzle-orm";
import * as z from "zod";
import { notFound, outOfReach } from "../kernel/app-error.ts";
import { smallId } from "../kernel/input.ts";
import type { Locator } from "../kernel/operation.ts";
import { type Access, openOrganization, OrganizationParams } from "./organization-access.ts";
import { reachableProjects, reaches } from "./project-reach.ts";
import { unknownProject } from "./unknown-names.ts";

/** The path parameters that name a project: slugs, or ids in digits (contract 1.3). */
export const ProjectParams = OrganizationParams.extend({ project: z.string().describe("The project's slug or id.") });

export type AtProject = { readonly access: Access; readonly project: ProjectRow };

/** For operations on one project. Throws 404 if it is unknown, or outside of the teams that the caller is in. */
export const atProject: Locator<z.output<typeof ProjectParams>, AtProject> = {
  params: ProjectParams,
  async locate({ db, actor, scope }, { organization, project: name }) {
    const access = await openOrganization(db, actor, organization, scope);
    const project = await findProject(db, access, name);
    if (!project) throw notFound(await unknownProject(db, access, name));
    if (!reaches(await reachableProjects(db, access), project.id)) throw outOfReach(await unknownProject(db, access, name));
    return { access, project };
  },
};

/** Finds a project of the organization by slug or id, whether the caller reaches it or not. */
export async function findProject(db: Reader, { organization }: Access, name: string): Promise<ProjectRow | undefined> {
  const organizationId = organization.id;
  const [row] = /^\d+$/.test(name)
    ? await findById(db, { organizationId, id: smallId(name) })
    : await findBySlugOrFormerSlug(db, { organizationId, slug: name });
  return row;
}

/** Finds a project by its slug, or else by a former slug: one statement unless the slug is not a current one. */
async function findBySlugOrFormerSlug(
  db: Reader,
  values: { readonly organizationId: number; readonly slug: string },
): Promise<ProjectRow[]> {
  const found = await findBySlug(db, values);
  return found.length > 0
    ? found
    : (await findProjectsByFormerSlug(db, { organizationId: values.organizationId, slugs: [values.slug] })).map(({ project }) => project);
}

/** Finds projects by former slugs. */
export const findProjectsByFormerSlug = prepared((db: Reader, param: { organizationId: number; slugs: readonly string[] }) => {
  const { projectFormerSlugs, projects } = db.tables;
  return db
    .select({ formerSlug: projectFormerSlugs.slug, project: projects })
    .from(projectFormerSlugs)
    .innerJoin(projects, eq(projects.id, projectFormerSlugs.projectId))
    .where(and(eq(projectFormerSlugs.organizationId, param.organizationId), anyOf(projectFormerSlugs.slug, param.slugs)))
    .prepare();
});

const findBySlug = prepared((db: Reader, param: { organizationId: number; slug: string }) => {
  const { projects } = db.tables;
  const isOfOrganization = eq(projects.organizationId, param.organizationId);
  return db
    .select()
    .from(projects)
    .where(and(isOfOrganization, eq(projects.slug, param.slug)))
    .prepare();
});

const findById = prepared((db: Reader, param: { organizationId: number; id: number }) => {
  const { projects } = db.tables;
  const isOfOrganization = eq(projects.organizationId, param.organizationId);
  return db
    .select()
    .from(projects)
    .where(and(isOfOrganization, eq(projects.id, param.id)))
    .prepare();
});

const BundleParams = ProjectParams.extend({ bundle: z.string().describe("The bundle's id.") });
const BundleFileParams = BundleParams.extend({ file: z.string().describe("The file's id.") });

/** A project, and the id of a bundle as sent. The operation finds the bundle. */
export const atArtifactBundle: Locator<z.output<typeof BundleParams>, AtProject & { readonly bundle: string }> = {
  params: BundleParams,
  locate: async (on, { bundle, ...names }) => ({ ...(await atProject.locate(on, names)), bundle }),
};

/** A project, and the ids of a bundle and of one of its files as sent. */
export const atBundleFile: Locator<z.output<typeof BundleFileParams>, AtProject & { readonly bundle: string; readonly file: string }> = {
  params: BundleFileParams,
  locate: async (on, { bundle, file, ...names }) => ({ ...(await atProject.locate(on, names)), bundle, file }),
};
