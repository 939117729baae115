import type { Reader } from "@landfall/db/store";
import { and, eq, exists, inArray, type SQL, sql } from "drizzle-orm";
import type { ProjectReach } from "../access/project-reach.ts";
import { notByIndex } from "../board/not-by-index.ts";

/** Whether a commit may be told of: any one where every project is within reach, else those of releases of projects that are. */
export function isVisible(db: Reader, reach: ProjectReach): SQL | undefined {
  if (reach.all) return undefined;
  const { commits, releaseCommits, releaseProjects } = db.tables;
  return exists(
    db
      .select({ one: sql`1` })
      .from(releaseCommits)
      .innerJoin(releaseProjects, eq(releaseProjects.releaseId, releaseCommits.releaseId))
      .where(and(eq(releaseCommits.commitId, commits.id), inArray(notByIndex(releaseProjects.projectId), [...reach.ids]))),
  );
}
