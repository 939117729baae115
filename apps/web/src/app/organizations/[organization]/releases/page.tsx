import { versionOrder } from "@landfall/domain/versions/release-history";
import { REL_WRITE } from "@landfall/schema/scope";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { BulkForm, SelectAll } from "#features/releases/bulk-actions.tsx";
import { EmptyList, readHiddenCounts } from "#features/releases/empty-list.tsx";
import { FilterBar, FilterChips } from "#features/releases/filter-bar.tsx";
import { DEFAULT_FILTERS, filtersQuery, parseFilters, savedViewQuery, SELECTION_FIELD } from "#features/releases/list-filters.ts";
import { readFilterOptions, readList } from "#features/releases/read-list.ts";
import { dayGroupOf, releaseColumns } from "#features/releases/release-columns.tsx";
import { ReleasePeek } from "#features/releases/release-peek.tsx";
import { defaultQuery } from "#features/saved-views/view-query.ts";
import { ViewsMenu } from "#features/saved-views/views-menu.tsx";
import { organizationPage, requestTime } from "#server/pages/page-context.ts";
import { runningApp } from "#server/pages/running-app.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { PageHeader } from "#ui/headings.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { DataTable } from "#ui/table/data-table.tsx";
import { Pager } from "#ui/table/pager.tsx";
import classes from "./page.module.css";

export const metadata: Metadata = { title: "Releases" };

type ReleasesProps = {
  readonly params: Promise<{ readonly organization: string }>;
  readonly searchParams: Promise<SearchParams>;
};

/** The releases of an organization, with search, filters, saved views, and bulk actions. */
export default async function Releases({ params, searchParams }: ReleasesProps) {
  const context = await organizationPage((await params).organization);
  const { call, organization, can, to } = context;
  const query = await searchParams;
  const filters = parseFilters(query);
  const views = call.views.list({ organization, page: "releases" });
  const initialQuery = Object.keys(query).length === 0 ? defaultQuery((await views).items) : null;
  if (initialQuery !== null) redirect(`${to.releases()}?${initialQuery}`);
  const [{ page, error }, options, { items: savedViews }] = await Promise.all([
    readList(context, filters, textParam(query, "cursor")),
    readFilterOptions(context),
    views,
  ]);
  const lines = page.items;
  const shown = error ? { ...DEFAULT_FILTERS, status: filters.status, sort: filters.sort } : filters;
  const sources = {
    versions: lines.map(({ version }) => version),
    packages: [...new Set(lines.flatMap((line) => line.package ?? []))],
    environments: options.environments.options.map(({ value }) => value),
    projects: options.projects.options.map(({ value }) => value).filter((value) => value !== "-1"),
  };
  return (
    <>
      <RefreshOn kinds="release deploy commits" />
      <PageHeader
        title="Releases"
        actions={
          <ViewsMenu organization={organization} page="releases" path={to.releases()} views={savedViews} query={savedViewQuery(filters)} />
        }
      />
      <div className="stack">
        <FilterBar organization={organization} to={to} filters={filters} sources={sources} {...options} error={error} />
        <FilterChips to={to} filters={filters} />
        {error && <p className={classes["fallback"]}>Showing all releases, without search and filters.</p>}
        {lines.length === 0 && (
          <EmptyList
            to={to}
            filters={shown}
            hiddenCounts={await readHiddenCounts(context, shown)}
            reportTarget={{ url: runningApp().originOf(await headers()), organization, project: sources.projects[0] ?? "web" }}
          />
        )}
        {filters.sort === "semver" && <SortNote versions={sources.versions} />}
        {lines.length > 0 && (
          <BulkForm
            organization={organization}
            mayArchive={can(...REL_WRITE)}
            status={filters.status}
            archived={lines.flatMap(({ version, status }) => (status === "archived" ? [version] : []))}
          >
            <DataTable
              caption="Releases"
              columns={releaseColumns(to, shown)}
              rows={lines}
              keyOf={({ version }) => version}
              groupOf={filters.sort === "date" ? dayGroupOf(requestTime()) : undefined}
              select={{ name: SELECTION_FIELD, valueOf: ({ version }) => version, labelOf: ({ version }) => version, head: <SelectAll /> }}
              empty={null}
            />
            <Pager
              page={page}
              hrefOf={(cursor) => to.releases(filtersQuery(shown, cursor))}
              names={filters.sort === "date" ? undefined : { previous: "Higher", next: "Lower" }}
            />
            <ReleasePeek organization={organization} versions={sources.versions} />
          </BulkForm>
        )}
      </div>
    </>
  );
}

/** Explains the order by version, which the API prescribes, where it differs from the order of time. */
function SortNote({ versions }: { readonly versions: readonly string[] }) {
  const described = versions.find((version) => (versionOrder(version)?.sinceTag ?? 0) > 0);
  if (described === undefined) return null;
  return (
    <p className="soft">
      Sorted as the API sorts: names of <code>git describe</code> such as <code>{described}</code> are below their tag here. Everywhere else
      they are newer than it.
    </p>
  );
}
