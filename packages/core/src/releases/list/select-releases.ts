import type { ReleaseRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import type { ReleaseSort } from "@landfall/schema/inputs/read-release";
import { and, desc, eq, exists, isNotNull, type SQL, sql } from "drizzle-orm";
import type { ReleaseFilter } from "./release-filter.ts";
import { semverOrder } from "./semver-order.ts";
import { withinReach } from "../../access/within-reach.ts";

export type Selection = ReleaseFilter & {
  readonly status: "open" | "archived" | "";
  readonly sort: ReleaseSort;
  /** One row for each release and project instead of one for each release. */
  readonly flatten: boolean;
};

export type SelectedRelease = { readonly release: ReleaseRow; /** Set when the list is flat. */ readonly projectId: number | null };

/** The rows of a page, in the list's order (contract 15.1, 15.2). */
export async function selectReleases(
  db: Reader,
  selection: Selection,
  { limit, offset }: { limit: number; offset: number },
): Promise<SelectedRelease[]> {
  const { selected, flatten } = selection;
  const [onlyProject] = !selected.all && selected.ids.size === 1 ? selected.ids : [];
  if (onlyProject !== undefined && selection.sort === "date") return selectOfOneProject(db, selection, onlyProject, { limit, offset });
  const { releases, releaseProjects } = db.tables;
  const inProjects = withinReach(releaseProjects.projectId, selected);
  const linked = and(eq(releaseProjects.releaseId, releases.id), inProjects);
  const where = and(selection.where, inState(db, selection.status), sorted(db, selection.sort).where);
  if (flatten) {
    return db
      .select({ release: releases, projectId: releaseProjects.projectId })
      .from(releases)
      .innerJoin(releaseProjects, linked)
      .where(where)
      .orderBy(...sorted(db, selection.sort).orderBy, releaseProjects.id)
      .limit(limit)
      .offset(offset);
  }
  const rows = await db
    .select()
    .from(releases)
    .where(
      and(
        where,
        exists(
          db
            .select({ one: sql`1` })
            .from(releaseProjects)
            .where(linked),
        ),
      ),
    )
    .orderBy(...sorted(db, selection.sort).orderBy)
    .limit(limit)
    .offset(offset);
  return rows.map((release) => ({ release, projectId: null }));
}

/** One project's releases are read along that project's own index: the rest of the organization costs nothing. */
async function selectOfOneProject(
  db: Reader,
  { where, status, flatten }: Selection,
  projectId: number,
  { limit, offset }: { limit: number; offset: number },
): Promise<SelectedRelease[]> {
  const { releases, releaseProjects } = db.tables;
  const inStatus = status === "" ? undefined : eq(releaseProjects.isArchived, status === "archived");
  const rows = await db
    .select({ release: releases })
    .from(releaseProjects)
    .innerJoin(releases, eq(releases.id, releaseProjects.releaseId))
    .where(and(eq(releaseProjects.projectId, projectId), inStatus, where))
    .orderBy(desc(releaseProjects.dateCreated), desc(releaseProjects.releaseId))
    .limit(limit)
    .offset(offset);
  return rows.map(({ release }) => ({ release, projectId: flatten ? projectId : null }));
}

const inState = ({ tables: { releases } }: Reader, status: Selection["status"]): SQL | undefined =>
  status === "" ? undefined : eq(releases.isArchived, status === "archived");

/** Without sessions nothing is adopted and nothing crashes: those orders are the newest first (contract 15.1). */
function sorted(db: Reader, sort: ReleaseSort): { where: SQL | undefined; orderBy: SQL[] } {
  const { releases } = db.tables;
  if (sort === "semver") return { where: undefined, orderBy: semverOrder(db) };
  if (sort === "build") return { where: isNotNull(releases.buildNumber), orderBy: [desc(releases.buildNumber), desc(releases.id)] };
  return { where: undefined, orderBy: [desc(releases.dateCreated), desc(releases.id)] };
}
