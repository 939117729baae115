import { createProject } from "@landfall/core/projects/create-project";
import { createTeamProject } from "@landfall/core/projects/create-team-project";
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
  completion: queryOf(getCompletion),
  releaseToken: mutationOf(getReleaseToken),
  rotateReleaseToken: mutationOf(rotateReleaseToken),
});
