import type { PersonBriefView } from "@landfall/schema/brief";
import type { BoardCellView, BoardRowView, BoardView } from "@landfall/schema/releases/board";
import { failureOf } from "#server/pages/failure.ts";
import { atCursor } from "#server/pages/page-at-cursor.ts";
import type { Viewer } from "#server/pages/running-app.ts";
import type { BoardQuery } from "./board-query.ts";

/** What the board shows. */
export type BoardResult = {
  readonly board: BoardView;
  /** More projects than are read match the filter. */
  readonly isCut: boolean;
  /** The address names environments that are not there any more, so that the usual columns are shown. */
  readonly isOtherColumns: boolean;
};

type Call = Pick<Viewer["call"], "board" | "projects">;

/** More projects than this a filter does not find at once. */
const MAX_MATCHES = 100;

/** Reads the board of an address: two operations at most, one more when its columns are gone. */
export async function readBoard(call: Call, organization: string, { filter, columns, cursor }: BoardQuery): Promise<BoardResult> {
  const found = filter === "" ? null : await call.projects.list({ organization, query: filter, per_page: MAX_MATCHES });
  if (found?.items.length === 0) return { board: EMPTY_BOARD, isCut: false, isOtherColumns: false };
  const project = found?.items.map(({ slug }) => slug);
  const read = (environment: readonly string[]) =>
    atCursor(cursor, (at) => call.board.get({ organization, project, environment: [...environment], cursor: at }));
  const isCut = found?.next?.hasResults === true;
  try {
    return { board: await read(columns), isCut, isOtherColumns: false };
  } catch (error) {
    if (columns.length === 0 || failureOf(error).code !== "not_found") throw error;
    return { board: await read([]), isCut, isOtherColumns: true };
  }
}

const EMPTY_BOARD: BoardView = { items: [], environments: [], environmentsLeftOut: 0, previous: null, next: null };

/** A cell as the grid needs it: thousands of them are sent to the browser. */
export type GridCell = {
  readonly version: string;
  /** The version without its package. */
  readonly label: string;
  /** When it came there. */
  readonly at: string;
  readonly deployer: Pick<PersonBriefView, "name" | "email" | "isBot"> | null;
  /** The later version that was there before, when it was rolled back. */
  readonly rolledBackFrom?: string;
  readonly isHidden?: true;
  readonly drift: BoardCellView["drift"];
};

/** A project's row, its cells by environment. */
export type GridRow = { readonly slug: string; readonly name: string; readonly cells: Readonly<Record<string, GridCell>> };

/** The row of a project, without what the grid does not show. */
export const toGridRow = ({ project: { slug, name }, cells }: BoardRowView): GridRow => ({
  slug,
  name,
  cells: Object.fromEntries(cells.map((cell) => [cell.environment, toGridCell(cell)])),
});

function toGridCell({ release, deploy, previous, isRolledBack, isHidden, drift }: BoardCellView): GridCell {
  const { deployer } = deploy;
  return {
    version: release.version,
    label: release.description,
    at: deploy.dateFinished,
    deployer: deployer && { name: deployer.name, email: deployer.email, isBot: deployer.isBot },
    ...(isRolledBack && previous ? { rolledBackFrom: previous.version } : {}),
    ...(isHidden ? { isHidden } : {}),
    drift: drift?.state === "same" ? null : drift,
  };
}

/** Whether any of a row's environments is not where the next one is. */
export const hasDrift = ({ cells }: GridRow): boolean => Object.values(cells).some(({ drift }) => drift !== null);
