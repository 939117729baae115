import { ReadProjectReleaseInput } from "@landfall/schema/inputs/read-release";
import { REL_READ } from "@landfall/schema/scope";
import { atProjectRelease } from "../access/at-project-release.ts";
import { query } from "../operation.ts";
import { describeRelease } from "./describe-releases.ts";

/** A release through a project it is linked to; new issues are this project's (contract 5.3). */
export const getProjectRelease = query({
  scope: REL_READ,
  at: atProjectRelease,
  input: ReadProjectReleaseInput,
  run: ({ db, at: { access, release, links, project } }, { health = false, adoptionStages = false }) =>
    describeRelease(db, release, { access, links, projectId: project.id, health, adoptionStages }),
});
