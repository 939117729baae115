import { chunked } from "@landfall/db/sql/insert-rows";
import type { Reader, Tx } from "@landfall/db/store";
import type { CommitAuthorRow } from "@landfall/db/tables/schema";
import { type AuthorChange, AuthorGroups, mainAuthorId } from "@landfall/domain/contributors/author-groups";
import { sql } from "drizzle-orm";
import type { AuditAction } from "@landfall/schema/organizations/audit";
import { AppError } from "../../kernel/app-error.ts";
import { type MutationContext, recordAudit } from "../../records/audit.ts";
import { ensureAuthors, findAuthorsByEmail, findMergedAuthors } from "../../records/authors.ts";
import { findMembersByEmail } from "../../records/users.ts";

/**
 * Returns the groups of these addresses (in lower case), and locks the groups of the organization until the transaction ends.
 *
 * @throws `conflict` if another request is changing groups of the organization.
 */
export async function lockAuthorGroups(tx: Tx, organizationId: number, emails: readonly string[]): Promise<AuthorGroups> {
  if (!(await tx.tryLock(`people:${organizationId}`)))
    throw new AppError("conflict", "Another request is merging contributors of this organization. Try again.");
  const rows = await findGroupsByEmail(tx, organizationId, emails);
  const all = new Set([...emails, ...rows.map(({ email }) => email)]);
  const members = await findMembersByEmail(tx, organizationId, [...all]);
  return new AuthorGroups(rows, new Map([...members].map(([email, { user }]) => [email, user.id])));
}

/** Returns authors by address (in lower case), and all authors that they are merged with, sorted by id. At most two queries. */
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
 * Stores changes of authors and records them in the audit log, with the main address and the name of each before and after, so that they
 * can be undone. Without changes, nothing is written.
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

/** Stores changes of authors. A few statements for hundreds of changes. */
async function storeAuthorChanges(tx: Tx, organizationId: number, changes: readonly AuthorChange[]): Promise<void> {
  const mains = changes.flatMap(({ after }) => after.into ?? []);
  const added = changes.flatMap(({ email, before }) => (before === null ? [email] : []));
  const ids = await ensureAuthors(
    tx,
    { organizationId, reach: { all: true } },
    new Map([...mains, ...added].map((email) => [email, null])),
  );
  const rows = changes.map(({ email, before, after }) => ({
    organizationId,
    email,
    // A commit may have replaced an unchanged name since it was read.
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
