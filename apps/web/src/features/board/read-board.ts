import type { PersonBriefView } from "@landfall/schema/brief";
import type { BoardCellView, BoardRowView, BoardView } from "@landfall/schema/releases/board";
import { failureOf } from "#server/pages/failure.ts";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import type { Viewer } from "#server/pages/running-app.ts";
import type { BoardQuery } from "./board-query.ts";

export type BoardResult = {
  readonly board: BoardView;
  /** Whether more projects match the filter than are read. */
  readonly isCut: boolean;
  /** Whether the URL names environments that no longer exist, so that the default columns are shown. */
  readonly hasUnknownColumns: boolean;
};

type Call = Pick<Viewer["call"], "board" | "projects">;

/** The most projects that a filter finds. */
const MAX_MATCHES = 100;

/** Reads the board of a URL, with at most two operations, and one more if its columns do not exist. */
export async function readBoard(call: Call, organization: string, { filter, columns, cursor }: BoardQuery): Promise<BoardResult> {
  const found = filter === "" ? null : await call.projects.list({ organization, query: filter, per_page: MAX_MATCHES });
  if (found?.items.length === 0) return { board: EMPTY_BOARD, isCut: false, hasUnknownColumns: false };
  const project = found?.items.map(({ slug }) => slug);
  const read = (environment: readonly string[]) =>
    pageAt(cursor, (at) => call.board.get({ organization, project, environment: [...environment], ...at }));
  const isCut = found?.next?.hasResults === true;
  try {
    return { board: await read(columns), isCut, hasUnknownColumns: false };
  } catch (error) {
    if (columns.length === 0 || failureOf(error).code !== "not_found") throw error;
    return { board: await read([]), isCut, hasUnknownColumns: true };
  }
}

const EMPTY_BOARD: BoardView = { items: [], environments: [], environmentsLeftOut: 0, previous: null, next: null };

/** A cell of the grid, kept small: thousands of them are sent to the browser. */
export type GridCell = {
  readonly version: string;
  /** When the deploy finished. */
  readonly at: string;
  readonly deployer: Pick<PersonBriefView, "name" | "email" | "isBot"> | null;
  /** The later version that was replaced, if the deploy was a rollback. */
  readonly rolledBackFrom?: string;
  readonly isHidden?: true;
  readonly drift: BoardCellView["drift"];
};

/** A row of the grid, with its cells by environment. */
export type GridRow = { readonly slug: string; readonly name: string; readonly cells: Readonly<Record<string, GridCell>> };

/** Returns the row of a project with only what the grid shows. */
export const toGridRow = ({ project: { slug, name }, cells }: BoardRowView): GridRow => ({
  slug,
  name,
  cells: Object.fromEntries(cells.map((cell) => [cell.environment, toGridCell(cell)])),
});

function toGridCell({ release, deploy, previous, isRolledBack, isHidden, drift }: BoardCellView): GridCell {
  const { deployer } = deploy;
  return {
    version: release.version,
    at: deploy.dateFinished,
    deployer: deployer && { name: deployer.name, email: deployer.email, isBot: deployer.isBot },
    // Absent instead of undefined, to keep the payload small.
    ...(isRolledBack && previous ? { rolledBackFrom: previous.version } : {}),
    ...(isHidden ? { isHidden } : {}),
    drift,
  };
}

/** Whether any environment of a row is behind another one. */
export const hasDrift = ({ cells }: GridRow): boolean => Object.values(cells).some(({ drift }) => drift !== null);
