import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { CommitAuthorRow, UserRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import type { PersonBriefView } from "@landfall/schema/views/brief";
import { asc, or } from "drizzle-orm";
import { describeAuthors } from "../commits/find-authors.ts";
import { isBot } from "../notes/is-bot.ts";

/** A person of this server as pages name them in passing. */
export const briefUser = ({ id, name, email }: Pick<UserRow, "id" | "name" | "email">): PersonBriefView => ({
  name,
  email,
  userId: String(id),
  isBot: isBot({ name, email }),
});

/**
 * Authors of commits by their id, as who they are: those merged into one another are one person, the member whose address one of them
 * is, else the name and address that commits of the main one gave. A commit's own words tell a bot, whoever it is here. Three queries
 * whatever their number.
 */
export async function briefContributors(
  db: Reader,
  organizationId: number,
  rows: readonly CommitAuthorRow[],
): Promise<Map<number, PersonBriefView>> {
  const distinct = [...new Map(rows.map((row) => [row.id, row])).values()];
  if (distinct.length === 0) return new Map();
  const merged = await selectMerged(db, { ids: JSON.stringify([...new Set(distinct.map(mainId))]) });
  const groups = Map.groupBy(merged, mainId);
  const views = await describeAuthors(db, organizationId, merged);
  return new Map(
    distinct.map((row) => {
      const group = (groups.get(mainId(row)) ?? []).toSorted((a, b) => Number(b.id === mainId(b)) - Number(a.id === mainId(a)));
      const member = group.map(({ id }) => views.get(id)).find((view) => view && "username" in view);
      const { name, email } = member ?? { email: (group[0] ?? row).email, name: group.find((one) => one.name !== null)?.name ?? null };
      return [row.id, { name, email, userId: member && "id" in member ? member.id : null, isBot: isBot(row) || isBot({ name, email }) }];
    }),
  );
}

const mainId = ({ id, mergedInto }: CommitAuthorRow): number => mergedInto ?? id;

const selectMerged = prepared((db: Reader) => {
  const { commitAuthors } = db.tables;
  return db
    .select()
    .from(commitAuthors)
    .where(or(anyOf(commitAuthors.id, "ids"), anyOf(commitAuthors.mergedInto, "ids")))
    .orderBy(asc(commitAuthors.id))
    .prepare();
});
