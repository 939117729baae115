import { REL_WRITE } from "@landfall/schema/scope";
import { atOrganization } from "../access/at-organization.ts";
import { reachableProjects, reaches } from "../access/project-reach.ts";
import { notFound } from "../app-error.ts";
import { mutationWithPreparation } from "../operation.ts";
import { findProjectsByReference } from "../projects/find-named-projects.ts";
import { AssembleBundleInput, invalidRequest } from "./assembly-request.ts";
import { type AssemblyRequest, checkDamage, requestAssembly } from "./request-assembly.ts";

/**
 * Puts an artifact bundle for some projects, and perhaps a version, together from its chunks, in the background, and tells how that stands
 * or which chunks to upload (contract 9.4). The version need not be a release's.
 */
export const assembleArtifactBundle = mutationWithPreparation({
  scope: REL_WRITE,
  at: atOrganization,
  input: AssembleBundleInput,
  prepare: async ({ db, at: { access }, context }, { projects, ...archive }) => {
    if (projects.length === 0) throw invalidRequest("You need to specify at least one project");
    const found = await findProjectsByReference(db, access.organization.id, projects);
    const known = found.filter((project) => project !== undefined);
    if (known.length < found.length) throw invalidRequest("One or more projects are invalid");
    const reach = await reachableProjects(db, access);
    if (!known.every((project) => reaches(reach, project.id))) throw notFound();
    if (archive.dist !== "" && archive.version === null) throw invalidRequest("You need to specify a release together with a dist");
    const projectIds = known.map((project) => project.id);
    const request: AssemblyRequest = { organizationId: access.organization.id, releaseId: null, projectIds, ...archive };
    await checkDamage(context, request);
    return request;
  },
  run: (on, request) => requestAssembly(on, request, { tellsMissing: true }),
});
