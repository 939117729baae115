import type { RepositoryRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import { and, eq } from "drizzle-orm";

/** Gives a repository another status; answers it as it is then. A unique violation passes: names of active ones are unique. */
export async function setRepositoryStatus(tx: Tx, { id, organizationId }: RepositoryRow, status: string): Promise<RepositoryRow> {
  const { repositories } = tx.tables;
  const [changed] = await tx
    .update(repositories)
    .set({ status })
    .where(and(eq(repositories.id, id), eq(repositories.organizationId, organizationId)))
    .returning();
  if (!changed) throw new Error("a repository was not changed");
  return changed;
}
