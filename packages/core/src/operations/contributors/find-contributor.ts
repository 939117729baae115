import type { Reader } from "@landfall/db/store";
import type { CommitAuthorRow } from "@landfall/db/tables/schema";
import { isBot } from "@landfall/domain/commits/is-bot";
import { authorEmail } from "@landfall/domain/commits/reported-commit";
import type { ContributorView } from "@landfall/schema/organizations/contributors";
import { findMembersByEmail, type UserWithEmails } from "../../records/users.ts";
import { findMergedAuthors } from "./stored-groups.ts";

/**
 * Whose address this is, with all their others: who wrote commits, or a member who wrote none. Undefined when it is nobody's. At most
 * ten queries.
 */
export async function findContributor(db: Reader, organizationId: number, address: string): Promise<Contributor | undefined> {
  const asked = address.toLowerCase();
  const emails = new Set([asked, authorEmail(asked, null) ?? asked]);
  let members = await findMembersByEmail(db, organizationId, [...emails]);
  let rows: CommitAuthorRow[] = [];
  // A member's address leads to their other ones, and one that is merged with those to the member: two steps from any to all.
  for (let step = 0; step < 2; step += 1) {
    for (const { emails: own } of members.values()) for (const { email } of own) emails.add(email);
    rows = await findMergedAuthors(db, organizationId, emails);
    const found = await findMembersByEmail(db, organizationId, [...new Set([...emails, ...rows.map(({ email }) => email)])]);
    const isAll = [...found.values()].every((person) => person.emails.every(({ email }) => emails.has(email)));
    members = found;
    if (isAll) break;
  }
  const people = groupContributors(rows, members);
  const owns = ({ authors }: Contributor) => authors.some(({ email }) => email === asked || email === authorEmail(asked, null));
  const member = members.get(asked);
  const isMember = (person: Contributor) => member !== undefined && person.member?.user.id === member.user.id;
  return people.find(owns) ?? people.find(isMember) ?? (member && { main: member.user, authors: [], member });
}

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
