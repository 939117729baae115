import type { Tx } from "@landfall/db/store";
import type { Actor } from "../access/actor.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Context } from "../context.ts";
import type { AuthorChange } from "./author-groups.ts";
import { saveGroups } from "./save-groups.ts";

type On = { readonly tx: Tx; readonly actor: Actor; readonly now: Date; readonly context: Context };
type Recorded = {
  readonly organizationId: number;
  readonly action: string;
  readonly target: string;
  readonly changes: readonly AuthorChange[];
};

/**
 * Stores changes about authors, with an audit row of whose each address was before and is after, and of the names: enough to undo them.
 * Nothing is written where nothing changes.
 */
export async function recordGroups(on: On, { organizationId, action, target, changes }: Recorded): Promise<void> {
  if (changes.length === 0) return;
  await saveGroups(on.tx, organizationId, changes);
  const details = {
    before: changes.flatMap(({ email, before }) => (before ? [{ email, ...before }] : [])),
    after: changes.map(({ email, after }) => ({ email, ...after })),
  };
  await recordAudit(on, { organizationId, action, target, details });
}
