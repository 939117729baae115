import type { ReleaseRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import type { ComparedSide } from "@landfall/schema/inputs/compare";
import type { ProjectBriefView } from "@landfall/schema/views/brief";
import { findProject } from "../access/at-project.ts";
import type { Access } from "../access/organization-access.ts";
import { type ProjectReach, reaches } from "../access/project-reach.ts";
import { AppError } from "../app-error.ts";
import { findDeploysWithRelease } from "../board/find-deploy-facts.ts";
import { findLatestDeploys } from "../board/latest-deploys.ts";
import { findEnvironment } from "../environments/find-environments.ts";
import { findLinks, findRelease } from "../releases/find-release.ts";

/** A release to compare. */
export type Side = {
  readonly release: ReleaseRow;
  /** Those of its projects that are within reach, by slug: at least one. */
  readonly projects: readonly ProjectBriefView[];
  /** Where it was found, when an environment was named. */
  readonly place: { readonly project: ProjectBriefView; readonly deployId: number } | null;
};

type SideRequest = { readonly side: ComparedSide; /** Where the caller wrote it. */ readonly path: "base" | "head" };

/** The release a side names. Throws `not_found` at the side for what is unknown, out of reach, or an environment without a deploy. */
export async function findSide(db: Reader, access: Access, reach: ProjectReach, { side, path }: SideRequest): Promise<Side> {
  const found = typeof side === "string" ? await findReleaseByVersion(db, access, side) : await findDeployedRelease(db, access, reach, { ...side, path });
  const links = found.release ? (await findLinks(db, found.release.id)).filter((link) => reaches(reach, link.projectId)) : [];
  if (!found.release || links.length === 0) throw sideNotFound(path, "There is no release of this version that you may see.");
  const projects = links.map(({ projectId, slug, name }) => ({ id: String(projectId), slug, name }));
  return { release: found.release, projects: projects.toSorted((a, b) => (a.slug < b.slug ? -1 : 1)), place: found.place };
}

type FoundSide = { readonly release: ReleaseRow | undefined; readonly place: Side["place"] };

const findReleaseByVersion = async (db: Reader, access: Access, version: string): Promise<FoundSide> => ({
  release: await findRelease(db, access.organization.id, version),
  place: null,
});

type EnvironmentRequest = Exclude<ComparedSide, string> & Pick<SideRequest, "path">;

async function findDeployedRelease(db: Reader, access: Access, reach: ProjectReach, { path, ...named }: EnvironmentRequest): Promise<FoundSide> {
  const project = await findProject(db, access, named.project);
  if (!project || !reaches(reach, project.id)) throw sideNotFound(path, "There is no project of this name that you may see.");
  const environment = await findEnvironment(db, access.organization.id, named.environment);
  const places = environment ? [{ projectId: project.id, environmentId: environment.id }] : [];
  const [deploy] = [...(await findLatestDeploys(db, places, 1)).values()].flat();
  const facts = deploy && (await findDeploysWithRelease(db, [deploy.deployId])).get(deploy.deployId);
  if (!facts) throw sideNotFound(path, "Nothing of this project was ever deployed to an environment of this name.");
  const { id, slug, name } = project;
  return {
    release: facts.release,
    place: { project: { id: String(id), slug, name }, deployId: facts.deploy.id },
  };
}

const sideNotFound = (path: string, message: string): AppError => new AppError("not_found", message, { issues: [{ path: [path], message }] });
