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

const auditSortKey = ({ dateCreated, id }: Pick<AuditRow, "dateCreated" | "id">): SortKey => ({ value: dateCreated.getTime(), id });

type AuditColumns = { readonly actor: Column; readonly action: Column; readonly target: Column; readonly dateCreated: Column };

/** What people do about themselves, whatever organization they are in. */
const OWN_NOUNS = ["session", "identity", "token"];

/**
 * Whether a row that belongs to no organization is about somebody who was a member of this one when it happened: signing in and out,
 * their personal tokens, and their account and password, which the server itself may have changed. What somebody did before they
 * joined is told to nobody here.
 */
function isAboutMember(db: Reader, organizationId: number, { actor, action, target, dateCreated }: AuditColumns): SQL | undefined {
  const { members, userEmails } = db.tables;
  const addressed = db.select({ userId: userEmails.userId }).from(userEmails).where(eq(userEmails.email, target));
  const own = or(...OWN_NOUNS.map((noun) => hasNoun(action, noun)));
  const acting = sql`case when ${actor} like 'user:%' then cast(substr(${actor}, 6) as bigint) end`;
  const who = sql`case when ${hasNoun(action, "user")} then (${addressed}) when ${own} then ${acting} end`;
  return exists(
    db
      .select({ one: sql`1` })
      .from(members)
      .where(and(eq(members.organizationId, organizationId), eq(members.userId, who), lte(members.dateCreated, dateCreated))),
  );
}
