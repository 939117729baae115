import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { CommitAuthorRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { and, eq, or, sql } from "drizzle-orm";

/** Authors by address (in lower case), each with everything it is merged with, by id. At most two queries. */
export async function findMergedAuthors(db: Reader, organizationId: number, emails: Iterable<string>): Promise<CommitAuthorRow[]> {
  const named = await selectByEmail(db, { organizationId, emails: JSON.stringify([...emails]) });
  if (named.length === 0) return [];
  return selectMerged(db, { ids: JSON.stringify([...new Set(named.map(({ id, mergedInto }) => mergedInto ?? id))]) });
}

const selectByEmail = prepared((db: Reader) => {
  const { commitAuthors } = db.tables;
  return db
    .select()
    .from(commitAuthors)
    .where(and(eq(commitAuthors.organizationId, sql.placeholder("organizationId")), anyOf(commitAuthors.email, "emails")))
    .prepare();
});

const selectMerged = prepared((db: Reader) => {
  const { commitAuthors } = db.tables;
  return db
    .select()
    .from(commitAuthors)
    .where(or(anyOf(commitAuthors.id, "ids"), anyOf(commitAuthors.mergedInto, "ids")))
    .orderBy(commitAuthors.id)
    .prepare();
});
