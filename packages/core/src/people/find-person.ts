import type { Reader } from "@landfall/db/store";
import { findPeople } from "./find-people.ts";
import type { Person } from "./describe-user.ts";

/** One person by id, with their addresses. */
export async function findPerson(db: Reader, id: number): Promise<Person | undefined> {
  return (await findPeople(db, [id])).get(id);
}
