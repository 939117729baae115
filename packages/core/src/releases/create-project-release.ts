import { CreateProjectReleaseInput } from "@landfall/schema/inputs/release";
import { REL_WRITE } from "@landfall/schema/scope";
import { atProject } from "../access/at-project.ts";
import { COMMIT_LIMITS } from "../limits.ts";
import { exceedsOneTransaction, saveCommitsInBatches } from "../commits/save-ahead.ts";
import { mutation } from "../operation.ts";
import { findOwner } from "./find-owner.ts";
import { reportRelease } from "./report-release.ts";

/** Reports a release of one project (contract 5.2): news unless this project was linked to the version already. */
export const createProjectRelease = mutation({
  scope: REL_WRITE,
  at: atProject,
  limits: COMMIT_LIMITS,
  input: CreateProjectReleaseInput,
  ahead: {
    isNeeded: exceedsOneTransaction,
    async write(on, input) {
      const { access, project } = on.at;
      // What `run` would refuse is refused before anything is stored.
      await findOwner(on.db, project.organizationId, input.owner);
      return saveCommitsInBatches(on, access, input);
    },
  },
  run: async (on, input) => {
    const { access, project } = on.at;
    const ownerId = await findOwner(on.tx, access.organization.id, input.owner);
    return reportRelease({ ...on, access }, input, { projects: [project], ownerId });
  },
});
