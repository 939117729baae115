import type { CommitAuthorRow } from "@landfall/db/rows";
import type { ContributorView } from "@landfall/schema/views/people";
import { isBot } from "../notes/is-bot.ts";
import type { UserWithEmails } from "../people/describe-user.ts";

/** One person of many addresses. */
export type Contributor = {
  /** The address the others are merged into, where there are others. */
  readonly main: Pick<CommitAuthorRow, "name" | "email">;
  /** All addresses that commits gave, the main one first; none of a member who wrote none. */
  readonly authors: readonly CommitAuthorRow[];
  /** The member whose address one of them is. */
  readonly member: UserWithEmails | undefined;
};

/**
 * Authors as people: who was merged is one, and so are all addresses of one member. `members` are known by address. Where a main address
 * is not among the rows, its first other one stands for it.
 */
export function groupContributors(rows: readonly CommitAuthorRow[], members: ReadonlyMap<string, UserWithEmails>): Contributor[] {
  const merged = Map.groupBy(rows, (row) => row.mergedInto ?? row.id);
  const people = new Map<string, Contributor>();
  for (const [mainId, authors] of merged) {
    const inOrder = mainFirst(authors, mainId);
    const [main] = inOrder;
    if (!main) continue;
    const owner = inOrder.find(({ email }) => members.has(email));
    const member = owner && members.get(owner.email);
    const key = member ? `member:${member.user.id}` : `author:${mainId}`;
    const known = people.get(key);
    people.set(key, known ? { ...known, authors: [...known.authors, ...inOrder] } : { main, authors: inOrder, member });
  }
  return [...people.values()];
}

/** A person as lists name them: a member by their own name and address, others by what commits with the main address gave. */
export function describeContributor({ main, authors, member }: Contributor): ContributorView {
  const name = member?.user.name ?? main.name ?? authors.find((author) => author.name !== null)?.name ?? null;
  const email = member?.user.email ?? main.email;
  const others = [...authors.map((author) => author.email), ...(member?.emails ?? []).map((own) => own.email)];
  return {
    name,
    email,
    userId: member ? String(member.user.id) : null,
    isBot: isBot(main) || isBot({ name, email }),
    emails: [email, ...[...new Set(others)].filter((other) => other !== email).toSorted()],
  };
}

const mainFirst = (authors: readonly CommitAuthorRow[], mainId: number): CommitAuthorRow[] =>
  authors.toSorted((a, b) => Number(b.id === mainId) - Number(a.id === mainId) || a.id - b.id);
