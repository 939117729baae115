import type { Reader } from "@landfall/db/store";
import type { AuditRow } from "@landfall/db/tables/schema";
import { instant } from "@landfall/schema/instant";
import { type ActorView, type AuditView, ListAuditInput } from "@landfall/schema/organizations/audit";
import type { Page } from "@landfall/schema/page";
import { and, type Column, eq, exists, gte, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import { atOrganization } from "../../access/organization-access.ts";
import { ORGANIZATION_WRITE } from "../../access/scopes.ts";
import { beyondKey, keysetPage, type KeysetWindow, keysetWindow, SCAN_LIMIT, scannedPage, type SortKey } from "../../kernel/keyset-page.ts";
import { query } from "../../kernel/operation.ts";
import { describeActors, hasNoun } from "../../records/audit.ts";
import { findMemberIdByEmail } from "../../records/accounts/members.ts";

/**
 * Lists the audit events of an organization, the newest first, including those of its members' own accounts: sign-ins, personal tokens and
 * passwords. At most 20,000 rows are scanned for a page, which may be short or empty and still have a next one. `before` and `after` are those
 * of the recorded change; other details are returned as `after`.
 */
export const listAudit = query({
  scope: ORGANIZATION_WRITE,
  at: atOrganization,
  input: ListAuditInput,
  run: async ({ db, at: { access } }, { actor: actorFilter, ...input }): Promise<Page<AuditView>> => {
    const organizationId = access.organization.id;
    const window = keysetWindow(input, "descending");
    const actor = actorFilter ? await labelOf(db, organizationId, actorFilter) : undefined;
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

/** The label of an actor, given by its label or by a member's email address; null for an address without a member. */
async function labelOf(db: Reader, organizationId: number, actor: string): Promise<string | null> {
  if (!actor.includes("@")) return actor;
  const userId = await findMemberIdByEmail(db, organizationId, actor.trim().toLowerCase());
  return userId === undefined ? null : `user:${userId}`;
}

function describeAuditEvent({ id, dateCreated, action, target, details, requestId }: AuditRow, actor: ActorView | undefined): AuditView[] {
  if (!actor) return [];
  const change = details !== null && "before" in details && "after" in details ? details : { before: null, after: details };
  return [{ id: String(id), date: instant(dateCreated), actor, action, target, before: change.before, after: change.after, requestId }];
}

export type AuditFilter = Pick<ListAuditInput, "action" | "target" | "from" | "to"> & {
  /** A label. */ readonly actor: string | undefined;
};

/**
 * Reads the rows of a page: those of the organization, and those without an organization that are about its members. Scans at most `scanLimit`
 * rows of both. At most two queries.
 */
export async function readAuditPage(
  db: Reader,
  organizationId: number,
  window: KeysetWindow,
  filter: AuditFilter,
  scanLimit: number,
): Promise<Page<AuditRow>> {
  const { auditLog } = db.tables;
  const { actor, action, target } = filter;
  const { where, orderBy } = beyondKey(window, auditLog.dateCreated, auditLog.id);
  // With both conditions, SQLite would scan the dates of all targets.
  const condition = target === undefined ? between(auditLog.dateCreated, filter) : eq(auditLog.target, target);
  const rowsOf = (owner: SQL) =>
    db
      .select()
      .from(auditLog)
      .where(and(owner, condition, where));
  const both = () =>
    rowsOf(eq(auditLog.organizationId, organizationId))
      .unionAll(rowsOf(isNull(auditLog.organizationId)))
      .orderBy(...orderBy);
  const scanned = both().limit(scanLimit).as("scanned");
  const rows = await db
    .select()
    .from(scanned)
    .where(
      and(
        actor === undefined ? undefined : eq(scanned.actor, actor),
        action === undefined ? undefined : or(eq(scanned.action, action), hasNoun(scanned.action, action)),
        between(scanned.dateCreated, filter),
        or(eq(scanned.organizationId, organizationId), isAboutMember(db, organizationId, scanned)),
      ),
    )
    .orderBy(...beyondKey(window, scanned.dateCreated, scanned.id).orderBy)
    .limit(window.limit);
  return scannedPage(window, rows, auditSortKey, async () => {
    const [edge] = await both()
      .limit(1)
      .offset(scanLimit - 1);
    return edge ? auditSortKey(edge) : null;
  });
}

const between = (date: Column, { from, to }: AuditFilter): SQL | undefined => and(from && gte(date, from), to && lt(date, to));

const auditSortKey = ({ dateCreated, id }: Pick<AuditRow, "dateCreated" | "id">): SortKey => ({ value: dateCreated.getTime(), id });

type AuditColumns = { readonly actor: Column; readonly action: Column; readonly target: Column; readonly dateCreated: Column };

/** Objects of a user's own account, which do not depend on the organization. */
const OWN_NOUNS = ["session", "identity", "token"];

/**
 * The condition that a row without an organization is about a user who was already a member of this one at the time: their sessions, personal
 * tokens, account and password, which the server itself may have changed. Events from before a user joined are not visible here.
 */
function isAboutMember(db: Reader, organizationId: number, { actor, action, target, dateCreated }: AuditColumns): SQL | undefined {
  const { members, userEmails } = db.tables;
  const userOfTarget = db.select({ userId: userEmails.userId }).from(userEmails).where(eq(userEmails.email, target));
  const own = or(...OWN_NOUNS.map((noun) => hasNoun(action, noun)));
  const actingUser = sql`case when ${actor} like 'user:%' then cast(substr(${actor}, 6) as bigint) end`;
  const userId = sql`case when ${hasNoun(action, "user")} then (${userOfTarget}) when ${own} then ${actingUser} end`;
  return exists(
    db
      .select({ one: sql`1` })
      .from(members)
      .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId), lte(members.dateCreated, dateCreated))),
  );
}
