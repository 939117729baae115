import { countProjectReleases } from "@landfall/core/projects/count-project-releases";
import { createProject } from "@landfall/core/projects/create-project";
import { createTeamProject } from "@landfall/core/projects/create-team-project";
import { getCadence } from "@landfall/core/projects/get-cadence";
import { getCompletion } from "@landfall/core/projects/get-completion";
import { getProject } from "@landfall/core/projects/get-project";
import { getReleaseToken } from "@landfall/core/projects/get-release-token";
import { listProjects } from "@landfall/core/projects/list-projects";
import { rotateReleaseToken } from "@landfall/core/projects/rotate-release-token";
import { updateProject } from "@landfall/core/projects/update-project";
import { mutationOf, queryOf, router } from "../trpc.ts";

export const projectsRouter = router({
  list: queryOf(listProjects),
  get: queryOf(getProject),
  create: mutationOf(createProject),
  createInTeam: mutationOf(createTeamProject),
  update: mutationOf(updateProject),
  cadence: queryOf(getCadence),
  releaseCounts: queryOf(countProjectReleases),
  completion: queryOf(getCompletion),
  releaseToken: mutationOf(getReleaseToken),
  rotateReleaseToken: mutationOf(rotateReleaseToken),
});
