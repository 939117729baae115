import { anyOf } from "@landfall/db/sql/conditions";
import { chunked, type NewRow } from "@landfall/db/sql/insert-rows";
import { pick, prepared } from "@landfall/db/sql/prepared";
import type { Reader, Tx } from "@landfall/db/store";
import { type ActorView, type AuditAction, auditNoun } from "@landfall/schema/organizations/audit";
import { and, type Column, eq, gte, lt, type SQL } from "drizzle-orm";
import { type Actor, actorLabel } from "../kernel/actor.ts";
import type { Context } from "../kernel/context.ts";

/** The context of a mutation: its transaction, the caller, and the time of the request. */
export type MutationContext = { readonly tx: Tx; readonly actor: Actor; readonly now: Date; readonly context: Context };

type AuditEntry = {
  /** Null for a change of the whole server. */
  readonly organizationId: number | null;
  readonly action: AuditAction;
  /** The version, slug or name of the changed object. */
  readonly target: string;
  /** The change, without secrets. */
  readonly details?: Record<string, unknown>;
};

/** Records the audit event of a change in the transaction of the change, and publishes the change after the commit. */
export async function recordAudit(
  { tx, actor, now, context }: MutationContext,
  { organizationId, action, target, details }: AuditEntry,
): Promise<void> {
  await insertAudit(tx, {
    organizationId,
    actor: actorLabel(actor),
    action,
    target,
    details: details ?? null,
    requestId: context.requestId,
    dateCreated: now,
  });
  publishEvent(tx, context, organizationId, action);
}

const AUDIT_COLUMNS = ["organizationId", "actor", "action", "target", "details", "requestId", "dateCreated"] as const;

const insertAudit = prepared((tx: Tx, param: NewRow<"auditLog", typeof AUDIT_COLUMNS>) =>
  tx.insert(tx.tables.auditLog).values(pick(param, AUDIT_COLUMNS)).prepare(),
);

/** Records the audit events of several changes with the same action, and publishes them as one change after the commit. */
export async function recordAudits(
  { tx, actor, now, context }: MutationContext,
  organizationId: number,
  action: AuditAction,
  entries: readonly Pick<AuditEntry, "target" | "details">[],
): Promise<void> {
  const same = { organizationId, actor: actorLabel(actor), action, requestId: context.requestId, dateCreated: now };
  const rows = entries.map(({ target, details }) => ({ ...same, target, details: details ?? null }));
  for (const part of chunked(rows)) await tx.insert(tx.tables.auditLog).values(part);
  if (rows.length > 0) publishEvent(tx, context, organizationId, action);
}

/**
 * Publishes the event of a change when this transaction is committed, and never if it is rolled back. A transaction that ends with a
 * `CommittedFailure` is committed. A change of the whole server (`organizationId` null) has no event.
 */
export function publishEvent(
  tx: Tx,
  { onChange }: Pick<Context, "onChange">,
  organizationId: number | null,
  action: AuditAction | "commits.report",
): void {
  if (!onChange || organizationId === null) return;
  const event = { organizationId, kind: COMMIT_ACTIONS.has(action) ? "commits" : auditNoun(action) };
  tx.afterCommit(() => onChange(event));
}

/** Changes of a release whose events are of the kind "commits". */
const COMMIT_ACTIONS: ReadonlySet<string> = new Set<AuditAction>(["release.set_commits", "release.set_refs", "release.clear_commits"]);

/** Returns the fields of `wanted` that are defined and differ from the row. */
export function changedFields<Row extends object, Key extends keyof Row>(
  row: Row,
  wanted: { readonly [K in Key]: Row[K] | undefined },
): Partial<Pick<Row, Key>> {
  const changes: Partial<Pick<Row, Key>> = {};
  for (const key in wanted) {
    if (wanted[key] !== undefined && wanted[key] !== row[key]) changes[key] = wanted[key];
  }
  return changes;
}

/** The details of a change for the audit log: the changed fields before and after. */
export function beforeAndAfter<Row extends object>(
  row: Row,
  changes: Partial<Row>,
): { readonly before: Partial<Row>; readonly after: Partial<Row> } {
  const before: Partial<Row> = {};
  for (const key in changes) before[key] = row[key];
  return { before, after: changes };
}

const LABEL_PATTERN = /^(user|token|hook):(\d{1,15})$/;

type NamedActor = { readonly id: number; readonly name: string; readonly email?: string };

/**
 * Describes the actors with these labels, by label. The name of an actor that was deleted, or does not belong to the organization, is the
 * label. At most three queries.
 */
export async function describeActors(db: Reader, organizationId: number, labels: Iterable<string>): Promise<Map<string, ActorView>> {
  const actors = [...new Set(labels)].map(readLabel);
  const idsOf = (kind: ActorView["kind"]) => actors.flatMap((actor) => (actor.kind === kind ? actor.id : []));
  const found = {
    user: await findByIds(selectMembers, db, organizationId, idsOf("user")),
    token: await findByIds(selectTokens, db, organizationId, idsOf("token")),
    hook: await findByIds(selectProjects, db, organizationId, idsOf("hook")),
    system: new Map<number, NamedActor>(),
  };
  return new Map(
    actors.map(({ label, kind, id }) => {
      const { name = label, email = null } = found[kind].get(id) ?? {};
      return [label, { label, kind, name, email }];
    }),
  );
}

function readLabel(label: string): { readonly label: string; readonly kind: ActorView["kind"]; readonly id: number } {
  const [, kind, id = ""] = LABEL_PATTERN.exec(label) ?? [];
  if (kind === "user" || kind === "token" || kind === "hook") return { label, kind, id: Number(id) };
  return { label, kind: "system", id: 0 };
}

type Select = (db: Reader, values: { readonly ids: readonly number[]; readonly organizationId: number }) => Promise<readonly NamedActor[]>;

async function findByIds(select: Select, db: Reader, organizationId: number, ids: readonly number[]): Promise<Map<number, NamedActor>> {
  if (ids.length === 0) return new Map();
  return new Map((await select(db, { ids, organizationId })).map((row) => [row.id, row]));
}

const selectMembers = prepared((db: Reader, param: { ids: readonly number[]; organizationId: number }) => {
  const { users, members } = db.tables;
  return db
    .select({ id: users.id, name: users.name, email: users.email })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.organizationId, param.organizationId), anyOf(members.userId, param.ids)))
    .prepare();
});

const selectTokens = prepared((db: Reader, param: { ids: readonly number[]; organizationId: number }) => {
  const { tokens } = db.tables;
  const isOfOrganization = eq(tokens.organizationId, param.organizationId);
  return db
    .select({ id: tokens.id, name: tokens.name })
    .from(tokens)
    .where(and(anyOf(tokens.id, param.ids), isOfOrganization))
    .prepare();
});

const selectProjects = prepared((db: Reader, param: { ids: readonly number[]; organizationId: number }) => {
  const { projects } = db.tables;
  const isOfOrganization = eq(projects.organizationId, param.organizationId);
  return db
    .select({ id: projects.id, name: projects.name })
    .from(projects)
    .where(and(anyOf(projects.id, param.ids), isOfOrganization))
    .prepare();
});

/** A condition on a column of audit actions: the action is about this noun, as "release.update" is about "release". */
export const hasNoun = (action: Column, noun: string): SQL | undefined => and(gte(action, `${noun}.`), lt(action, `${noun}/`));
