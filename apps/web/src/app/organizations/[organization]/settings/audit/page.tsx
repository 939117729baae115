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

/** Who changed what, and when. */
export default async function Audit({ params, searchParams }: AuditProps) {
  const page = await organizationPage((await params).organization);
  if (!mayReadAudit(page.can)) notFound();
  const given = await searchParams;
  const address = readAuditQuery(given);
  const entries = await readAudit(page, address, textParam(given, "cursor"));
  const path = page.to.settings("audit");
  return (
    <>
      <SectionHeader
        title="Audit log"
        facts="Who changed what, with what was there before. Members signing in and their own tokens are in it too."
        actions={<a href={page.to.settings("audit", "csv") + queryString(address)}>Download as CSV (at most 50,000 entries)</a>}
      />
      <AuditFilters key={queryString(address)} path={path} address={address} />
      {entries.items.length > 0 ? (
        <AuditList entries={entries.items} path={path} />
      ) : (
        <EmptyState
          title={entries.next?.hasResults ? "None of the entries looked at so far is one of these." : "No entry is one of these."}
        >
          {entries.next?.hasResults ? (
            <p>A page looks at 20,000 entries; go on below.</p>
          ) : (
            <p>
              <PageLink href={path}>Show all entries</PageLink>
            </p>
          )}
        </EmptyState>
      )}
      <Pager page={entries} hrefOf={(cursor) => path + queryString({ ...address, cursor })} />
    </>
  );
}

/** A page of the audit log. */
const readAudit = ({ call, organization }: Pick<OrganizationPage, "call" | "organization">, address: AuditQuery, cursor: string | null) =>
  pageAt(cursor, (at) => call.audit.list({ organization, ...auditFilter(address), per_page: "50", ...at }));
