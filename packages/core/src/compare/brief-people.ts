import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { CommitAuthorRow, UserRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import type { PersonBriefView } from "@landfall/schema/views/brief";
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
 * Authors of commits by their id: the member whose address it is, else the name and address the commits gave. Who was merged into
 * another author is that one. A commit's own words tell a bot, whoever it is here. Four queries whatever their number.
 */
export async function briefAuthors(
  db: Reader,
  organizationId: number,
  rows: readonly CommitAuthorRow[],
): Promise<Map<number, PersonBriefView>> {
  const distinct = [...new Map(rows.map((row) => [row.id, row])).values()];
  const mains = await findMains(db, distinct);
  const views = await describeAuthors(db, organizationId, [...mains.values(), ...distinct]);
  return new Map(
    distinct.map((row) => {
      const main = mains.get(row.mergedInto ?? 0) ?? row;
      const member = [main, row].map(({ id }) => views.get(id)).find((view) => view && "username" in view);
      const { name, email } = member ?? main;
      return [row.id, { name, email, userId: member && "id" in member ? member.id : null, isBot: isBot(row) || isBot({ name, email }) }];
    }),
  );
}

/** The authors that some of these are merged into, by id. */
async function findMains(db: Reader, rows: readonly CommitAuthorRow[]): Promise<Map<number, CommitAuthorRow>> {
  const ids = rows.flatMap(({ mergedInto }) => mergedInto ?? []);
  if (ids.length === 0) return new Map();
  return new Map((await selectAuthors(db, { ids: JSON.stringify(ids) })).map((row) => [row.id, row]));
}

const selectAuthors = prepared((db: Reader) => {
  const { commitAuthors } = db.tables;
  return db.select().from(commitAuthors).where(anyOf(commitAuthors.id, "ids")).prepare();
});
