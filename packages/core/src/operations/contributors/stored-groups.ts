import { chunked } from "@landfall/db/sql/insert-rows";
import type { Reader, Tx } from "@landfall/db/store";
import type { CommitAuthorRow } from "@landfall/db/tables/schema";
import { type AuthorChange, AuthorGroups, mainAuthorId } from "@landfall/domain/contributors/author-groups";
import { sql } from "drizzle-orm";
import type { AuditAction } from "@landfall/schema/organizations/audit";
import { AppError } from "../../kernel/app-error.ts";
import { type MutationContext, recordAudit } from "../../records/audit.ts";
import { findAuthorsByEmail, findMergedAuthors } from "../../records/authors.ts";
import { ensureAuthors } from "../../records/commit-writing/ensure-authors.ts";
import { findMembersByEmail } from "../../records/users.ts";

/**
 * The groups these addresses (in lower case) are in, as they are until this transaction ends. Throws `conflict` while another request
 * changes who is whom in the organization.
 */
export async function lockAuthorGroups(tx: Tx, organizationId: number, emails: readonly string[]): Promise<AuthorGroups> {
  if (!(await tx.tryLock(`people:${organizationId}`)))
    throw new AppError("conflict", "People of the organization are being merged. Try again.");
  const rows = await findGroupsByEmail(tx, organizationId, emails);
  const asked = new Set([...emails, ...rows.map(({ email }) => email)]);
  const members = await findMembersByEmail(tx, organizationId, [...asked]);
  return new AuthorGroups(rows, new Map([...members].map(([email, { user }]) => [email, user.id])));
}

/** Authors by address (in lower case), with all that they are merged with, by id. Two queries at most. */
export async function findGroupsByEmail(db: Reader, organizationId: number, emails: Iterable<string>): Promise<CommitAuthorRow[]> {
  return findMergedAuthors(db, (await findAuthorsByEmail(db, organizationId, emails)).map(mainAuthorId));
}

type AuditedChanges = {
  readonly organizationId: number;
  readonly action: AuditAction;
  readonly target: string;
  readonly changes: readonly AuthorChange[];
};

/**
 * Stores changes about authors, with an audit row of whose each address was before and is after, and of the names: enough to undo them.
 * Nothing is written where nothing changes.
 */
export async function saveAuthorChanges(on: MutationContext, { organizationId, action, target, changes }: AuditedChanges): Promise<void> {
  if (changes.length === 0) return;
  await storeAuthorChanges(on.tx, organizationId, changes);
  const details = {
    before: changes.flatMap(({ email, before }) => (before ? [{ email, ...before }] : [])),
    after: changes.map(({ email, after }) => ({ email, ...after })),
  };
  await recordAudit(on, { organizationId, action, target, details });
}

/** Stores what was changed about authors. A few statements for hundreds of changes. */
async function storeAuthorChanges(tx: Tx, organizationId: number, changes: readonly AuthorChange[]): Promise<void> {
  const mains = changes.flatMap(({ after }) => after.into ?? []);
  const made = changes.flatMap(({ email, before }) => (before === null ? [email] : []));
  const ids = await ensureAuthors(tx, { organizationId, reach: { all: true } }, new Map([...mains, ...made].map((email) => [email, null])));
  const rows = changes.map(({ email, before, after }) => ({
    organizationId,
    email,
    // A name that stays may have been replaced since it was read.
    name: before?.name === after.name ? null : after.name,
    mergedInto: after.into === null ? null : (ids.get(after.into) ?? null),
  }));
  const { commitAuthors } = tx.tables;
  for (const part of chunked(rows)) {
    await tx
      .insert(commitAuthors)
      .values(part)
      .onConflictDoUpdate({
        target: [commitAuthors.organizationId, commitAuthors.email],
        set: { name: sql`coalesce(excluded.name, ${commitAuthors.name})`, mergedInto: sql`excluded.merged_into` },
      });
  }
}
