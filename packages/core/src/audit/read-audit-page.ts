import type { AuditRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import type { ListAuditInput } from "@landfall/schema/inputs/audit";
import type { Page } from "@landfall/schema/views/page";
import { and, type Column, eq, gte, isNull, lt, or, type SQL } from "drizzle-orm";
import type { KeysetWindow, SortKey } from "../pagination/keyset-page.ts";
import { isAboutMember } from "./concerns-member.ts";
import { hasNoun } from "./of-noun.ts";
import { beyondKey, scannedPage } from "./scanned-page.ts";

export type AuditFilter = Pick<ListAuditInput, "action" | "target" | "from" | "to"> & {
  /** A label. */ readonly actor: string | undefined;
};

/**
 * The rows of a page: the organization's, and those of no organization that are about its members. It looks at no more than `scanned`
 * rows of both. At most two queries.
 */
export async function readAuditPage(
  db: Reader,
  organizationId: number,
  window: KeysetWindow,
  filter: AuditFilter,
  scanned: number,
): Promise<Page<AuditRow>> {
  const { auditLog } = db.tables;
  const { actor, action, target } = filter;
  const { where, orderBy } = beyondKey(window, auditLog.dateCreated, auditLog.id);
  // With both, SQLite would walk the dates of all targets.
  const narrowed = target === undefined ? between(auditLog.dateCreated, filter) : eq(auditLog.target, target);
  const rowsOf = (owner: SQL) =>
    db
      .select()
      .from(auditLog)
      .where(and(owner, narrowed, where));
  const both = () =>
    rowsOf(eq(auditLog.organizationId, organizationId))
      .unionAll(rowsOf(isNull(auditLog.organizationId)))
      .orderBy(...orderBy);
  const looked = both().limit(scanned).as("looked");
  const rows = await db
    .select()
    .from(looked)
    .where(
      and(
        actor === undefined ? undefined : eq(looked.actor, actor),
        action === undefined ? undefined : or(eq(looked.action, action), hasNoun(looked.action, action)),
        between(looked.dateCreated, filter),
        or(eq(looked.organizationId, organizationId), isAboutMember(db, organizationId, looked)),
      ),
    )
    .orderBy(...beyondKey(window, looked.dateCreated, looked.id).orderBy)
    .limit(window.limit);
  return scannedPage(window, rows, auditSortKey, async () => {
    const [edge] = await both()
      .limit(1)
      .offset(scanned - 1);
    return edge ? auditSortKey(edge) : null;
  });
}

const between = (date: Column, { from, to }: AuditFilter): SQL | undefined => and(from && gte(date, from), to && lt(date, to));

export const auditSortKey = ({ dateCreated, id }: Pick<AuditRow, "dateCreated" | "id">): SortKey => ({ value: dateCreated.getTime(), id });
