import type { Reader } from "@landfall/db/store";
import { findUsers } from "./find-people.ts";
import type { UserWithEmails } from "./describe-user.ts";

/** One person by id, with their addresses. */
export async function findUser(db: Reader, id: number): Promise<UserWithEmails | undefined> {
  return (await findUsers(db, [id])).get(id);
}
