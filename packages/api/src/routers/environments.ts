import { listEnvironmentDeploys } from "@landfall/core/board/list-environment-deploys";
import { listEnvironments } from "@landfall/core/environments/list-environments";
import { listProjectEnvironments } from "@landfall/core/environments/list-project-environments";
import { setEnvironmentHidden } from "@landfall/core/environments/set-environment-hidden";
import { mutationOf, queryOf, router } from "../trpc.ts";

export const environmentsRouter = router({
  list: queryOf(listEnvironments),
  listInProject: queryOf(listProjectEnvironments),
  deploys: queryOf(listEnvironmentDeploys),
  setHidden: mutationOf(setEnvironmentHidden),
});
