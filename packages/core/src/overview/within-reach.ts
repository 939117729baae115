import { anyOf } from "@landfall/db/any-of";
import type { Reader } from "@landfall/db/store";
import { and, type Column, eq, exists, gte, type SQL, sql } from "drizzle-orm";
import type { ProjectReach } from "../access/project-reach.ts";
import { notByIndex } from "../board/not-by-index.ts";

/** What the statements of the overview are given: the placeholder `projectIds` is left out where every project is within reach. */
export const reachValues = (reach: ProjectReach): { readonly projectIds: string } | Record<never, never> =>
  reach.all ? {} : { projectIds: JSON.stringify([...reach.ids]) };

/** Whether a column holds the id of a project within reach; nothing to ask where all are. Placeholder: `projectIds`. */
export const isReached = (projectId: Column, all: boolean): SQL | undefined => (all ? undefined : anyOf(projectId, "projectIds"));

/** As `isReached`, where the rows of one release are at hand: asking the index for every project would take longer. */
const isOneReached = (projectId: Column, all: boolean): SQL | undefined => (all ? undefined : sql`+${anyOf(projectId, "projectIds")}`);

/** Whether a release has a project, one within reach. Placeholder: `projectIds`, unless `all` are. */
export function hasReachedProject(db: Reader, releaseId: Column, all: boolean): SQL {
  const { releaseProjects } = db.tables;
  return exists(
    db
      .select({ one: sql`1` })
      .from(releaseProjects)
      .where(and(eq(releaseProjects.releaseId, releaseId), isOneReached(releaseProjects.projectId, all))),
  );
}

type DeployColumns = Readonly<Record<"id" | "releaseId" | "environmentId", Column>>;

/**
 * Whether a deploy was for a project within reach: one of which that release's last deploy there is known and not older. Nothing to ask
 * where `all` are. Placeholder: `projectIds`.
 */
export function wasForReached(db: Reader, { id, releaseId, environmentId }: DeployColumns, all: boolean): SQL | undefined {
  if (all) return undefined;
  const { releaseEnvironments: seen } = db.tables;
  return exists(
    db
      .select({ one: sql`1` })
      .from(seen)
      .where(
        and(
          eq(seen.releaseId, releaseId),
          eq(notByIndex(seen.environmentId), environmentId),
          gte(seen.lastDeployId, id),
          isOneReached(seen.projectId, all),
        ),
      ),
  );
}
