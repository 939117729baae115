import type { TeamView } from "@landfall/schema/organizations/teams";
import type { Metadata } from "next";
import { mayManageTeams } from "#features/settings/settings-access.ts";
import { CreateTeam } from "#features/teams/team-forms.tsx";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { organizationPage } from "#server/pages/page-context.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { Chip } from "#ui/chip.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { SectionHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { type OrganizationUrls, queryString } from "#ui/organization-urls.ts";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { Pager } from "#ui/table/pager.tsx";
import classes from "./page.module.css";

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
      <DataTable
        caption="Teams"
        columns={columnsOf(to)}
        rows={teams.items}
        keyOf={({ id }) => id}
        empty={
          <EmptyState title="There are no teams.">
            <p>{mayManageTeams(can) ? "The first one is created with the first project, or create it now." : "An admin can create one."}</p>
          </EmptyState>
        }
      />
      <Pager page={teams} names={NAMES} hrefOf={(next) => to.settings("teams") + queryString({ cursor: next })} />
    </>
  );
}

const NAMES = { previous: "Previous", next: "Next" };

const columnsOf = (to: OrganizationUrls): readonly Column<TeamView>[] => [
  {
    key: "team",
    head: "Team",
    cell: ({ slug, name, hasAccess, isMember }) => (
      <span className={classes["team"]}>
        {hasAccess ? (
          <PageLink href={to.settings("teams", slug)} data-open="" className="cut" title={name === slug ? name : `${name} (${slug})`}>
            {name}
          </PageLink>
        ) : (
          <span className="cut" title="Only its members can see it">
            {name}
          </span>
        )}
        {isMember && <Chip>member</Chip>}
      </span>
    ),
  },
  { key: "members", head: "Members", align: "end", cell: ({ memberCount }) => memberCount },
  {
    key: "projects",
    head: "Projects",
    grows: true,
    cell: ({ projects }) =>
      projects.length === 0 ? (
        <span className="soft">none</span>
      ) : (
        <span title={projects.map(({ slug }) => slug).join(", ")}>{projects.map(({ slug }) => slug).join(", ")}</span>
      ),
  },
];
