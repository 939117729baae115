import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { ProjectRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { GetBoardInput } from "@landfall/schema/inputs/board";
import { REL_READ } from "@landfall/schema/scope";
import type { BoardRowView, BoardView } from "@landfall/schema/views/board";
import { and, asc, eq } from "drizzle-orm";
import { atOrganization } from "../access/at-organization.ts";
import type { Access } from "../access/organization-access.ts";
import type { ProjectReach } from "../access/project-reach.ts";
import { withinReach } from "../access/within-reach.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { readCells } from "./board-cells.ts";
import { requestedProjects } from "./chosen-projects.ts";
import { type EnvironmentColumn, findEnvironmentColumns } from "./find-columns.ts";

/** How many projects a board shows. */
const ROW_LIMITS = { usual: 300, most: 500 };

/**
 * What is where: the projects within reach (or those named, else 403) by slug, and for each environment they were deployed to the
 * version of the last finished deploy. Columns go from development to production unless they are named. A project has no cell in an
 * environment it hides, unless that is named. Drift is told to the next column the project is in: it counts the project's releases
 * between the two, by date released, else created, and sums the commits reported with each; a commit reported with two of them counts
 * twice. Throws 404 for an environment that is not theirs.
 */
export const getBoard = query({
  scope: REL_READ,
  at: atOrganization,
  input: GetBoardInput,
  run: async ({ db, at: { access } }, input): Promise<BoardView> => {
    const window = offsetWindow(input, ROW_LIMITS);
    const reach = await requestedProjects(db, access, input.project);
    const isNamed = (input.environment ?? []).length > 0;
    const { columns, leftOut } = await findEnvironmentColumns(db, access.organization.id, reach, input.environment);
    const { items, ...links } = offsetPage(window, await selectProjects(db, access, reach, window));
    return {
      environments: columns.map(({ name, projects }) => ({ name, projects })),
      environmentsLeftOut: leftOut,
      items: await describeRows(db, items, columns, isNamed),
      ...links,
    };
  },
});

function selectProjects(
  db: Reader,
  { organization }: Access,
  reach: ProjectReach,
  { limit, offset }: { limit: number; offset: number },
): Promise<ProjectRow[]> {
  const { projects } = db.tables;
  return db
    .select()
    .from(projects)
    .where(and(eq(projects.organizationId, organization.id), withinReach(projects.id, reach)))
    .orderBy(asc(projects.slug))
    .limit(limit)
    .offset(offset);
}

async function describeRows(
  db: Reader,
  rows: readonly ProjectRow[],
  columns: readonly EnvironmentColumn[],
  isNamed: boolean,
): Promise<BoardRowView[]> {
  const ids = { projectIds: JSON.stringify(rows.map((row) => row.id)), environmentIds: JSON.stringify(columns.map((column) => column.id)) };
  const places = rows.length === 0 || columns.length === 0 ? [] : await selectPlaces(db, ids);
  const shown = places.filter((place) => isNamed || !place.isHidden);
  const cells = await readCells(db, shown, columns);
  return rows.map(({ id, slug, name, platform }) => ({ project: { id: String(id), slug, name, platform }, cells: cells.get(id) ?? [] }));
}

const selectPlaces = prepared((db: Reader) => {
  const { projectId, environmentId, isHidden } = db.tables.environmentProjects;
  return db
    .select({ projectId, environmentId, isHidden })
    .from(db.tables.environmentProjects)
    .where(and(anyOf(projectId, "projectIds"), anyOf(environmentId, "environmentIds")))
    .prepare();
});
