import type { RepositoryRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import type { RepositoryFilter } from "@landfall/schema/inputs/commits-of-release";
import { and, desc, eq } from "drizzle-orm";
import type { Access } from "../access/organization-access.ts";
import { reachableProjects } from "../access/project-reach.ts";
import { repositoryWithinReach } from "../access/within-reach.ts";

/**
 * The newest active repository a filter names, by external id and by name, both if both are given (contract 6.2): undefined when
 * nothing is asked, null when there is none within the caller's reach.
 */
export async function findFilteredRepository(
  db: Reader,
  access: Access,
  { repo_id: externalId, repo_name: name }: RepositoryFilter,
): Promise<RepositoryRow | undefined | null> {
  if (!externalId && !name) return undefined;
  const { repositories } = db.tables;
  const [row] = await db
    .select()
    .from(repositories)
    .where(
      and(
        eq(repositories.organizationId, access.organization.id),
        eq(repositories.status, "active"),
        externalId ? eq(repositories.externalId, externalId) : undefined,
        name ? eq(repositories.name, name) : undefined,
        repositoryWithinReach(db, await reachableProjects(db, access)),
      ),
    )
    .orderBy(desc(repositories.id))
    .limit(1);
  return row ?? null;
}
