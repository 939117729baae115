import { formatCount } from "@landfall/domain/format";
import type { BoardRowView } from "@landfall/schema/releases/board";
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { DeployTimeline } from "#features/deploys/deploy-timeline.tsx";
import { NoDeploys } from "#features/deploys/no-deploys.tsx";
import { readTimeline } from "#features/deploys/read-timeline.ts";
import { VersionLanesChart } from "#features/deploys/version-lanes-chart.tsx";
import { CurrentVersions } from "#features/environments/current-versions.tsx";
import { HideEnvironmentButton } from "#features/environments/hide-environment.tsx";
import { defaultQuery } from "#features/saved-views/view-query.ts";
import { ViewsMenu } from "#features/saved-views/views-menu.tsx";
import { failureOf } from "#server/pages/failure.ts";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { type OrganizationPage, organizationPage, requestTime } from "#server/pages/page-context.ts";
import { decodePathSegment, type SearchParams, textParam } from "#server/pages/search-params.ts";
import { FilterForm } from "#ui/forms/filter-form.tsx";
import { ProjectSelect } from "#ui/forms/select.tsx";
import { PageHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { queryString } from "#ui/organization-urls.ts";
import { Pager } from "#ui/table/pager.tsx";
import classes from "#features/environments/environment.module.css";

type EnvironmentProps = {
  readonly params: Promise<{ readonly organization: string; readonly environment: string }>;
  readonly searchParams: Promise<SearchParams>;
};

export async function generateMetadata({ params }: EnvironmentProps): Promise<Metadata> {
  return { title: decodePathSegment((await params).environment) };
}

const PAGE_SIZE = 50;

/** The most environments that the page links to. */
const SWITCHER_LIMIT = 20;

/** An environment: its current versions, and its deploys. */
export default async function Environment({ params, searchParams }: EnvironmentProps) {
  const path = await params;
  const environment = decodePathSegment(path.environment);
  const page = await organizationPage(path.organization);
  const { call, organization, can, to } = page;
  const urlParams = await searchParams;
  const { items: views } = await call.views.list({ organization, page: "environment" });
  const initialQuery = Object.keys(urlParams).length === 0 ? defaultQuery(views) : null;
  if (initialQuery !== null) redirect(`${to.environment(environment)}?${initialQuery}`);
  const project = textParam(urlParams, "project") ?? "";
  const projects = project === "" ? undefined : [project];
  const [now, read, all, environments] = await Promise.all([
    readNow(page, environment, projects),
    readTimeline(
      pageAt(textParam(urlParams, "cursor"), (at) =>
        call.environments.deploys({ organization, environment, project: projects, per_page: PAGE_SIZE, ...at }),
      ),
    ),
    call.projects.list({ organization, per_page: 100 }),
    call.environments.list({ organization, per_page: SWITCHER_LIMIT }),
  ]);
  if (read.kind === "missing" && project === "") notFound();
  const [only] = now;
  const isHidden = only?.cells[0]?.isHidden === true;
  return (
    <>
      <RefreshOn kinds="deploy release" />
      <PageHeader
        title={environment}
        facts={project === "" ? `${formatCount(now.length, "project")} deployed here.` : `Deploys of ${project}.`}
        actions={
          project !== "" &&
          only &&
          can("project:write", "project:admin") && (
            <HideEnvironmentButton organization={organization} project={project} environment={environment} isHidden={isHidden} />
          )
        }
      />
      {environments.items.length > 1 && (
        <nav aria-label="Environments" className={classes["switcher"]}>
          {environments.items.map(({ name }) => (
            <PageLink key={name} href={to.environment(name)} aria-current={name === environment ? "page" : undefined} title={name}>
              <span className="cut">{name}</span>
            </PageLink>
          ))}
        </nav>
      )}
      <div className="row spread">
        <FilterForm path={to.environment(environment)} label="Filters">
          <ProjectSelect slugs={all.items.map(({ slug }) => slug)} hasMore={all.next?.hasResults === true} chosen={project} />
        </FilterForm>
        <ViewsMenu
          organization={organization}
          page="environment"
          path={to.environment(environment)}
          views={views}
          query={queryString({ project }).slice(1)}
        />
      </div>
      {now.length > 0 && <CurrentVersions to={to} rows={now} environment={environment} />}
      <section aria-labelledby="timeline">
        <h2 id="timeline">Deploys</h2>
        {read.kind === "found" && textParam(urlParams, "cursor") === null && (
          <VersionLanesChart deploys={read.page.items} now={requestTime()} to={to} />
        )}
        <DeployTimeline
          to={to}
          deploys={read.kind === "found" ? read.page.items : []}
          withEnvironment={false}
          empty={
            <NoDeploys
              project={project}
              environment={environment}
              missing={read.kind === "missing" ? read.what : null}
              isFiltered
              hasMore={read.kind === "found" && read.page.next?.hasResults === true}
              allHref={to.environment(environment, { view: "all" })}
            />
          }
        />
        {read.kind === "found" && <Pager page={read.page} hrefOf={(cursor) => to.environment(environment, { project, cursor })} />}
      </section>
    </>
  );
}

/** The current versions; none if the environment or project does not exist, which the timeline reports. */
async function readNow(
  { call, organization }: OrganizationPage,
  environment: string,
  project: string[] | undefined,
): Promise<BoardRowView[]> {
  try {
    const { items } = await call.board.get({ organization, environment: [environment], project });
    return items.filter(({ cells }) => cells.length > 0);
  } catch (error) {
    if (["not_found", "forbidden"].includes(failureOf(error).code)) return [];
    throw error;
  }
}
