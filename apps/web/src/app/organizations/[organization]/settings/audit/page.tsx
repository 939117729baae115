import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { organizationPage } from "../../../../../page-data/organization-page.ts";
import { type SearchParams, textParam } from "../../../../../page-data/params.ts";
import { queryString } from "../../../../../ui/addresses.ts";
import { EmptyState } from "../../../../../ui/nothing-here.tsx";
import { PageLink } from "../../../../../ui/page-link.tsx";
import { SectionHeader } from "../../../../../ui/section-head.tsx";
import { Pager } from "../../../../../ui/table/pager.tsx";
import { mayReadAudit } from "../settings-ways.ts";
import { readAuditQuery } from "./audit-address.ts";
import { AuditFilters } from "./audit-filters.tsx";
import { AuditList } from "./audit-list.tsx";
import { readAudit } from "./read-audit.ts";

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
