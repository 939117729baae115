import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { desc, eq } from "drizzle-orm";
import type { ProjectReach } from "../access/project-reach.ts";
import { reachValues, withinReach } from "../access/within-reach.ts";

/** Of so many releases, the newest of the projects, the authors are told. */
const SEARCHED_RELEASES = 5000;

/** The ids of the authors of releases of projects within reach; null where every author may be told of. One query. */
export async function authorsWithinReach(db: Reader, reach: ProjectReach): Promise<ReadonlySet<number> | null> {
  if (reach.all) return null;
  const rows = await selectReleaseAuthors(db, reachValues(reach));
  return new Set(rows.flatMap((row) => row.authorIds));
}

const selectReleaseAuthors = prepared((db: Reader) => {
  const { releases, releaseProjects } = db.tables;
  return db
    .select({ authorIds: releases.authorIds })
    .from(releaseProjects)
    .innerJoin(releases, eq(releases.id, releaseProjects.releaseId))
    .where(withinReach(releaseProjects.projectId, "listed"))
    .orderBy(desc(releaseProjects.releaseId))
    .limit(SEARCHED_RELEASES)
    .prepare();
});
