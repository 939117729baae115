import { formatCount } from "@landfall/domain/format";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { BoardGrid, type GridColumn } from "#features/board/board-grid.tsx";
import {
  addColumn,
  type BoardQuery,
  changeColumn,
  type ColumnChange,
  formatBoardQuery,
  hasNoQuery,
  orderColumns,
  parseBoardQuery,
} from "#features/board/board-query.ts";
import { BoardToolbar } from "#features/board/board-toolbar.tsx";
import { EmptyBoard } from "#features/board/empty-board.tsx";
import { type BoardResult, hasDrift, readBoard, toGridRow } from "#features/board/read-board.ts";
import { defaultQuery } from "#features/saved-views/view-query.ts";
import { ViewsMenu } from "#features/saved-views/views-menu.tsx";
import { type OrganizationPage, organizationPage } from "#server/pages/page-context.ts";
import type { SearchParams } from "#server/pages/search-params.ts";
import { PageHeader } from "#ui/headings.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { queryString } from "#ui/organization-urls.ts";
import { Pager } from "#ui/table/pager.tsx";

export const metadata: Metadata = { title: "Board" };

type BoardProps = { readonly params: Promise<{ readonly organization: string }>; readonly searchParams: Promise<SearchParams> };

/** The current version of each project in each environment, with its age, deployer, and drift. */
export default async function Board({ params, searchParams }: BoardProps) {
  const page = await organizationPage((await params).organization);
  const { call, organization, can, to } = page;
  const urlParams = await searchParams;
  const { items: views } = await call.views.list({ organization, page: "board" });
  const initialQuery = hasNoQuery(urlParams) ? defaultQuery(views) : null;
  if (initialQuery !== null) redirect(`${to.board()}?${initialQuery}`);
  const query = parseBoardQuery(urlParams);
  const [found, environments] = await Promise.all([
    readBoard(call, organization, query),
    call.environments.list({ organization, visibility: "all" }),
  ]);
  const { board } = found;
  const columns = board.environments.map(({ name }) => name);
  const shownQuery = found.hasUnknownColumns ? { ...query, columns: [] } : query;
  const all = board.items.map(toGridRow);
  const rows = query.isDrift ? all.filter(hasDrift) : all;
  return (
    <>
      <RefreshOn kinds="deploy release project" />
      <PageHeader title="Board" facts={<Facts found={found} shown={rows.length} query={query} />} />
      <BoardToolbar
        filter={query.filter}
        isDrift={query.isDrift}
        path={to.board()}
        otherFields={[
          ...shownQuery.columns.map((name) => ["environment", name] as const),
          ...shownQuery.pinned.map((name) => ["pin", name] as const),
        ]}
        otherEnvironments={environments.items
          .filter(({ name }) => !columns.includes(name))
          .map(({ name, isHidden }) => ({ name, isHidden, href: to.board(formatBoardQuery(addColumn(shownQuery, columns, name))) }))}
        defaultColumnsHref={shownQuery.columns.length > 0 || shownQuery.pinned.length > 0 ? defaultColumnsHref(page, shownQuery) : null}
      >
        <ViewsMenu
          organization={organization}
          page="board"
          path={to.board()}
          views={views}
          query={queryString(formatBoardQuery(shownQuery)).slice(1)}
        />
      </BoardToolbar>
      {rows.length === 0 || columns.length === 0 ? (
        <EmptyBoard page={page} query={shownQuery} hasProjects={all.length > 0} />
      ) : (
        <BoardGrid
          organization={organization}
          columns={columnsOf(page, shownQuery, board.environments)}
          rows={rows}
          mayHide={can("project:write", "project:admin")}
        />
      )}
      <Pager
        page={board}
        hrefOf={(cursor) => to.board(formatBoardQuery(shownQuery, cursor))}
        names={{ previous: "Previous projects", next: "Next projects" }}
      />
    </>
  );
}

/** URL of the board with its default columns. Never without a query, which would open the viewer's default view. */
function defaultColumnsHref({ to }: OrganizationPage, shownQuery: BoardQuery): string {
  return to.board({
    ...formatBoardQuery({ ...shownQuery, columns: [], pinned: [] }),
    ...(shownQuery.filter === "" && !shownQuery.isDrift ? { view: "all" } : {}),
  });
}

const CHANGES: readonly ColumnChange[] = ["left", "right", "pin", "unpin", "hide"];

function columnsOf({ to }: OrganizationPage, shownQuery: BoardQuery, environments: BoardResult["board"]["environments"]): GridColumn[] {
  const names = environments.map(({ name }) => name);
  const pinned = shownQuery.pinned.filter((name) => names.includes(name));
  const query = { ...shownQuery, pinned };
  return orderColumns(environments, pinned).map(({ name, projects }) => {
    const links = CHANGES.flatMap((change) => {
      const changed = changeColumn(query, names, name, change);
      if (!changed) return [];
      const fields = formatBoardQuery(changed);
      return [[change, to.board(queryString(fields) === "" ? { view: "all" } : fields)] as const];
    });
    return { name, projects, isPinned: pinned.includes(name), links: Object.fromEntries(links) };
  });
}

function Facts({ found: { board, isCut, hasUnknownColumns }, shown, query }: { found: BoardResult; shown: number; query: BoardQuery }) {
  const { items, environments, environmentsLeftOut, next, previous } = board;
  const isPart = next?.hasResults === true || previous?.hasResults === true;
  return (
    <>
      {shown < items.length && `${shown} of `}
      {formatCount(items.length, "project")}
      {isPart && " on this page"} in {formatCount(environments.length, "environment")}
      {environmentsLeftOut > 0 && `, ${environmentsLeftOut} more not shown`}.
      {query.isDrift && isPart && " The drift filter applies to this page only."}
      {isCut && " More projects match. Type more of the name."}
      {hasUnknownColumns && " An environment in this URL does not exist, so these are the default columns."}
    </>
  );
}
