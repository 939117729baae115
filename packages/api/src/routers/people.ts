import { getContributor } from "@landfall/core/authors/get-person";
import { importMailmap } from "@landfall/core/authors/import-mailmap";
import { listContributors } from "@landfall/core/authors/list-people";
import { mergeContributors } from "@landfall/core/authors/merge-people";
import { separateContributor } from "@landfall/core/authors/separate-person";
import { mutationOf, queryOf, router } from "../trpc.ts";

export const contributorsRouter = router({
  list: queryOf(listContributors),
  get: queryOf(getContributor),
  merge: mutationOf(mergeContributors),
  separate: mutationOf(separateContributor),
  importMailmap: mutationOf(importMailmap),
});
