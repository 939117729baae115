import type { Reader } from "@landfall/db/store";
import { NoInput } from "@landfall/schema/inputs/nothing";
import { REL_READ } from "@landfall/schema/scope";
import type { ReleaseView } from "@landfall/schema/views/release";
import { and, desc, eq, inArray, isNotNull, lte, ne } from "drizzle-orm";
import { type AtRelease, atRelease } from "../access/at-release.ts";
import { reachableProjects, reaches } from "../access/project-reach.ts";
import { query } from "../operation.ts";
import { describeRelease } from "./describe-releases.ts";

/**
 * The newest release up to this one that shares a project within reach with it and has commits, or null (contract 6.4). Never the release
 * itself: a repeated `set-commits` must send its whole range again, not only what came after (design 9).
 */
export const getPreviousWithCommits = query({
  scope: REL_READ,
  at: atRelease,
  input: NoInput,
  run: async ({ db, at }): Promise<ReleaseView | null> => {
    const row = await findPrevious(db, at);
    return row ? describeRelease(db, row, { access: at.access }) : null;
  },
});

async function findPrevious(db: Reader, { access, release, links }: AtRelease) {
  const reach = await reachableProjects(db, access);
  const projectIds = links.map((link) => link.projectId).filter((id) => reaches(reach, id));
  const { releases, releaseProjects } = db.tables;
  const [found] = await db
    .select({ release: releases })
    .from(releaseProjects)
    .innerJoin(releases, eq(releases.id, releaseProjects.releaseId))
    .where(
      and(
        inArray(releaseProjects.projectId, projectIds),
        lte(releaseProjects.dateEffective, release.dateEffective),
        ne(releases.id, release.id),
        isNotNull(releases.lastCommitId),
      ),
    )
    .orderBy(desc(releaseProjects.dateEffective), desc(releaseProjects.releaseId))
    .limit(1);
  return found?.release;
}
