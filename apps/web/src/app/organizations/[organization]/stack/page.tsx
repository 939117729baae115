import type { Metadata } from "next";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { organizationPage } from "#server/pages/page-context.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";
import { type OrganizationUrls, queryString } from "#ui/organization-urls.ts";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { PAGE_NAMES, Pager } from "#ui/table/pager.tsx";

export const metadata: Metadata = { title: "Resolve a stack trace" };

type StackProps = { readonly params: Promise<{ readonly organization: string }>; readonly searchParams: Promise<SearchParams> };

/** Asks for the project whose artifacts resolve a stack trace. */
export default async function Stack({ params, searchParams }: StackProps) {
  const { call, organization, to } = await organizationPage((await params).organization);
  const cursor = textParam(await searchParams, "cursor");
  const page = await pageAt(cursor, (at) => call.projects.list({ organization, ...at, per_page: 50 }));
  return (
    <>
      <PageHeader title="Resolve a stack trace" facts="Choose the project of the stack trace." />
      <DataTable
        caption="Projects"
        columns={columnsOf(to)}
        rows={page.items}
        keyOf={({ slug }) => slug}
        empty={<EmptyState title="No projects" />}
      />
      <Pager page={page} names={PAGE_NAMES} hrefOf={(next) => to.stack + queryString({ cursor: next })} />
    </>
  );
}

const columnsOf = (to: OrganizationUrls): readonly Column<{ readonly slug: string; readonly name: string }>[] => [
  {
    key: "project",
    head: "Project",
    grows: true,
    cell: ({ slug, name }) => (
      <PageLink href={to.artifacts(slug, { panel: "stack" })} data-open="" title={slug}>
        {name}
      </PageLink>
    ),
  },
];
