import type { Metadata } from "next";
import { CreateProject } from "#features/projects/project-forms.tsx";
import { ProjectTable } from "#features/projects/project-table.tsx";
import { recentTokens } from "#features/tokens/recent-tokens.ts";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { type OrganizationPage, organizationPage } from "#server/pages/page-context.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { EmptyState, NoMatches } from "#ui/empty-state.tsx";
import { SearchForm } from "#ui/forms/search-form.tsx";
import { SectionHeader } from "#ui/headings.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { queryString } from "#ui/organization-urls.ts";
import { PAGE_NAMES, Pager } from "#ui/table/pager.tsx";

export const metadata: Metadata = { title: "Projects" };

type ProjectsProps = { readonly params: Promise<{ readonly organization: string }>; readonly searchParams: Promise<SearchParams> };

/** The organization's projects, to create and change them. */
export default async function ProjectSettings({ params, searchParams }: ProjectsProps) {
  const page = await organizationPage((await params).organization);
  const { organization, can, to } = page;
  const search = await searchParams;
  const at = { q: textParam(search, "q"), cursor: textParam(search, "cursor") };
  const mayChange = can("project:write", "project:admin");
  const [{ projects, teams }, tokens] = await Promise.all([readProjects(page, at), mayChange ? recentTokens(page) : []]);
  const path = to.settings("projects");
  return (
    <>
      <RefreshOn kinds="project team" />
      <SectionHeader title="Projects" actions={mayCreateProjects(can) && <CreateProject organization={organization} teams={teams} />} />
      <SearchForm action={path} text={at.q ?? ""} label="Search projects" placeholder="Name" />
      <ProjectTable
        projects={projects.items}
        organization={organization}
        mayChange={mayChange}
        recentTokens={tokens}
        to={to}
        empty={
          at.q === null ? (
            <EmptyState title="No projects yet">
              <p>
                {mayCreateProjects(can)
                  ? "Create the first one. Releases are linked to projects."
                  : "Ask an admin to add you to a team with projects."}
              </p>
            </EmptyState>
          ) : (
            <NoMatches kind="projects" text={at.q} href={path} />
          )
        }
      />
      <Pager page={projects} names={PAGE_NAMES} hrefOf={(cursor) => path + queryString({ ...at, cursor })} />
    </>
  );
}

/** Whether a viewer may create projects. */
const mayCreateProjects = (can: OrganizationPage["can"]): boolean => can("project:write", "project:admin", "org:write", "org:admin");

/** Reads a page of projects, and the teams that a new one can be added to. */
async function readProjects(
  { call, organization, can }: Pick<OrganizationPage, "call" | "organization" | "can">,
  { q, cursor }: { readonly q: string | null; readonly cursor: string | null },
) {
  const [projects, teams] = await Promise.all([
    pageAt(cursor, (at) => call.projects.list({ organization, query: q ?? undefined, ...at })),
    mayCreateProjects(can) ? call.teams.list({ organization }) : null,
  ]);
  return { projects, teams: teams?.items.filter(({ hasAccess }) => hasAccess) ?? [] };
}
