import type { Metadata } from "next";
import { EnvironmentOrder } from "#features/environments/environment-order.tsx";
import { EnvironmentTable } from "#features/environments/environment-table.tsx";
import { failureOf } from "#server/pages/failure.ts";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { type OrganizationPage, organizationPage } from "#server/pages/page-context.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { CommandLine } from "#ui/command-line.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { FilterForm } from "#ui/forms/filter-form.tsx";
import { ProjectSelect } from "#ui/forms/select.tsx";
import { SectionHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { queryString } from "#ui/organization-urls.ts";
import { PAGE_NAMES, Pager } from "#ui/table/pager.tsx";

export const metadata: Metadata = { title: "Environments" };

type EnvironmentsProps = { readonly params: Promise<{ readonly organization: string }>; readonly searchParams: Promise<SearchParams> };

/** The order of all environments, and the environments of a project, to hide and show them. */
export default async function Environments({ params, searchParams }: EnvironmentsProps) {
  const page = await organizationPage((await params).organization);
  const { organization, can, to } = page;
  const search = await searchParams;
  const at = { project: textParam(search, "project"), cursor: textParam(search, "cursor") };
  const [{ projects, project, environments }, ordered] = await Promise.all([
    readEnvironments(page, at),
    page.call.environments.list({ organization, visibility: "all", per_page: MAX_ORDERED }),
  ]);
  const path = to.settings("environments");
  return (
    <>
      <RefreshOn kinds="environment deploy project" />
      <SectionHeader title="Environments" facts="Created with their first deploy." />
      {ordered.items.length > 1 && (
        <EnvironmentOrder
          organization={organization}
          names={ordered.items.map(({ name }) => name)}
          mayChange={can("org:write", "org:admin")}
        />
      )}
      <SectionHeader
        title="Visibility"
        facts="Hidden environments do not appear on the board and in lists, but deploys are still recorded."
        actions={
          project !== null && (
            <FilterForm path={path} label="Project">
              <ProjectSelect
                slugs={projects.items.map(({ slug }) => slug)}
                hasMore={projects.next?.hasResults === true || environments === null}
                chosen={project}
                isRequired
              />
            </FilterForm>
          )
        }
      />
      {environments !== null && project !== null ? (
        <>
          <EnvironmentTable
            environments={environments.items}
            organization={organization}
            project={project}
            mayHide={can("project:write", "project:admin")}
            to={to}
            empty={
              <EmptyState title={`${project} has not been deployed yet`}>
                <CommandLine command={`sentry-cli deploys new --release "$VERSION" -e production`} />
              </EmptyState>
            }
          />
          <Pager page={environments} names={PAGE_NAMES} hrefOf={(cursor) => path + queryString({ project, cursor })} />
        </>
      ) : (
        <EmptyState title={project === null ? "No projects yet" : `Project “${project}” not found`}>
          <PageLink href={to.settings("projects")}>Show projects</PageLink>
        </EmptyState>
      )}
    </>
  );
}

/** The most environments that can be ordered. */
const MAX_ORDERED = 100;

/** Reads the projects, and the environments of one of them or of the first; null if that project does not exist. */
async function readEnvironments(
  { call, organization }: Pick<OrganizationPage, "call" | "organization">,
  { project: requested, cursor }: { readonly project: string | null; readonly cursor: string | null },
) {
  const projects = await call.projects.list({ organization });
  const project = requested ?? projects.items[0]?.slug ?? null;
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
