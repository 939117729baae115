import type { Reader } from "@landfall/db/store";
import type { ProjectRow, ReleaseRow } from "@landfall/db/tables/schema";
import * as z from "zod";
import { notFound } from "../kernel/app-error.ts";
import type { Locator } from "../kernel/operation.ts";
import { atProject, ProjectParams } from "./at-project.ts";
import { findLinks, findRelease, type ReleaseLink } from "./find-release.ts";
import { type Access, openOrganization, OrganizationParams } from "./organization-access.ts";
import { reachableProjects, reaches } from "./project-reach.ts";
import { quoted } from "./unknown-names.ts";

/** The path parameters that name a release of an organization. */
const ReleaseParams = OrganizationParams.extend({ version: z.string().describe("The release's version, exactly.") });

export type AtRelease = { readonly access: Access; readonly release: ReleaseRow; readonly links: readonly ReleaseLink[] };

type Need = "some" | "every";

/**
 * Finds a release with its projects. Throws 404 if it is unknown or has no projects, or if the caller does not reach some / every project of
 * it (contract 4.1, 4.2).
 */
export async function openRelease(db: Reader, access: Access, version: string, need: Need): Promise<AtRelease> {
  const release = await findRelease(db, access.organization.id, version);
  const unknown = `No release ${quoted(version)} in ${access.organization.slug}, or you do not have access to its projects.`;
  if (!release) throw notFound(unknown);
  const links = await findLinks(db, release.id);
  const reach = await reachableProjects(db, access);
  const reached = links.filter((link) => reaches(reach, link.projectId)).length;
  if (reached === 0 || (need === "every" && reached < links.length)) throw notFound(unknown);
  return { access, release, links };
}

const releaseLocator = (need: Need): Locator<z.output<typeof ReleaseParams>, AtRelease> => ({
  params: ReleaseParams,
  locate: async ({ db, actor, scope }, { organization, version }) =>
    openRelease(db, await openOrganization(db, actor, organization, scope), version, need),
});

/** For reading a release: one of its projects must be within reach. */
export const atRelease = releaseLocator("some");

/** For changing a release: all of its projects must be within reach. */
export const atWholeRelease = releaseLocator("every");

/** The path parameters that name a release through one of its projects. */
const ProjectReleaseParams = ProjectParams.extend({ version: z.string().describe("The release's version, exactly.") });

export type AtProjectRelease = AtRelease & { readonly project: ProjectRow };

const projectReleaseLocator = (need: Need): Locator<z.output<typeof ProjectReleaseParams>, AtProjectRelease> => ({
  params: ProjectReleaseParams,
  async locate(on, { organization, project: name, version }) {
    const { access, project } = await atProject.locate(on, { organization, project: name });
    const found = await openRelease(on.db, access, version, need);
    if (!found.links.some((link) => link.projectId === project.id))
      throw notFound(`The release ${quoted(version)} is not linked to the project ${project.slug}.`);
    return { ...found, project };
  },
});

/** For reading a release through one of its projects (contract 5.3). */
export const atProjectRelease = projectReleaseLocator("some");

/** For changing a release through one of its projects. The whole release changes, so all of its projects must be within reach. */
export const atWholeProjectRelease = projectReleaseLocator("every");

/** A release, and the id of a file as sent. The operation finds the file. */
export type AtReleaseFile = AtRelease & { readonly file: string };

const file = z.string().describe("The file's id.");
const ReleaseFileParams = ReleaseParams.extend({ file });
const ProjectReleaseFileParams = ProjectReleaseParams.extend({ file });

const withFile = <P extends { readonly file: string }, L extends AtRelease>(
  params: z.ZodType<P, P>,
  at: Locator<Omit<P, "file">, L>,
): Locator<P, L & AtReleaseFile> => ({
  params,
  async locate(on, { file: id, ...names }) {
    return { ...(await at.locate(on, names)), file: id };
  },
});

/** For reading a file of a release, one of whose projects must be within reach. */
export const atReleaseFile = withFile(ReleaseFileParams, atRelease);

/** For changing a file of a release, all of whose projects must be within reach. */
export const atWholeReleaseFile = withFile(ReleaseFileParams, atWholeRelease);

/** For reading a file of a release through one of its projects. */
export const atProjectReleaseFile = withFile(ProjectReleaseFileParams, atProjectRelease);

/** For changing a file of a release through one of its projects. */
export const atWholeProjectReleaseFile = withFile(ProjectReleaseFileParams, atWholeProjectRelease);
