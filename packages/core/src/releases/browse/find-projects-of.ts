import { anyOf } from "@landfall/db/any-of";
import type { Reader } from "@landfall/db/store";
import type { ProjectBriefView } from "@landfall/schema/views/brief";
import { and, eq, sql } from "drizzle-orm";
import type { ProjectReach } from "../../access/project-reach.ts";
import { preparedWithinReach, withinReach } from "../../access/within-reach.ts";

/** How many projects of a release are told. */
const PROJECTS_SHOWN = 4;

/** The first projects within reach of each release, and how many there are. One query. */
export async function findProjectsOf(
  db: Reader,
  reach: ProjectReach,
  releaseIds: readonly number[],
): Promise<Map<number, { readonly projects: ProjectBriefView[]; readonly count: number }>> {
  const ids = JSON.stringify(releaseIds);
  const rows = await selectProjects(db, reach, { ids });
  const found = new Map<number, { projects: ProjectBriefView[]; count: number }>();
  for (const { releaseId, count, id, slug, name } of rows) {
    const entry = found.get(releaseId) ?? { projects: [], count };
    entry.projects.push({ id: String(id), slug, name });
    found.set(releaseId, entry);
  }
  return found;
}

const selectProjects = preparedWithinReach((db, reach) => {
  const { projects, releaseProjects: links } = db.tables;
  const numbered = db
    .select({
      linkId: links.id,
      releaseId: links.releaseId,
      projectId: links.projectId,
      rank: sql<number>`row_number() over (partition by ${links.releaseId} order by ${links.id})`.mapWith(Number).as("rank"),
      count: sql<number>`count(*) over (partition by ${links.releaseId})`.mapWith(Number).as("count"),
    })
    .from(links)
    .where(and(anyOf(links.releaseId, "ids"), withinReach(links.projectId, reach)))
    .as("numbered");
  return db
    .select({ releaseId: numbered.releaseId, count: numbered.count, id: projects.id, slug: projects.slug, name: projects.name })
    .from(numbered)
    .innerJoin(projects, eq(projects.id, numbered.projectId))
    .where(sql`${numbered.rank} <= ${PROJECTS_SHOWN}`)
    .orderBy(numbered.linkId)
    .prepare();
});
