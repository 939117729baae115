import type { OrganizationPage } from "../../../../../page-data/organization-page.ts";
import { pageAt } from "../../../../../page-data/page-at.ts";

/** Where in the lists of the page somebody is. */
export type MembersQuery = { readonly query: string | null; readonly cursor: string | null; readonly invitations: string | null };

/** What the members page shows; no invitations to whoever may not see them. */
export async function readMembers(
  { call, organization, can }: Pick<OrganizationPage, "call" | "organization" | "can">,
  { query, cursor, invitations }: MembersQuery,
) {
  const mayInvite = can("member:invite", "member:write", "member:admin");
  const [members, invited, teams] = await Promise.all([
    pageAt(cursor, (at) => call.members.list({ organization, ...(query === null ? {} : { query }), ...at })),
    mayInvite ? pageAt(invitations, (at) => call.invitations.list({ organization, ...at })) : null,
    mayInvite ? call.teams.list({ organization }) : null,
  ]);
  return { members, invited, teams: teams?.items.filter(({ hasAccess }) => hasAccess) ?? [] };
}
