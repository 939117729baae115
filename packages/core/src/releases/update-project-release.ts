import { UpdateProjectReleaseInput } from "@landfall/schema/inputs/release";
import { REL_WRITE } from "@landfall/schema/scope";
import { atWholeProjectRelease } from "../access/at-project-release.ts";
import { COMMIT_LIMITS } from "../limits.ts";
import { exceedsOneTransaction, saveCommitsInBatches } from "../commits/save-ahead.ts";
import { mutation } from "../operation.ts";
import { applyUpdate } from "./update-release.ts";

/** Changes a release through one of its projects: no refs, and only this project is told of a first finalize (contract 5.3). */
export const updateProjectRelease = mutation({
  scope: REL_WRITE,
  at: atWholeProjectRelease,
  limits: COMMIT_LIMITS,
  input: UpdateProjectReleaseInput,
  ahead: { isNeeded: exceedsOneTransaction, write: (on, input) => saveCommitsInBatches(on, on.at.access, input) },
  run: (on, input) => applyUpdate(on, input, on.at.project.id),
});
