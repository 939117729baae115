import { chunked } from "@landfall/db/sql/insert-rows";
import type { Tx } from "@landfall/db/store";
import { sql } from "drizzle-orm";
import { authorsWithinReach, findAuthorsByEmail } from "../authors.ts";
import type { CommitWriter } from "./store-commits.ts";

/**
 * Returns the ids of authors by email and creates missing authors. `names` has the name last sent with each email, or null. A new name
 * replaces the stored one; null does not (contract 14.4, 19). The name of an author without commits within the writer's reach is not
 * changed.
 */
export async function ensureAuthors(
  tx: Tx,
  { organizationId, reach }: Pick<CommitWriter, "organizationId" | "reach">,
  names: ReadonlyMap<string, string | null>,
): Promise<Map<string, number>> {
  if (names.size === 0) return new Map();
  const known = await findAuthorsByEmail(tx, organizationId, names.keys());
  const ids = new Map(known.map(({ email, id }) => [email, id]));
  const stored = new Map(known.map(({ email, name }) => [email, name]));
  const renamable = await authorsWithinReach(tx, reach);
  const canRename = (email: string): boolean => renamable === null || renamable.has(ids.get(email) ?? 0);
  const changed = [...names]
    .filter(([email, name]) => !stored.has(email) || (name !== null && name !== stored.get(email) && canRename(email)))
    // Sorted, so that two transactions that write the same rows cannot deadlock.
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  const { commitAuthors } = tx.tables;
  for (const rows of chunked(changed.map(([email, name]) => ({ organizationId, email, name })))) {
    const written = await tx
      .insert(commitAuthors)
      .values(rows)
      .onConflictDoUpdate({
        target: [commitAuthors.organizationId, commitAuthors.email],
        set: { name: sql`coalesce(excluded.name, ${commitAuthors.name})` },
      })
      .returning({ id: commitAuthors.id, email: commitAuthors.email });
    for (const { id, email } of written) ids.set(email, id);
  }
  return ids;
}
