import { createRepository } from "@landfall/core/repositories/create-repository";
import { deleteRepository } from "@landfall/core/repositories/delete-repository";
import { listRepositories } from "@landfall/core/repositories/list-repositories";
import { listRepositoryCommits } from "@landfall/core/repositories/list-repository-commits";
import { updateRepository } from "@landfall/core/repositories/update-repository";
import { mutationOf, queryOf, router } from "../trpc.ts";

export const repositoriesRouter = router({
  list: queryOf(listRepositories),
  create: queryOf(createRepository),
  update: mutationOf(updateRepository),
  delete: mutationOf(deleteRepository),
  commits: queryOf(listRepositoryCommits),
});
