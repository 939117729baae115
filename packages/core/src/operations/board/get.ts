import { DAY } from "@landfall/domain/durations";
import type { Reader } from "@landfall/db/store";
import type { ProjectRow } from "@landfall/db/tables/schema";
import { instant } from "@landfall/schema/instant";
import { type BoardCellView, type BoardRowView, type BoardView, type DriftView, GetBoardInput } from "@landfall/schema/releases/board";
import { REL_READ } from "@landfall/schema/scope";
import { and, asc, eq } from "drizzle-orm";
import { type Access, atOrganization } from "../../access/organization-access.ts";
import { type ProjectReach, withinReach } from "../../access/project-reach.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { query } from "../../kernel/operation.ts";
import { briefRelease } from "../../records/briefs.ts";
import type { DeployWithRelease } from "../../records/deploys.ts";
import { type EnvironmentColumn, findEnvironmentColumns } from "../../records/environments/environments.ts";
import { findPlaceHistories, findPlaces, type Place, placeKey } from "../../records/environments/latest-deploys.ts";
import { findDistances, type ReleaseDistance, type ReleaseSpan, spanKey } from "./release-distance.ts";
import {
  compareAge,
  compareInLine,
  compareByHistory,
  endOfPair,
  findLines,
  packageOf,
  type ReleasePair,
} from "../../records/release-lines.ts";
import { requestedProjects } from "../../records/projects.ts";

/** Projects on a page of the board. */
const ROW_LIMITS = { usual: 300, most: 500 };

/**
 * Returns the board: the projects within reach, or the given ones, by slug, each with its current release in every environment. Columns are
 * in the order of the organization unless they are given. A project has no cell in an environment that it hides, unless the environment is
 * given.
 *
 * A cell has drift if another one in its row has a newer release of the same package (see `compareByHistory`). Drift is the number of
 * releases between the two by date released, else created, and the sum of their commits, so that a commit of two releases counts twice. If
 * its own release is newer by date, as a hotfix of an old line is, only the releases that the history of the newest one adds are counted.
 *
 * @throws 404 for an environment that none of the projects was deployed to, and 403 for a given project out of reach.
 */
export const getBoard = query({
  scope: REL_READ,
  at: atOrganization,
  input: GetBoardInput,
  run: async ({ db, at: { access } }, input): Promise<BoardView> => {
    const window = offsetWindow(input, ROW_LIMITS);
    const reach = await requestedProjects(db, access, input.project);
    const isGiven = (input.environment ?? []).length > 0;
    const { columns, leftOut } = await findEnvironmentColumns(db, access.organization.id, reach, input.environment);
    const { items, ...links } = offsetPage(window, await selectProjects(db, access, reach, window));
    return {
      environments: columns.map(({ name, projects }) => ({ name, projects })),
      environmentsLeftOut: leftOut,
      items: await describeRows(db, items, columns, isGiven),
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
  isGiven: boolean,
): Promise<BoardRowView[]> {
  const places = await findPlaces(
    db,
    rows.map((row) => row.id),
    columns.map((column) => column.id),
  );
  const shown = places.filter((place) => isGiven || !place.isHidden);
  const cells = await readCells(db, shown, columns);
  return rows.map(({ id, slug, name, platform }) => ({ project: { id: String(id), slug, name, platform }, cells: cells.get(id) ?? [] }));
}

/** A place of the board. */
type BoardPlace = Place & { readonly isHidden: boolean };

/** The current deploy of a place, and the one of its package before it, not yet described. */
type Cell = {
  readonly projectId: number;
  readonly column: EnvironmentColumn;
  readonly now: DeployWithRelease;
  readonly before: DeployWithRelease | undefined;
  readonly isHidden: boolean;
};

/** Returns the cells of places by project, in the order of the columns. The number of queries is fixed. */
async function readCells(
  db: Reader,
  places: readonly BoardPlace[],
  columns: readonly EnvironmentColumn[],
): Promise<Map<number, BoardCellView[]>> {
  const rows = Map.groupBy(await findCells(db, places, columns), ({ projectId }) => projectId);
  const behind = [...rows.values()].flatMap(findBehind);
  const distances = await measureDistances(db, behind);
  const drifts = new Map(behind.map((pair) => [pair.cell, describeDrift(pair, distances.get(pair))]));
  return new Map([...rows].map(([projectId, cells]) => [projectId, cells.map((cell) => describeCell(cell, drifts.get(cell) ?? null))]));
}

async function findCells(db: Reader, places: readonly BoardPlace[], columns: readonly EnvironmentColumn[]): Promise<Cell[]> {
  const hidden = new Set(places.filter((place) => place.isHidden).map(placeKey));
  const byId = new Map(columns.map((column, index) => [column.id, { column, index }]));
  const histories = await findPlaceHistories(db, places);
  return histories
    .flatMap(({ place, now, before }) => {
      const at = byId.get(place.environmentId);
      return at ? [{ projectId: place.projectId, ...at, now, before, isHidden: hidden.has(placeKey(place)) }] : [];
    })
    .toSorted((a, b) => a.index - b.index);
}

/** A cell, and the first one in its row with the newest release of its package. */
type Behind = { readonly cell: Cell; readonly newest: Cell };

/** Returns the cells of a row that are behind another one. */
function findBehind(row: readonly Cell[]): Behind[] {
  const byPackage = Map.groupBy(row, ({ now }) => packageOf(now.release));
  return [...byPackage.values()].flatMap((cells) => {
    const newest = cells.reduce((first, cell) => (compareByHistory(first.now.release, cell.now.release) < 0 ? cell : first));
    return cells.flatMap((cell) => (compareByHistory(cell.now.release, newest.now.release) < 0 ? [{ cell, newest }] : []));
  });
}

/** Returns the distance of each cell from the newest one. At most two queries. */
async function measureDistances(db: Reader, behind: readonly Behind[]): Promise<ReadonlyMap<Behind, ReleaseDistance>> {
  const isHotfix = ({ cell, newest }: Behind) => compareAge(cell.now.release, newest.now.release) > 0;
  const hotfixes = behind.filter(isHotfix);
  const lines = await findLines(
    db,
    hotfixes.map((pair) => endOfPair(pairOf(pair))),
  );
  const spans = behind.filter((pair) => !isHotfix(pair));
  const distances = await findDistances(db, spans.map(spanOf));
  const found = new Map<Behind, ReleaseDistance>();
  for (const [index, pair] of hotfixes.entries()) {
    const { added, isCapped } = compareInLine(lines[index] ?? { releases: [], isCut: false }, pairOf(pair));
    found.set(pair, { releases: added.length, commits: added.reduce((sum, { commitCount }) => sum + commitCount, 0), isCapped });
  }
  for (const pair of spans) {
    const distance = distances.get(spanKey(spanOf(pair)));
    if (distance) found.set(pair, distance);
  }
  return found;
}

const pairOf = ({ cell, newest }: Behind): ReleasePair => ({
  projectId: cell.projectId,
  base: cell.now.release,
  head: newest.now.release,
});

const spanOf = ({ cell, newest }: Behind): ReleaseSpan => ({
  projectId: cell.projectId,
  olderId: cell.now.release.id,
  newerId: newest.now.release.id,
});

const describeDrift = ({ cell, newest }: Behind, distance: ReleaseDistance | undefined): DriftView => ({
  environment: newest.column.name,
  version: newest.now.release.version,
  releases: distance?.releases ?? 0,
  commits: distance?.commits ?? 0,
  days: Math.max(0, Math.floor((dateOf(newest) - dateOf(cell)) / DAY)),
  isCapped: distance?.isCapped ?? false,
});

const dateOf = ({ now: { release } }: Cell): number => release.dateEffective.getTime();

const describeCell = ({ column, now, before, isHidden }: Cell, drift: DriftView | null): BoardCellView => ({
  environment: column.name,
  release: briefRelease(now.release),
  deploy: now.view,
  previous: before ? { version: before.release.version, dateFinished: instant(before.deploy.dateFinished) } : null,
  isRolledBack: before !== undefined && compareByHistory(before.release, now.release) > 0,
  isHidden,
  drift,
});
