import type { Reader } from "@landfall/db/store";
import type { CommitAuthorRow, ReleaseRow } from "@landfall/db/tables/schema";
import { isBot } from "@landfall/domain/commits/is-bot";
import { mainAuthorId, type StoredAuthor } from "@landfall/domain/contributors/author-groups";
import type { PersonBriefView } from "@landfall/schema/brief";
import type { ContributorView } from "@landfall/schema/organizations/contributors";
import { findAuthorRows, findMergedAuthors } from "./authors.ts";
import { findMembersByEmail, type UserWithEmails } from "./users.ts";

/** A contributor with all their author addresses, or a member without commits. */
export type Contributor = {
  /** The address that the others are merged into. */
  readonly main: Pick<CommitAuthorRow, "name" | "email">;
  /** All author addresses, the main one first; empty for a member who wrote no commits. */
  readonly authors: readonly CommitAuthorRow[];
  /** The member that one of the addresses belongs to. */
  readonly member: UserWithEmails | undefined;
};

/**
 * Groups author addresses by contributor: merged addresses are one contributor, and so are all addresses of one member. `members` are by
 * address. If the main address of a group is not among the rows, the group's first address is used instead.
 */
export function groupContributors(rows: readonly CommitAuthorRow[], members: ReadonlyMap<string, UserWithEmails>): Contributor[] {
  const contributors = new Map<string, Contributor>();
  for (const [mainId, group] of Map.groupBy(rows, mainAuthorId)) {
    const authors = mainFirst(group, mainId);
    const [main] = authors;
    if (!main) continue;
    const owner = authors.find(({ email }) => members.has(email));
    const member = owner && members.get(owner.email);
    const key = member ? `member:${member.user.id}` : `author:${mainId}`;
    const known = contributors.get(key);
    contributors.set(key, known ? { ...known, authors: [...known.authors, ...authors] } : { main, authors, member });
  }
  return [...contributors.values()];
}

const mainFirst = (authors: readonly CommitAuthorRow[], mainId: number): CommitAuthorRow[] =>
  authors.toSorted((a, b) => Number(b.id === mainId) - Number(a.id === mainId) || a.id - b.id);

/** Describes a contributor: a member by their own name and address, others by their main address and the name in its commits. */
export function describeContributor(contributor: Contributor): ContributorView {
  const { main, authors, member } = contributor;
  const { name, email } = nameContributor(contributor);
  const others = [...authors.map((author) => author.email), ...(member?.emails ?? []).map((own) => own.email)];
  return {
    name,
    email,
    userId: member ? String(member.user.id) : null,
    isBot: isBot(main) || isBot({ name, email }),
    emails: [email, ...[...new Set(others)].filter((other) => other !== email).toSorted()],
  };
}

const nameContributor = ({ main, authors, member }: Contributor): Pick<PersonBriefView, "name" | "email"> => ({
  name: member?.user.name ?? main.name ?? authors.find(({ name }) => name !== null)?.name ?? null,
  email: member?.user.email ?? main.email,
});

/**
 * Returns the contributor of each author address, by the id of the author. The contributor is marked as a bot if the address itself, or the
 * name in its commits, is that of a bot, even if it is merged with a person. At most three queries.
 */
export async function briefContributors(
  db: Reader,
  organizationId: number,
  rows: readonly StoredAuthor[],
): Promise<Map<number, PersonBriefView>> {
  const distinct = [...new Map(rows.map((row) => [row.id, row])).values()];
  if (distinct.length === 0) return new Map();
  const authors = await findMergedAuthors(db, distinct.map(mainAuthorId));
  const members = await findMembersByEmail(
    db,
    organizationId,
    authors.map(({ email }) => email),
  );
  const contributors = new Map(
    groupContributors(authors, members).flatMap((contributor) => contributor.authors.map(({ id }) => [id, contributor] as const)),
  );
  return new Map(
    distinct.map((row) => {
      const contributor = contributors.get(row.id);
      const { name, email } = contributor ? nameContributor(contributor) : row;
      const userId = contributor?.member ? String(contributor.member.user.id) : null;
      return [row.id, { name, email, userId, isBot: isBot(row) || isBot({ name, email }) }];
    }),
  );
}

/** Returns the key of a contributor in a map, which is the same for all addresses of one member. */
export const contributorKey = ({ userId, email }: Pick<PersonBriefView, "userId" | "email">): string =>
  userId === null ? email : `user:${userId}`;

/** Counts the contributors of a release. At most four queries. */
export async function countContributors(
  db: Reader,
  { organizationId, authorIds }: Pick<ReleaseRow, "organizationId" | "authorIds">,
): Promise<number> {
  const contributors = await briefContributors(db, organizationId, await findAuthorRows(db, authorIds));
  return new Set([...contributors.values()].map(contributorKey)).size;
}
