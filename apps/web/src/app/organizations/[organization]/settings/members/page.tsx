import { Button, TextInput } from "@mantine/core";
import type { Metadata } from "next";
import { organizationPage } from "../../../../../page-data/organization-page.ts";
import { type SearchParams, textParam } from "../../../../../page-data/params.ts";
import { queryString } from "../../../../../ui/addresses.ts";
import { RefreshOn } from "../../../../../ui/live/refresh-on.tsx";
import { EmptyState } from "../../../../../ui/nothing-here.tsx";
import { PageLink } from "../../../../../ui/page-link.tsx";
import { SectionHeader } from "../../../../../ui/section-head.tsx";
import { Pager } from "../../../../../ui/table/pager.tsx";
import { InvitationTable } from "./invitation-table.tsx";
import { InviteMember } from "./invite-member.tsx";
import { MemberTable } from "./member-table.tsx";
import { readMembers } from "./read-members.ts";
import { rolesUpTo } from "./roles.ts";

export const metadata: Metadata = { title: "Members" };

type MembersProps = { readonly params: Promise<{ readonly organization: string }>; readonly searchParams: Promise<SearchParams> };

/** Who is in the organization, and who is invited. */
export default async function Members({ params, searchParams }: MembersProps) {
  const page = await organizationPage((await params).organization);
  const { organization, role, userId, can, to } = page;
  const given = await searchParams;
  const query = textParam(given, "query");
  const at = { query, cursor: textParam(given, "cursor"), invitations: textParam(given, "invitations") };
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
        actions={
          <>
            <search>
              <form action={path} className="row">
                <TextInput
                  name="query"
                  type="search"
                  size="xs"
                  aria-label="Find a member"
                  placeholder="Name or address"
                  defaultValue={query ?? ""}
                />
                <Button type="submit" variant="default">
                  Find
                </Button>
              </form>
            </search>
            {invited && <InviteMember organization={organization} roles={rolesUpTo(role)} teams={teams} />}
          </>
        }
      />
      <MemberTable
        members={members.items}
        rights={rights}
        invitations={invited?.items ?? []}
        empty={
          <EmptyState title={`No member is called “${query}”.`}>
            <PageLink href={path}>Show all members</PageLink>
          </EmptyState>
        }
      />
      <Pager page={members} names={NAMES} hrefOf={(cursor) => path + queryString({ ...at, cursor })} />
      {invited && (
        <>
          <SectionHeader title="Invitations" facts="Links that nobody has used yet. They work for a week." />
          <InvitationTable organization={organization} ownRole={role} invitations={invited.items} />
          <Pager page={invited} hrefOf={(invitations) => path + queryString({ ...at, invitations })} />
        </>
      )}
    </>
  );
}

const NAMES = { previous: "Before", next: "After" };
