import { notFound } from "next/navigation";
import { auditCsv } from "#features/audit-log/audit-csv.ts";
import { auditFilter, readAuditQuery } from "#features/audit-log/audit-query.ts";
import { mayReadAudit } from "#features/settings/settings-access.ts";
import { organizationPage } from "#server/pages/page-context.ts";

type Segment = { readonly params: Promise<{ readonly organization: string }> };

/** The audit log as a CSV file, filtered as the page is. It is written as fast as it is read, a page of the log at a time. */
export async function GET(request: Request, { params }: Segment): Promise<Response> {
  const { call, organization, can } = await organizationPage((await params).organization);
  if (!mayReadAudit(can)) notFound();
  const filter = auditFilter(readAuditQuery(Object.fromEntries(new URL(request.url).searchParams)));
  const parts = auditCsv((cursor) =>
    call.audit.list({ organization, ...filter, per_page: "100", ...(cursor === undefined ? {} : { cursor }) }),
  );
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await parts.return(undefined)),
  });
  const name = `audit-${organization}-${new Date().toISOString().slice(0, 10)}.csv`;
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "no-store",
    },
  });
}
