import type { Tx } from "@landfall/db/store";
import { AppError } from "../app-error.ts";
import { findMembersByEmail } from "../people/find-people.ts";
import { AuthorGroups } from "./author-groups.ts";
import { findMergedAuthors } from "./find-groups.ts";

/**
 * The groups these addresses (in lower case) are in, as they are until this transaction ends. Throws `conflict` while another request
 * changes who is whom in the organization.
 */
export async function lockAuthorGroups(tx: Tx, organizationId: number, emails: readonly string[]): Promise<AuthorGroups> {
  if (!(await tx.tryLock(`people:${organizationId}`)))
    throw new AppError("conflict", "People of the organization are being merged. Try again.");
  const rows = await findMergedAuthors(tx, organizationId, emails);
  const asked = new Set([...emails, ...rows.map(({ email }) => email)]);
  const members = await findMembersByEmail(tx, organizationId, [...asked]);
  return new AuthorGroups(rows, new Map([...members].map(([email, { user }]) => [email, user.id])));
}
