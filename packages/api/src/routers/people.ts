import { getPerson } from "@landfall/core/authors/get-person";
import { importMailmap } from "@landfall/core/authors/import-mailmap";
import { listPeople } from "@landfall/core/authors/list-people";
import { mergePeople } from "@landfall/core/authors/merge-people";
import { separatePerson } from "@landfall/core/authors/separate-person";
import { mutationOf, queryOf, router } from "../trpc.ts";

export const peopleRouter = router({
  list: queryOf(listPeople),
  get: queryOf(getPerson),
  merge: mutationOf(mergePeople),
  separate: mutationOf(separatePerson),
  importMailmap: mutationOf(importMailmap),
});
