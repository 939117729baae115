import type { Reader } from "@landfall/db/store";
import { instant } from "@landfall/schema/instant";
import type { BoardCellView, DriftView } from "@landfall/schema/views/board";
import { briefRelease } from "../compare/brief-release.ts";
import type { EnvironmentColumn } from "./find-columns.ts";
import { compareAge } from "./compare-age.ts";
import { type ReleaseDistance, findDistances, type ReleaseSpan, spanKey } from "./find-distances.ts";
import { type DeployWithRelease, findDeploysWithRelease } from "./find-deploy-facts.ts";
import { findLatestDeploys, type Place, placeKey } from "./latest-deploys.ts";

const DAY = 24 * 60 * 60 * 1000;

/** A place of the board. */
export type BoardPlace = Place & { readonly isHidden: boolean };

/** What is in one place, before it is described. */
type Cell = {
  readonly projectId: number;
  readonly column: EnvironmentColumn;
  readonly now: DeployWithRelease;
  readonly before: DeployWithRelease | undefined;
  readonly isHidden: boolean;
};

/** The cells of these places by project, in the order of the columns. A few queries whatever their number. */
export async function readCells(
  db: Reader,
  places: readonly BoardPlace[],
  columns: readonly EnvironmentColumn[],
): Promise<Map<number, BoardCellView[]>> {
  const rows = Map.groupBy(await findCells(db, places, columns), ({ projectId }) => projectId);
  const neighbours = [...rows.values()].flatMap((cells) =>
    cells.flatMap((cell, index) => {
      const next = cells[index + 1];
      return next ? [{ cell, next }] : [];
    }),
  );
  const distances = await findDistances(
    db,
    neighbours.flatMap(({ cell, next }) => spanBetween(cell, next) ?? []),
  );
  const drifts = new Map(neighbours.map(({ cell, next }) => [cell, describeDrift(cell, next, distances)]));
  return new Map([...rows].map(([projectId, cells]) => [projectId, cells.map((cell) => describeCell(cell, drifts.get(cell) ?? null))]));
}

async function findCells(db: Reader, places: readonly BoardPlace[], columns: readonly EnvironmentColumn[]): Promise<Cell[]> {
  const latest = [...(await findLatestDeploys(db, places)).values()].flatMap(([now, before]) => (now ? [{ now, before }] : []));
  const facts = await findDeploysWithRelease(
    db,
    latest.flatMap(({ now, before }) => (before ? [now.deployId, before.deployId] : [now.deployId])),
  );
  const hidden = new Set(places.filter((place) => place.isHidden).map(placeKey));
  const byPlace = new Map(columns.map((column, index) => [column.id, { column, index }]));
  return latest
    .flatMap(({ now, before }) => {
      const place = byPlace.get(now.environmentId);
      const known = facts.get(now.deployId);
      if (!place || !known) return [];
      const isHidden = hidden.has(placeKey(now));
      return [{ projectId: now.projectId, ...place, now: known, before: before && facts.get(before.deployId), isHidden }];
    })
    .toSorted((a, b) => a.index - b.index);
}

function spanBetween({ projectId, now }: Cell, next: Cell): ReleaseSpan | null {
  const age = compareAge(now.release, next.now.release);
  if (age === 0) return null;
  const [older, newer] = age < 0 ? [now, next.now] : [next.now, now];
  return { projectId, olderId: older.release.id, newerId: newer.release.id };
}

function describeDrift(cell: Cell, next: Cell, distances: ReadonlyMap<string, ReleaseDistance>): DriftView {
  const span = spanBetween(cell, next);
  const distance = span && distances.get(spanKey(span));
  const age = compareAge(next.now.release, cell.now.release);
  return {
    environment: next.column.name,
    version: next.now.release.version,
    state: age === 0 ? "same" : age < 0 ? "behind" : "ahead",
    releases: distance?.releases ?? 0,
    commits: distance?.commits ?? 0,
    days: Math.floor(Math.abs(dateOf(cell) - dateOf(next)) / DAY),
    isCapped: distance?.isCapped ?? false,
  };
}

const dateOf = ({ now: { release } }: Cell): number => release.dateEffective.getTime();

const describeCell = ({ column, now, before, isHidden }: Cell, drift: DriftView | null): BoardCellView => ({
  environment: column.name,
  release: briefRelease(now.release),
  deploy: now.view,
  previous: before ? { version: before.release.version, dateFinished: instant(before.deploy.dateFinished) } : null,
  isRolledBack: before !== undefined && compareAge(before.release, now.release) > 0,
  isHidden,
  drift,
});
