import type { EnvironmentView } from "@landfall/schema/organizations/organizations";
import type { Metadata } from "next";
import { setEnvironmentHidden } from "#features/environments/actions.ts";
import { ProjectPicker } from "#features/environments/project-picker.tsx";
import { failureOf } from "#server/pages/failure.ts";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { type OrganizationPage, organizationPage } from "#server/pages/page-context.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { Chip } from "#ui/chip.tsx";
import { CommandLine } from "#ui/command-line.tsx";
import { RowActionButton } from "#ui/dialog/action-buttons.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { SectionHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { type OrganizationUrls, queryString } from "#ui/organization-urls.ts";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { Pager } from "#ui/table/pager.tsx";

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

function columnsOf(
  organization: string,
  project: string | null,
  mayHide: boolean,
  to: OrganizationUrls,
): readonly Column<EnvironmentView>[] {
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

/** The projects to choose from, and the environments of the one named, or of the first; null for one that is not there. */
async function readEnvironments(
  { call, organization }: Pick<OrganizationPage, "call" | "organization">,
  { project: named, cursor }: { readonly project: string | null; readonly cursor: string | null },
) {
  const projects = await call.projects.list({ organization });
  const project = named ?? projects.items[0]?.slug ?? null;
  if (project === null) return { projects, project, environments: null };
  try {
    const environments = await pageAt(cursor, (at) => call.environments.listInProject({ organization, project, visibility: "all", ...at }));
    return { projects, project, environments };
  } catch (error) {
    const { code } = failureOf(error);
    if (code !== "not_found" && code !== "forbidden") throw error;
    return { projects, project, environments: null };
  }
}
