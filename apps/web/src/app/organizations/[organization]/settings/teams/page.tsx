import type { Metadata } from "next";
import { mayManageTeams } from "#features/settings/settings-access.ts";
import { CreateTeam } from "#features/teams/team-forms.tsx";
import { TeamTable } from "#features/teams/team-tables.tsx";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { organizationPage } from "#server/pages/page-context.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { SectionHeader } from "#ui/headings.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { queryString } from "#ui/organization-urls.ts";
import { PAGE_NAMES, Pager } from "#ui/table/pager.tsx";

export const metadata: Metadata = { title: "Teams" };

type TeamsProps = { readonly params: Promise<{ readonly organization: string }>; readonly searchParams: Promise<SearchParams> };

/** The organization's teams. */
export default async function Teams({ params, searchParams }: TeamsProps) {
  const { call, organization, can, to } = await organizationPage((await params).organization);
  const cursor = textParam(await searchParams, "cursor");
  const teams = await pageAt(cursor, (at) => call.teams.list({ organization, ...at }));
  return (
    <>
      <RefreshOn kinds="team project member" />
      <SectionHeader
        title="Teams"
        facts="Projects belong to teams. Where membership is closed, members can access only the projects of their teams."
        actions={mayManageTeams(can) && <CreateTeam organization={organization} />}
      />
      <TeamTable
        teams={teams.items}
        to={to}
        empty={
          <EmptyState title="No teams yet">
            <p>{mayManageTeams(can) ? "The first one is created with the first project, or create it now." : "An admin can create one."}</p>
          </EmptyState>
        }
      />
      <Pager page={teams} names={PAGE_NAMES} hrefOf={(next) => to.settings("teams") + queryString({ cursor: next })} />
    </>
  );
}
