import type { Reader } from "@landfall/db/store";
import type { CommitAuthorRow } from "@landfall/db/tables/schema";
import { authorEmail } from "@landfall/domain/commits/reported-commit";
import { type Contributor, groupContributors } from "../../records/contributors.ts";
import { findMembersByEmail } from "../../records/users.ts";
import { findGroupsByEmail } from "./stored-groups.ts";

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
    rows = await findGroupsByEmail(db, organizationId, emails);
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
