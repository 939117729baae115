import type { ProjectRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { CreateReleaseInput } from "@landfall/schema/inputs/release";
import { REL_WRITE } from "@landfall/schema/scope";
import { atOrganization } from "../access/at-organization.ts";
import type { Access } from "../access/organization-access.ts";
import { reachableProjects, reaches } from "../access/project-reach.ts";
import { invalidField } from "../app-error.ts";
import { COMMIT_LIMITS } from "../limits.ts";
import { exceedsOneTransaction, saveCommitsInBatches } from "../commits/save-ahead.ts";
import { mutation } from "../operation.ts";
import { findProjectsByReference, type ProjectReference } from "../projects/find-named-projects.ts";
import { findOwner } from "./find-owner.ts";
import { type ReportTargets, reportRelease } from "./report-release.ts";

/**
 * Reports a release: makes it, or adds to the one of this version (contract 3). Throws `invalid` per field, for projects out of
 * reach and for unknown repositories in `refs` (what came before is then kept), `conflict` while its commits are being written.
 */
export const createRelease = mutation({
  scope: REL_WRITE,
  at: atOrganization,
  limits: COMMIT_LIMITS,
  input: CreateReleaseInput,
  ahead: {
    isNeeded: exceedsOneTransaction,
    async write(on, input) {
      const { access } = on.at;
      // What `run` would refuse is refused before anything is stored.
      await findReportTargets(on.db, access, input);
      return saveCommitsInBatches(on, access, input);
    },
  },
  run: async (on, input) => {
    const { access } = on.at;
    return reportRelease({ ...on, access }, input, await findReportTargets(on.tx, access, input));
  },
});

async function findReportTargets(db: Reader, access: Access, { owner, projects }: Pick<CreateReleaseInput, "owner" | "projects">): Promise<ReportTargets> {
  const ownerId = await findOwner(db, access.organization.id, owner);
  return { ownerId, projects: await findAllowedProjects(db, access, projects) };
}

async function findAllowedProjects(db: Reader, access: Access, references: readonly ProjectReference[]): Promise<ProjectRow[]> {
  const found = await findProjectsByReference(db, access.organization.id, references);
  const reach = await reachableProjects(db, access);
  return found.map((project) => {
    if (!project || !reaches(reach, project.id)) throw invalidField("projects", "Invalid project ids or slugs");
    return project;
  });
}
