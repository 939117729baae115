import type { ProjectView } from "@landfall/schema/organizations/projects";
import { Button, TextInput } from "@mantine/core";
import type { Metadata } from "next";
import { CreateProject, EditProject } from "#features/projects/project-forms.tsx";
import { ReleaseWebhookButton } from "#features/projects/release-webhook.tsx";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { type OrganizationPage, organizationPage } from "#server/pages/page-context.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { SectionHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { type OrganizationUrls, queryString } from "#ui/organization-urls.ts";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { Pager } from "#ui/table/pager.tsx";

export const metadata: Metadata = { title: "Projects" };

type ProjectsProps = { readonly params: Promise<{ readonly organization: string }>; readonly searchParams: Promise<SearchParams> };

/** The organization's projects, to create and change them. */
export default async function ProjectSettings({ params, searchParams }: ProjectsProps) {
  const page = await organizationPage((await params).organization);
  const { organization, can, to } = page;
  const search = await searchParams;
  const at = { query: textParam(search, "query"), cursor: textParam(search, "cursor") };
  const { projects, teams } = await readProjects(page, at);
  const path = to.settings("projects");
  return (
    <>
      <RefreshOn kinds="project team" />
      <SectionHeader
        title="Projects"
        actions={
          <>
            <search>
              <form action={path} className="row">
                <TextInput
                  name="query"
                  type="search"
                  size="xs"
                  aria-label="Search projects"
                  placeholder="Name"
                  defaultValue={at.query ?? ""}
                />
                <Button type="submit" variant="default">
                  Search
                </Button>
              </form>
            </search>
            {mayCreateProjects(can) && <CreateProject organization={organization} teams={teams} />}
          </>
        }
      />
      <DataTable
        caption="Projects"
        columns={columnsOf(organization, can("project:write", "project:admin"), to)}
        rows={projects.items}
        keyOf={({ id }) => id}
        empty={
          at.query === null ? (
            <EmptyState title="No projects.">
              <p>
                {mayCreateProjects(can)
                  ? "Create the first one. Releases are linked to projects."
                  : "Ask an admin to add you to a team with projects."}
              </p>
            </EmptyState>
          ) : (
            <EmptyState title={`No projects match “${at.query}”.`}>
              <PageLink href={path}>Show all projects</PageLink>
            </EmptyState>
          )
        }
      />
      <Pager page={projects} names={NAMES} hrefOf={(cursor) => path + queryString({ ...at, cursor })} />
    </>
  );
}

const NAMES = { previous: "Previous", next: "Next" };

function columnsOf(organization: string, mayChange: boolean, to: OrganizationUrls): readonly Column<ProjectView>[] {
  const actions: Column<ProjectView> = {
    key: "actions",
    head: "Actions",
    hidesHead: true,
    align: "end",
    cell: (project) => (
      <>
        <EditProject organization={organization} project={{ name: project.name, slug: project.slug, platform: project.platform }} />
        <ReleaseWebhookButton organization={organization} project={project.slug} />
      </>
    ),
  };
  return mayChange ? [...dataColumns(to), actions] : dataColumns(to);
}

const dataColumns = (to: OrganizationUrls): readonly Column<ProjectView>[] => [
  {
    key: "project",
    head: "Project",
    grows: true,
    cell: ({ slug, name }) => (
      <>
        <PageLink href={to.project(slug)} data-open="">
          {slug}
        </PageLink>{" "}
        {name !== slug && <span className="soft">{name}</span>}
      </>
    ),
  },
  { key: "platform", head: "Platform", hideBelow: "tablet", cell: ({ platform }) => platform ?? <span className="soft">not set</span> },
  {
    key: "teams",
    head: "Teams",
    hideBelow: "tablet",
    cell: ({ teams }) => (teams.length === 0 ? <span className="soft">none</span> : teams.map(({ slug }) => slug).join(", ")),
  },
];

/** Whether a viewer may create projects. */
const mayCreateProjects = (can: OrganizationPage["can"]): boolean => can("project:write", "project:admin", "org:write", "org:admin");

/** Reads a page of projects, and the teams that a new one can be added to. */
async function readProjects(
  { call, organization, can }: Pick<OrganizationPage, "call" | "organization" | "can">,
  { query, cursor }: { readonly query: string | null; readonly cursor: string | null },
) {
  const [projects, teams] = await Promise.all([
    pageAt(cursor, (at) => call.projects.list({ organization, query: query ?? undefined, ...at })),
    mayCreateProjects(can) ? call.teams.list({ organization }) : null,
  ]);
  return { projects, teams: teams?.items.filter(({ hasAccess }) => hasAccess) ?? [] };
}
