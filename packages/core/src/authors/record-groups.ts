import { type MutationContext, recordAudit } from "../audit/record-audit.ts";
import type { AuthorChange } from "./author-groups.ts";
import { storeAuthorChanges } from "./save-groups.ts";

type AuditedChanges = {
  readonly organizationId: number;
  readonly action: string;
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
