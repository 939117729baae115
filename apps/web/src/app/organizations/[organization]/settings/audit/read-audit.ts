import type { OrganizationPage } from "../../../../../page-data/organization-page.ts";
import { pageAt } from "../../../../../page-data/page-at.ts";
import { type AuditQuery, auditFilter } from "./audit-address.ts";

/** A page of the audit log. */
export const readAudit = (
  { call, organization }: Pick<OrganizationPage, "call" | "organization">,
  address: AuditQuery,
  cursor: string | null,
) => pageAt(cursor, (at) => call.audit.list({ organization, ...auditFilter(address), per_page: "50", ...at }));
