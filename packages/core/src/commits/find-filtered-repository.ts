import type { RepositoryRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import type { RepositoryFilter } from "@landfall/schema/inputs/commits-of-release";
import { and, desc, eq } from "drizzle-orm";

/**
 * The newest active repository a filter names, by external id and by name, both if both are given (contract 6.2): undefined when
 * nothing is asked, null when there is none.
 */
export async function findFilteredRepository(
  db: Reader,
  organizationId: number,
  { repo_id: externalId, repo_name: name }: RepositoryFilter,
): Promise<RepositoryRow | undefined | null> {
  if (!externalId && !name) return undefined;
  const { repositories } = db.tables;
  const [row] = await db
    .select()
    .from(repositories)
    .where(
      and(
        eq(repositories.organizationId, organizationId),
        eq(repositories.status, "active"),
        externalId ? eq(repositories.externalId, externalId) : undefined,
        name ? eq(repositories.name, name) : undefined,
      ),
    )
    .orderBy(desc(repositories.id))
    .limit(1);
  return row ?? null;
}
