import { getPerson } from "@landfall/core/authors/get-person";
import { listPeople } from "@landfall/core/authors/list-people";
import { queryOf, router } from "../trpc.ts";

export const peopleRouter = router({ list: queryOf(listPeople), get: queryOf(getPerson) });
