import { createDeploy } from "@landfall/core/deploys/create-deploy";
import { listDeploys } from "@landfall/core/deploys/list-deploys";
import { listRecentDeploys } from "@landfall/core/deploys/list-recent-deploys";
import { listReleaseDeploys } from "@landfall/core/deploys/list-release-deploys";
import { mutationOf, queryOf, router } from "../trpc.ts";

export const deploysRouter = router({
  create: mutationOf(createDeploy),
  list: queryOf(listDeploys),
  ofRelease: queryOf(listReleaseDeploys),
  recent: queryOf(listRecentDeploys),
});
