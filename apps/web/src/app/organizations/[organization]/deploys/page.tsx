import type { Metadata } from "next";
import { DeployTimeline } from "#features/deploys/deploy-timeline.tsx";
import { NoDeploys } from "#features/deploys/no-deploys.tsx";
import { readTimeline } from "#features/deploys/read-timeline.ts";
import { readTimeRange, TimeRangeFields, timeRangeQuery } from "#features/deploys/time-range.tsx";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { organizationPage, requestTime } from "#server/pages/page-context.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { FilterForm } from "#ui/forms/filter-form.tsx";
import { ProjectSelect, Select } from "#ui/forms/select.tsx";
import { PageHeader } from "#ui/headings.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { Pager } from "#ui/table/pager.tsx";
import classes from "./page.module.css";

export const metadata: Metadata = { title: "Deploys" };

type DeploysProps = { readonly params: Promise<{ readonly organization: string }>; readonly searchParams: Promise<SearchParams> };

const PAGE_SIZE = 50;

/** The deploys to all environments, last finished first. */
export default async function Deploys({ params, searchParams }: DeploysProps) {
  const { call, organization, to } = await organizationPage((await params).organization);
  const urlParams = await searchParams;
  const range = readTimeRange(urlParams, requestTime());
  const project = textParam(urlParams, "project") ?? "";
  const environment = textParam(urlParams, "environment") ?? "";
  const input = {
    organization,
    project: project === "" ? undefined : [project],
    environment: environment === "" ? undefined : [environment],
    from: range.from?.toISOString(),
    to: range.to?.toISOString(),
    per_page: PAGE_SIZE,
  };
  const [read, projects, environments] = await Promise.all([
    readTimeline(pageAt(textParam(urlParams, "cursor"), (at) => call.deploys.recent({ ...input, ...at }))),
    call.projects.list({ organization, per_page: 100 }),
    call.environments.list({ organization, visibility: "all" }),
  ]);
  const query = { project, environment, ...timeRangeQuery(range) };
  return (
    <>
      <RefreshOn kinds="deploy release" />
      <PageHeader title="Deploys" facts="Deploys to all environments, last finished first." />
      <div className={classes["bar"]}>
        <FilterForm path={to.deploys()} label="Filters">
          <ProjectSelect slugs={projects.items.map(({ slug }) => slug)} hasMore={projects.next?.hasResults === true} chosen={project} />
          <Select
            label="Environment"
            name="environment"
            chosen={environment}
            options={[["", "All environments"], ...environments.items.map(({ name }) => [name, name] as const)]}
          />
          <TimeRangeFields {...range} />
        </FilterForm>
      </div>
      <DeployTimeline
        to={to}
        deploys={read.kind === "found" ? read.page.items : []}
        withEnvironment
        empty={
          <NoDeploys
            project={project}
            environment={environment}
            missing={read.kind === "missing" ? read.what : null}
            isFiltered={project !== "" || environment !== "" || range.range !== ""}
            hasMore={read.kind === "found" && read.page.next?.hasResults === true}
            allHref={to.deploys()}
          />
        }
      />
      {read.kind === "found" && <Pager page={read.page} hrefOf={(cursor) => to.deploys({ ...query, cursor })} />}
    </>
  );
}
