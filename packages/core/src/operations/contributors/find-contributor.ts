import type { Reader } from "@landfall/db/store";
import type { CommitAuthorRow } from "@landfall/db/tables/schema";
import { authorEmail } from "@landfall/domain/commits/reported-commit";
import { type Contributor, groupContributors } from "../../records/contributors.ts";
import { findMembersByEmail } from "../../records/users.ts";
import { findGroupsByEmail } from "./stored-groups.ts";

/**
 * Returns the contributor, or the member without commits, that has an email address, with all their other addresses. Undefined if there is
 * none. At most ten queries.
 */
export async function findContributor(db: Reader, organizationId: number, email: string): Promise<Contributor | undefined> {
  const wanted = email.toLowerCase();
  const emails = new Set([wanted, authorEmail(wanted, null) ?? wanted]);
  let members = await findMembersByEmail(db, organizationId, [...emails]);
  let rows: CommitAuthorRow[] = [];
  // The first step finds the other addresses of a member or of merged authors, the second those that these lead to.
  for (let step = 0; step < 2; step += 1) {
    for (const { emails: own } of members.values()) for (const { email } of own) emails.add(email);
    rows = await findGroupsByEmail(db, organizationId, emails);
    const found = await findMembersByEmail(db, organizationId, [...new Set([...emails, ...rows.map(({ email }) => email)])]);
    const isAll = [...found.values()].every((person) => person.emails.every(({ email }) => emails.has(email)));
    members = found;
    if (isAll) break;
  }
  const contributors = groupContributors(rows, members);
  const owns = ({ authors }: Contributor) =>
    authors.some(({ email: address }) => address === wanted || address === authorEmail(wanted, null));
  const member = members.get(wanted);
  const isMember = (contributor: Contributor) => member !== undefined && contributor.member?.user.id === member.user.id;
  return contributors.find(owns) ?? contributors.find(isMember) ?? (member && { main: member.user, authors: [], member });
}
