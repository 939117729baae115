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

/** Projects and environments: which version is where, how old, by whom, and how far the next environment is. */
export default async function Board({ params, searchParams }: BoardProps) {
  const page = await organizationPage((await params).organization);
  const { call, organization, can, to } = page;
  const given = await searchParams;
  const { items: views } = await call.views.list({ organization, page: "board" });
  const opensWith = hasNoQuery(given) ? defaultQuery(views) : null;
  if (opensWith !== null) redirect(`${to.board()}?${opensWith}`);
  const query = parseBoardQuery(given);
  const [found, environments] = await Promise.all([
    readBoard(call, organization, query),
    call.environments.list({ organization, visibility: "all" }),
  ]);
  const { board } = found;
  const shown = board.environments.map(({ name }) => name);
  const asked = found.isOtherColumns ? { ...query, columns: [] } : query;
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
        kept={[...asked.columns.map((name) => ["environment", name] as const), ...asked.pinned.map((name) => ["pin", name] as const)]}
        leftOut={environments.items
          .filter(({ name }) => !shown.includes(name))
          .map(({ name, isHidden }) => ({ name, isHidden, href: to.board(formatBoardQuery(addColumn(asked, shown, name))) }))}
        usualHref={asked.columns.length > 0 || asked.pinned.length > 0 ? usualHref(page, asked) : null}
      >
        <ViewsMenu
          organization={organization}
          page="board"
          path={to.board()}
          views={views}
          query={queryString(formatBoardQuery(asked)).slice(1)}
        />
      </BoardToolbar>
      {rows.length === 0 || shown.length === 0 ? (
        <EmptyBoard page={page} query={asked} hasProjects={all.length > 0} />
      ) : (
        <BoardGrid
          organization={organization}
          columns={columnsOf(page, asked, board.environments)}
          rows={rows}
          mayHide={can("project:write", "project:admin")}
        />
      )}
      <Pager
        page={board}
        hrefOf={(cursor) => to.board(formatBoardQuery(asked, cursor))}
        names={{ previous: "Projects before", next: "Projects after" }}
      />
    </>
  );
}

/** The board's address with its usual columns. Without any query it would be the viewer's default view. */
function usualHref({ to }: OrganizationPage, asked: BoardQuery): string {
  return to.board({
    ...formatBoardQuery({ ...asked, columns: [], pinned: [] }),
    ...(asked.filter === "" && !asked.isDrift ? { view: "all" } : {}),
  });
}

const CHANGES: readonly ColumnChange[] = ["left", "right", "pin", "unpin", "hide"];

function columnsOf({ to }: OrganizationPage, asked: BoardQuery, environments: BoardResult["board"]["environments"]): GridColumn[] {
  const names = environments.map(({ name }) => name);
  const pinned = asked.pinned.filter((name) => names.includes(name));
  const query = { ...asked, pinned };
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

function Facts({ found: { board, isCut, isOtherColumns }, shown, query }: { found: BoardResult; shown: number; query: BoardQuery }) {
  const { items, environments, environmentsLeftOut, next, previous } = board;
  const isPart = next?.hasResults === true || previous?.hasResults === true;
  return (
    <>
      {shown < items.length ? `${shown} of ${items.length}` : shown} {shown === 1 ? "project" : "projects"}
      {isPart && " on this page"} in {environments.length} {environments.length === 1 ? "environment" : "environments"}
      {environmentsLeftOut > 0 && `, ${environmentsLeftOut} more left out`}.
      {query.isDrift && isPart && " Only drift on this page is looked for."}
      {isCut && " More projects match: write more of the name."}
      {isOtherColumns && " An environment this address names is not there any more, so these are the usual columns."}
    </>
  );
}
