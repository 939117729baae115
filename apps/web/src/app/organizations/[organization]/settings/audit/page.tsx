import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AuditFilters } from "#features/audit-log/audit-filters.tsx";
import { AuditList } from "#features/audit-log/audit-list.tsx";
import { auditFilter, type AuditQuery, readAuditQuery } from "#features/audit-log/audit-query.ts";
import { mayReadAudit } from "#features/settings/settings-access.ts";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { type OrganizationPage, organizationPage } from "#server/pages/page-context.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { SectionHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";
import { queryString } from "#ui/organization-urls.ts";
import { Pager } from "#ui/table/pager.tsx";

export const metadata: Metadata = { title: "Audit log" };

type AuditProps = { readonly params: Promise<{ readonly organization: string }>; readonly searchParams: Promise<SearchParams> };

/** The audit log. */
export default async function Audit({ params, searchParams }: AuditProps) {
  const page = await organizationPage((await params).organization);
  if (!mayReadAudit(page.can)) notFound();
  const search = await searchParams;
  const filters = readAuditQuery(search);
  const entries = await readAudit(page, filters, textParam(search, "cursor"));
  const path = page.to.settings("audit");
  return (
    <>
      <SectionHeader
        title="Audit log"
        facts="All changes with their previous values, including sign-ins and personal tokens of members."
        actions={<a href={page.to.settings("audit", "csv") + queryString(filters)}>Download as CSV (at most 50,000 events)</a>}
      />
      <AuditFilters key={queryString(filters)} path={path} filters={filters} />
      {entries.items.length > 0 ? (
        <AuditList entries={entries.items} path={path} />
      ) : (
        <EmptyState title={entries.next?.hasResults ? "No matching events so far" : "No events match"}>
          {entries.next?.hasResults ? (
            <p>Each page searches 20,000 events. Continue below.</p>
          ) : (
            <p>
              <PageLink href={path}>Show all events</PageLink>
            </p>
          )}
        </EmptyState>
      )}
      <Pager page={entries} hrefOf={(cursor) => path + queryString({ ...filters, cursor })} />
    </>
  );
}

/** Reads a page of the audit log. */
const readAudit = ({ call, organization }: Pick<OrganizationPage, "call" | "organization">, filters: AuditQuery, cursor: string | null) =>
  pageAt(cursor, (at) => call.audit.list({ organization, ...auditFilter(filters), per_page: "50", ...at }));
