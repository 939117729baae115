import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { DAY } from "@landfall/domain/durations";
import { type AttentionKind, DismissAttentionInput, RestoreAttentionInput } from "@landfall/schema/releases/overview";
import { ORG_READ } from "@landfall/schema/scope";
import { and, eq, gt, type SQL, sql } from "drizzle-orm";
import type * as z from "zod";
import { type Access, openOrganization, OrganizationParams } from "../../access/organization-access.ts";
import { forbidden, invalidField } from "../../kernel/app-error.ts";
import { readId } from "../../kernel/input.ts";
import { type Locator, mutation } from "../../kernel/operation.ts";
import { onlyProject, requestedProjects } from "../../records/projects.ts";

/** Days after which a dismissed item is shown again, even if it is the same. Tokens expire within 14 days. */
const HELD_DAYS: Readonly<Record<AttentionKind, number>> = { commits: 30, deploys: 30, tokens: 7 };

/** The project id of items that belong to no project. */
const NO_PROJECT = 0;

/** The ids that a user dismissed, by kind and project. */
export type Dismissals = ReadonlyMap<string, ReadonlySet<number>>;

type Item = { readonly kind: AttentionKind; readonly projectId?: number };

const keyOf = ({ kind, projectId = NO_PROJECT }: Item): string => `${kind}:${projectId}`;

/** Whether an item is dismissed: the dismissal includes all its ids, so it has nothing that the user has not seen. */
export function isDismissed(dismissals: Dismissals, item: Item & { readonly ids: readonly number[] }): boolean {
  const seen = dismissals.get(keyOf(item));
  return seen !== undefined && item.ids.length > 0 && item.ids.every((id) => seen.has(id));
}

/** Returns what a user dismissed in an organization and is not shown again because of its age. One query. */
export async function findDismissals(db: Reader, { organization, userId }: Access, now: Date): Promise<Dismissals> {
  const rows = await selectDismissals(db, { organizationId: organization.id, userId: userId ?? 0, since: daysAgo(now, 30) });
  return new Map(
    rows.flatMap(({ kind, projectId, seenIds, dateCreated }) =>
      isKind(kind) && dateCreated > daysAgo(now, HELD_DAYS[kind]) ? [[keyOf({ kind, projectId }), new Set(seenIds)] as const] : [],
    ),
  );
}

const isKind = (kind: string): kind is AttentionKind => Object.hasOwn(HELD_DAYS, kind);

const daysAgo = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY);

const selectDismissals = prepared((db: Reader, param: { organizationId: number; userId: number; since: Date }) => {
  const { attentionDismissals: dismissals } = db.tables;
  return db
    .select({
      kind: dismissals.kind,
      projectId: dismissals.projectId,
      seenIds: dismissals.seenIds,
      dateCreated: dismissals.dateCreated,
    })
    .from(dismissals)
    .where(
      and(
        eq(dismissals.userId, param.userId),
        eq(dismissals.organizationId, param.organizationId),
        gt(dismissals.dateCreated, sql.param(param.since, dismissals.dateCreated)),
      ),
    )
    .prepare();
});

/** A user in an organization. */
type AtOwnAttention = { readonly access: Access; readonly userId: number };

/** The caller as a user in the organization. 403 for organization tokens, which act for no user. */
const atOwnAttention: Locator<z.output<typeof OrganizationParams>, AtOwnAttention> = {
  params: OrganizationParams,
  locate: async ({ db, actor, scope }, { organization }) => {
    const access = await openOrganization(db, actor, organization, scope);
    if (access.userId === null) throw forbidden("Organization tokens cannot dismiss anything. Sign in, or use a personal token.");
    return { access, userId: access.userId };
  },
};

/**
 * Dismisses an item of the overview for the caller. It is shown again when it gets another release or token, and after a while: 30 days, for
 * tokens 7. Other members still see it, so no audit event is recorded.
 *
 * @throws 403 for a project that is unknown or out of reach, and for organization tokens
 */
export const dismissAttention = mutation({
  scope: ORG_READ,
  at: atOwnAttention,
  input: DismissAttentionInput,
  run: async ({ tx, at, now }, { kind, project, ids }): Promise<void> => {
    const { attentionDismissals } = tx.tables;
    const projectId = await findItemProject(tx, at.access, kind, project);
    const changed = { seenIds: [...new Set(ids.map(readId))], dateCreated: now };
    await tx
      .insert(attentionDismissals)
      .values({ organizationId: at.access.organization.id, userId: at.userId, kind, projectId, ...changed })
      .onConflictDoUpdate({
        target: [attentionDismissals.userId, attentionDismissals.organizationId, attentionDismissals.kind, attentionDismissals.projectId],
        set: changed,
      });
  },
});

/**
 * Shows a dismissed item of the overview again. Does nothing if it is not dismissed.
 *
 * @throws 403 for a project that is unknown or out of reach, and for organization tokens
 */
export const restoreAttention = mutation({
  scope: ORG_READ,
  at: atOwnAttention,
  input: RestoreAttentionInput,
  run: async ({ tx, at }, { kind, project }): Promise<void> => {
    const projectId = await findItemProject(tx, at.access, kind, project);
    await tx.delete(tx.tables.attentionDismissals).where(isItem(tx, at, kind, projectId));
  },
});

function isItem({ tables }: Reader, { access, userId }: AtOwnAttention, kind: AttentionKind, projectId: number): SQL | undefined {
  const { attentionDismissals: dismissals } = tables;
  return and(
    eq(dismissals.userId, userId),
    eq(dismissals.organizationId, access.organization.id),
    eq(dismissals.kind, kind),
    eq(dismissals.projectId, projectId),
  );
}

async function findItemProject(db: Reader, access: Access, kind: AttentionKind, project: string | null | undefined): Promise<number> {
  if (kind === "tokens") {
    if (project) throw invalidField("project", "Tokens belong to no project.");
    return NO_PROJECT;
  }
  const id = project ? onlyProject(await requestedProjects(db, access, [project])) : null;
  if (id === null) throw invalidField("project", "Give one project.");
  return id;
}
