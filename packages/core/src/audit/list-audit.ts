import type { AuditRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { ListAuditInput } from "@landfall/schema/inputs/audit";
import { instant } from "@landfall/schema/instant";
import type { ActorView, AuditView } from "@landfall/schema/views/audit";
import type { Page } from "@landfall/schema/views/page";
import { and, eq } from "drizzle-orm";
import { atOrganization } from "../access/at-organization.ts";
import { query } from "../operation.ts";
import { ORGANIZATION_WRITE } from "../organizations/organization-scopes.ts";
import { keysetPage, keysetWindow } from "../pagination/keyset-page.ts";
import { describeActors } from "./describe-actors.ts";
import { auditSortKey, readAuditPage } from "./read-audit-page.ts";
import { SCAN_LIMIT } from "./scanned-page.ts";

/**
 * The audit log of an organization, the newest first, with what its members did about themselves: signing in and out, their tokens and
 * passwords. A page looks at no more than 20,000 rows: it may be short, or empty, and still have a next one. What was changed is told as
 * the change recorded it: its `before` and `after`, else all of it as `after`.
 */
export const listAudit = query({
  scope: ORGANIZATION_WRITE,
  at: atOrganization,
  input: ListAuditInput,
  run: async ({ db, at: { access } }, { actor: named, ...input }): Promise<Page<AuditView>> => {
    const organizationId = access.organization.id;
    const window = keysetWindow(input, "descending");
    const actor = named === undefined || named === "" ? undefined : await labelOf(db, organizationId, named);
    const filter = { ...input, action: input.action || undefined, target: input.target || undefined };
    const page =
      actor === null
        ? keysetPage<AuditRow>(window, [], auditSortKey)
        : await readAuditPage(db, organizationId, window, { ...filter, actor }, SCAN_LIMIT);
    const actors = await describeActors(
      db,
      organizationId,
      page.items.map((row) => row.actor),
    );
    return { ...page, items: page.items.flatMap((row) => describeAuditEvent(row, actors.get(row.actor))) };
  },
});

/** The label of who is named by a label, or by a member's address; null for an address that is no member's. */
async function labelOf(db: Reader, organizationId: number, named: string): Promise<string | null> {
  if (!named.includes("@")) return named;
  const { members, userEmails } = db.tables;
  const [found] = await db
    .select({ userId: members.userId })
    .from(userEmails)
    .innerJoin(members, and(eq(members.userId, userEmails.userId), eq(members.organizationId, organizationId)))
    .where(eq(userEmails.email, named.trim().toLowerCase()));
  return found ? `user:${found.userId}` : null;
}

function describeAuditEvent({ id, dateCreated, action, target, details, requestId }: AuditRow, actor: ActorView | undefined): AuditView[] {
  if (!actor) return [];
  const told = details !== null && "before" in details && "after" in details ? details : { before: null, after: details };
  return [{ id: String(id), date: instant(dateCreated), actor, action, target, before: told.before, after: told.after, requestId }];
}
