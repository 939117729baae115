import { chunked } from "@landfall/db/sql/insert-rows";
import type { Tx } from "@landfall/db/store";
import { sql } from "drizzle-orm";
import { authorsWithinReach, findAuthorsByEmail } from "../authors.ts";
import type { CommitWriter } from "./store-commits.ts";

/**
 * The ids of authors by address. `names` maps each address to the name last sent with it, or null: a known name is replaced by a
 * new one and never forgotten (contract 14.4, 19). Of authors who wrote nothing within the writer's reach it stays.
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
  const mayRename = (email: string): boolean => renamable === null || renamable.has(ids.get(email) ?? 0);
  const changed = [...names]
    .filter(([email, name]) => !stored.has(email) || (name !== null && name !== stored.get(email) && mayRename(email)))
    // Writers of the same rows take them in one order: none waits for another that waits for it.
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
