import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { ReleaseRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { briefContributors } from "../compare/brief-people.ts";

/** How many people wrote the commits of a release: all addresses of one member, or that were merged, count once. At most four queries. */
export async function countContributors(
  db: Reader,
  { organizationId, authorIds }: Pick<ReleaseRow, "organizationId" | "authorIds">,
): Promise<number> {
  if (authorIds.length === 0) return 0;
  const rows = await selectAuthors(db, { ids: JSON.stringify(authorIds) });
  const people = await briefContributors(db, organizationId, rows);
  return new Set([...people.values()].map(({ userId, email }) => (userId === null ? email : `user:${userId}`))).size;
}

const selectAuthors = prepared((db: Reader) => {
  const { commitAuthors } = db.tables;
  return db.select().from(commitAuthors).where(anyOf(commitAuthors.id, "ids")).prepare();
});
