import type { EnvironmentView } from "@landfall/schema/views/organization";
import type { Metadata } from "next";
import { organizationPage } from "../../../../../page-data/organization-page.ts";
import { type SearchParams, textParam } from "../../../../../page-data/params.ts";
import { type OrganizationUrls, queryString } from "../../../../../ui/addresses.ts";
import { Chip } from "../../../../../ui/chip.tsx";
import { CommandLine } from "../../../../../ui/command-line.tsx";
import { RowActionButton } from "../../../../../ui/dialog/act-button.tsx";
import { RefreshOn } from "../../../../../ui/live/refresh-on.tsx";
import { EmptyState } from "../../../../../ui/nothing-here.tsx";
import { PageLink } from "../../../../../ui/page-link.tsx";
import { SectionHeader } from "../../../../../ui/section-head.tsx";
import { type Column, DataTable } from "../../../../../ui/table/data-table.tsx";
import { Pager } from "../../../../../ui/table/pager.tsx";
import { setEnvironmentHidden } from "./environment-actions.ts";
import { ProjectPicker } from "./project-choice.tsx";
import { readEnvironments } from "./read-environments.ts";

export const metadata: Metadata = { title: "Environments" };

type EnvironmentsProps = { readonly params: Promise<{ readonly organization: string }>; readonly searchParams: Promise<SearchParams> };

/** Which environments of a project are in sight. */
export default async function Environments({ params, searchParams }: EnvironmentsProps) {
  const page = await organizationPage((await params).organization);
  const { organization, can, to } = page;
  const given = await searchParams;
  const at = { project: textParam(given, "project"), cursor: textParam(given, "cursor") };
  const { projects, project, environments } = await readEnvironments(page, at);
  const path = to.settings("environments");
  return (
    <>
      <RefreshOn kinds="environment deploy project" />
      <SectionHeader
        title="Environments"
        facts="They come with the first deploy to them. A hidden one is left out of the board and of lists; its deploys are recorded as ever."
        actions={
          project !== null && (
            <ProjectPicker
              key={project}
              action={path}
              projects={projects.items.map(({ slug }) => slug)}
              hasMore={projects.next?.hasResults === true || environments === null}
              chosen={project}
            />
          )
        }
      />
      {environments ? (
        <>
          <DataTable
            caption={`Environments of ${project}`}
            columns={columnsOf(organization, project, can("project:write", "project:admin"), to)}
            rows={environments.items}
            keyOf={({ id }) => id}
            empty={
              <EmptyState title={`${project} was never deployed.`}>
                <CommandLine command={`sentry-cli deploys new --release "$VERSION" -e production`} />
              </EmptyState>
            }
          />
          <Pager page={environments} names={NAMES} hrefOf={(cursor) => path + queryString({ project, cursor })} />
        </>
      ) : (
        <EmptyState title={project === null ? "There are no projects yet." : `There is no project “${project}”.`}>
          <PageLink href={to.settings("projects")}>See the projects</PageLink>
        </EmptyState>
      )}
    </>
  );
}

const NAMES = { previous: "Before", next: "After" };

function columnsOf(organization: string, project: string | null, mayHide: boolean, to: OrganizationUrls): readonly Column<EnvironmentView>[] {
  const columns: Column<EnvironmentView>[] = [
    {
      key: "name",
      head: "Environment",
      grows: true,
      cell: ({ name }) => (
        <PageLink href={to.environment(name)} data-open="">
          {name}
        </PageLink>
      ),
    },
    { key: "state", head: "Shown", cell: ({ isHidden }) => (isHidden ? <Chip tone="warn">hidden</Chip> : "yes") },
  ];
  if (!mayHide || project === null) return columns;
  const acts: Column<EnvironmentView> = {
    key: "acts",
    head: "What to do",
    hidesHead: true,
    align: "end",
    cell: ({ name, isHidden }) => (
      <RowActionButton
        label={isHidden ? "Show" : "Hide"}
        name={isHidden ? `Show ${name} again` : `Hide ${name}`}
        action={setEnvironmentHidden}
        hidden={{ organization, project, environment: name, isHidden: String(!isHidden) }}
      />
    ),
  };
  return [...columns, acts];
}
