import { REL_WRITE } from "@landfall/schema/scope";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { BulkForm, SelectAll } from "#features/releases/bulk-actions.tsx";
import { EmptyList, readHiddenCounts } from "#features/releases/empty-list.tsx";
import { FilterBar, FilterChips } from "#features/releases/filter-bar.tsx";
import { DEFAULT_FILTERS, filtersQuery, parseFilters, parseSavedView, savedViewQuery } from "#features/releases/list-filters.ts";
import { readFilterOptions, readList } from "#features/releases/read-list.ts";
import { releaseColumns } from "#features/releases/release-columns.tsx";
import { SavedViewTabs } from "#features/releases/saved-view-tabs.tsx";
import { SELECTION_FIELD } from "#features/releases/selection.ts";
import { organizationPage } from "#server/pages/page-context.ts";
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

/** The organization's releases, one line each: searched, filtered, and changed many at a time. */
export default async function Releases({ params, searchParams }: ReleasesProps) {
  const here = await organizationPage((await params).organization);
  const { call, organization, can, to } = here;
  const asked = await searchParams;
  const address = parseFilters(asked);
  const views = call.views.list({ organization, page: "releases" });
  if (Object.keys(asked).length === 0) {
    const first = (await views).items.find(({ isDefault }) => isDefault);
    const text = first ? savedViewQuery(parseSavedView(first.query)) : "";
    if (first && text !== "") redirect(to.releases(filtersQuery(parseSavedView(first.query))));
  }
  const [{ page, refusal }, choices, { items: savedViews }] = await Promise.all([
    readList(here, address, textParam(asked, "cursor")),
    readFilterOptions(here),
    views,
  ]);
  const lines = page.items;
  const shown = refusal ? { ...DEFAULT_FILTERS, status: address.status, sort: address.sort } : address;
  const facts = {
    versions: lines.map(({ version }) => version),
    packages: [...new Set(lines.flatMap((line) => line.package ?? []))],
    environments: choices.environments.options.map(({ value }) => value),
    projects: choices.projects.options.map(({ value }) => value).filter((value) => value !== "-1"),
  };
  return (
    <>
      <RefreshOn kinds="release deploy commits" />
      <PageHeader title="Releases" />
      <div className="stack">
        <SavedViewTabs organization={organization} to={to} address={address} views={savedViews} />
        <FilterBar organization={organization} to={to} address={address} facts={facts} {...choices} refusal={refusal} />
        <FilterChips to={to} address={address} />
        {refusal && <p className={classes["instead"]}>Shown instead: all releases, without the search and the filters.</p>}
        {lines.length === 0 && (
          <EmptyList
            to={to}
            address={shown}
            besides={await readHiddenCounts(here, shown)}
            place={{ url: runningApp().originOf(await headers()), organization, project: facts.projects[0] ?? "web" }}
          />
        )}
        {lines.length > 0 && (
          <BulkForm
            organization={organization}
            mayArchive={can(...REL_WRITE)}
            status={address.status}
            archived={lines.flatMap(({ version, status }) => (status === "archived" ? [version] : []))}
          >
            <DataTable
              caption="Releases"
              columns={releaseColumns(to, shown)}
              rows={lines}
              keyOf={({ version }) => version}
              select={{ name: SELECTION_FIELD, valueOf: ({ version }) => version, labelOf: ({ version }) => version, head: <SelectAll /> }}
              empty={null}
            />
            <Pager
              page={page}
              hrefOf={(cursor) => to.releases(filtersQuery(shown, cursor))}
              {...(address.sort === "date" ? {} : { names: { previous: "Higher", next: "Lower" } })}
            />
          </BulkForm>
        )}
      </div>
    </>
  );
}
