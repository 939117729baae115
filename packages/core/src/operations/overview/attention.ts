import type { Reader } from "@landfall/db/store";
import type { OverviewView } from "@landfall/schema/releases/overview";
import { and, type Column, desc, eq, isNotNull, lte, type SQL, sql } from "drizzle-orm";
import { preparedWithinReach, type ProjectReach, withinReach } from "../../access/project-reach.ts";
import { briefRelease } from "../../records/briefs.ts";
import { type Dismissals, isDismissed } from "./dismissals.ts";
import { briefColumns, MAX_SCANNED, newestOfPeriod } from "./newest-releases.ts";

/** Releases that are listed of a project, and projects that are returned. */
const RELEASES_LISTED = 5;
const MAX_PROJECTS = 50;

/** Releases that are read, once for each of their projects. */
const MAX_ROWS = 2000;

type Period = { readonly organizationId: number; readonly from: Date; readonly to: Date };
type ByProject = OverviewView["attention"]["withoutCommits"];
type Columns = Readonly<Record<"dateReleased" | "commitCount" | "deployCount", Column>>;

/** Returns open releases without commits. */
export const findWithoutCommits = createFinder("commits", ({ commitCount }) => eq(commitCount, 0));

/** Returns open releases that were finalized before the end of the period and never deployed. */
export const findNeverDeployed = createFinder("deploys", ({ deployCount, dateReleased }, to) =>
  and(eq(deployCount, 0), isNotNull(dateReleased), lte(dateReleased, sql.param(to, dateReleased))),
);

/**
 * Creates a function that returns the releases of a kind among the newest 1000 of a period, by project within reach: the project with the
 * newest release first. It runs one query.
 */
function createFinder(kind: "commits" | "deploys", condition: (columns: Columns, to: Date) => SQL | undefined) {
  const select = preparedWithinReach((db, reach, param: Period) => {
    const { projects, releaseProjects } = db.tables;
    const scanned = newestOfPeriod(db, param, { onlyOpen: true });
    const counted = db
      .select({ ...briefColumns(scanned), scanned: sql<number>`count(*) over ()`.mapWith(Number).as("scanned_count") })
      .from(scanned)
      .as("counted");
    return db
      .select({
        release: briefColumns(counted),
        scanned: counted.scanned,
        project: { id: projects.id, slug: projects.slug, name: projects.name },
      })
      .from(counted)
      .innerJoin(releaseProjects, eq(releaseProjects.releaseId, counted.id))
      .innerJoin(projects, eq(projects.id, releaseProjects.projectId))
      .where(and(condition(counted, param.to), withinReach(releaseProjects.projectId, reach, { byIndex: false })))
      .orderBy(desc(counted.dateCreated), desc(counted.id), projects.slug)
      .limit(MAX_ROWS)
      .prepare();
  });
  return async (db: Reader, reach: ProjectReach, period: Period, dismissals: Dismissals): Promise<ByProject> => {
    const rows = await select(db, reach, period);
    const groups = [...Map.groupBy(rows, ({ project }) => project.id).entries()].slice(0, MAX_PROJECTS);
    return groups.flatMap(([projectId, ofProject]) => {
      const [first] = ofProject;
      if (!first) return [];
      const ids = ofProject.map(({ release }) => release.id);
      return {
        project: { ...first.project, id: String(projectId) },
        count: ids.length,
        isCapped: first.scanned === MAX_SCANNED || rows.length === MAX_ROWS,
        items: ofProject.slice(0, RELEASES_LISTED).map(({ release }) => briefRelease(release)),
        ids: ids.map(String),
        isDismissed: isDismissed(dismissals, { kind, projectId, ids }),
      };
    });
  };
}
