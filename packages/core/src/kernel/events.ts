import type { Tx } from "@landfall/db/store";
import type { Context } from "./context.ts";

/**
 * Tells of a change once this transaction is committed, and never if it is not: also when it then answers with a `KeptFailure`.
 * `action` is noun.verb, as in the audit log. What concerns no organization is not told. Costs nothing where nobody listens.
 */
export function publishEvent(tx: Tx, { onChange }: Pick<Context, "onChange">, organizationId: number | null, action: string): void {
  if (!onChange || organizationId === null) return;
  const change = { organizationId, kind: kindOf(action) };
  tx.afterCommit(() => onChange(change));
}

/** The noun of an action; of a release's commits, "commits". */
function kindOf(action: string): string {
  return COMMIT_ACTIONS.has(action) ? "commits" : action.slice(0, action.indexOf("."));
}

const COMMIT_ACTIONS: ReadonlySet<string> = new Set(["release.set_commits", "release.set_refs", "release.clear_commits"]);
