import type { Metadata } from "next";
import { InvitationTable } from "#features/members/invitation-table.tsx";
import { InviteMember } from "#features/members/member-forms.tsx";
import { MemberTable } from "#features/members/member-table.tsx";
import { rolesUpTo } from "#features/members/roles.ts";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { type OrganizationPage, organizationPage } from "#server/pages/page-context.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { NoMatches } from "#ui/empty-state.tsx";
import { SearchForm } from "#ui/forms/search-form.tsx";
import { SectionHeader } from "#ui/headings.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { queryString } from "#ui/organization-urls.ts";
import { PAGE_NAMES, Pager } from "#ui/table/pager.tsx";

export const metadata: Metadata = { title: "Members" };

type MembersProps = { readonly params: Promise<{ readonly organization: string }>; readonly searchParams: Promise<SearchParams> };

/** The members and invitations of the organization. */
export default async function Members({ params, searchParams }: MembersProps) {
  const page = await organizationPage((await params).organization);
  const { organization, role, userId, can, to } = page;
  const search = await searchParams;
  const at = { q: textParam(search, "q"), cursor: textParam(search, "cursor"), invitations: textParam(search, "invitations") };
  const { members, invited, teams } = await readMembers(page, at);
  const path = to.settings("members");
  const rights = {
    organization,
    userId: String(userId),
    ownRole: role,
    roles: can("member:write", "member:admin") ? rolesUpTo(role) : [],
    mayRemove: can("member:admin"),
  };
  return (
    <>
      <RefreshOn kinds="member invitation team" />
      <SectionHeader
        title="Members"
        actions={invited && <InviteMember organization={organization} roles={rolesUpTo(role)} teams={teams} />}
      />
      <SearchForm action={path} text={at.q ?? ""} label="Search members" placeholder="Name or email" />
      <MemberTable
        members={members.items}
        rights={rights}
        invitations={invited?.items ?? []}
        empty={<NoMatches kind="members" text={at.q ?? ""} href={path} />}
      />
      <Pager page={members} names={PAGE_NAMES} hrefOf={(cursor) => path + queryString({ ...at, cursor })} />
      {invited && (
        <>
          <SectionHeader title="Invitations" facts="Links that have not been used yet. They are valid for 7 days." />
          <InvitationTable organization={organization} ownRole={role} invitations={invited.items} />
          <Pager page={invited} hrefOf={(invitations) => path + queryString({ ...at, invitations })} />
        </>
      )}
    </>
  );
}

/** The filter and cursors of the page. */
export type MembersQuery = { readonly q: string | null; readonly cursor: string | null; readonly invitations: string | null };

/** Reads the members, and the invitations and teams if the viewer may invite. */
async function readMembers(
  { call, organization, can }: Pick<OrganizationPage, "call" | "organization" | "can">,
  { q, cursor, invitations }: MembersQuery,
) {
  const mayInvite = can("member:invite", "member:write", "member:admin");
  const [members, invited, teams] = await Promise.all([
    pageAt(cursor, (at) => call.members.list({ organization, query: q ?? undefined, ...at })),
    mayInvite ? pageAt(invitations, (at) => call.invitations.list({ organization, ...at })) : null,
    mayInvite ? call.teams.list({ organization }) : null,
  ]);
  return { members, invited, teams: teams?.items.filter(({ hasAccess }) => hasAccess) ?? [] };
}
