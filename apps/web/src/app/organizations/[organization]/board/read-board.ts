import type { BoardView } from "@landfall/schema/views/board";
import { atCursor } from "../../../../page-data/at-cursor.ts";
import { failureOf } from "../../../../page-data/failure.ts";
import type { Viewer } from "../../../../running-app.ts";
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
