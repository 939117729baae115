import type { EnvironmentView } from "@landfall/schema/views/organization";
import type { Metadata } from "next";
import { organizationPage } from "../../../../../page-data/organization-page.ts";
import { type SearchParams, textParam } from "../../../../../page-data/params.ts";
import { type Addresses, queryOf } from "../../../../../ui/addresses.ts";
import { Chip } from "../../../../../ui/chip.tsx";
import { CommandLine } from "../../../../../ui/command-line.tsx";
import { ActButton } from "../../../../../ui/dialog/act-button.tsx";
import { RefreshOn } from "../../../../../ui/live/refresh-on.tsx";
import { NothingHere } from "../../../../../ui/nothing-here.tsx";
import { PageLink } from "../../../../../ui/page-link.tsx";
import { SectionHead } from "../../../../../ui/section-head.tsx";
import { type Column, DataTable } from "../../../../../ui/table/data-table.tsx";
import { Pager } from "../../../../../ui/table/pager.tsx";
import { setEnvironmentHidden } from "./environment-actions.ts";
import { ProjectChoice } from "./project-choice.tsx";
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
      <SectionHead
        title="Environments"
        facts="They come with the first deploy to them. A hidden one is left out of the board and of lists; its deploys are recorded as ever."
        actions={
          project !== null && (
            <ProjectChoice
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
              <NothingHere title={`${project} was never deployed.`}>
                <CommandLine command={`sentry-cli deploys new --release "$VERSION" -e production`} />
              </NothingHere>
            }
          />
          <Pager page={environments} names={NAMES} hrefOf={(cursor) => path + queryOf({ project, cursor })} />
        </>
      ) : (
        <NothingHere title={project === null ? "There are no projects yet." : `There is no project “${project}”.`}>
          <PageLink href={to.settings("projects")}>See the projects</PageLink>
        </NothingHere>
      )}
    </>
  );
}

const NAMES = { previous: "Before", next: "After" };

function columnsOf(organization: string, project: string | null, mayHide: boolean, to: Addresses): readonly Column<EnvironmentView>[] {
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
      <ActButton
        label={isHidden ? "Show" : "Hide"}
        name={isHidden ? `Show ${name} again` : `Hide ${name}`}
        action={setEnvironmentHidden}
        hidden={{ organization, project, environment: name, isHidden: String(!isHidden) }}
      />
    ),
  };
  return [...columns, acts];
}
