import type { ProjectRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import { CreateReleaseInput } from "@landfall/schema/inputs/release";
import { REL_WRITE } from "@landfall/schema/scope";
import { atOrganization } from "../access/at-organization.ts";
import type { Access } from "../access/organization-access.ts";
import { reachableProjects, reaches } from "../access/project-reach.ts";
import { invalidField } from "../app-error.ts";
import { COMMIT_LIMITS } from "../limits.ts";
import { mutation } from "../operation.ts";
import { findNamedProjects, type ProjectReference } from "../projects/find-named-projects.ts";
import { findOwner } from "./find-owner.ts";
import { reportRelease } from "./report-release.ts";

/**
 * Reports a release: makes it, or adds to the one of this version (contract 3). Throws `invalid` per field, for projects out of
 * reach and for unknown repositories in `refs` (what came before is then kept), `conflict` while its commits are being written.
 */
export const createRelease = mutation({
  scope: REL_WRITE,
  at: atOrganization,
  limits: COMMIT_LIMITS,
  input: CreateReleaseInput,
  run: async (on, input) => {
    const { access } = on.at;
    const ownerId = await findOwner(on.tx, access.organization.id, input.owner);
    const projects = await allowedProjects(on.tx, access, input.projects);
    return reportRelease({ ...on, access }, input, { projects, ownerId });
  },
});

async function allowedProjects(tx: Tx, access: Access, references: readonly ProjectReference[]): Promise<ProjectRow[]> {
  const found = await findNamedProjects(tx, access.organization.id, references);
  const reach = await reachableProjects(tx, access);
  return found.map((project) => {
    if (!project || !reaches(reach, project.id)) throw invalidField("projects", "Invalid project ids or slugs");
    return project;
  });
}
