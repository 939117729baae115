import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { organizationPage, type OrganizationPage } from "../../../../page-data/organization-page.ts";
import type { SearchParams } from "../../../../page-data/params.ts";
import { queryString } from "../../../../ui/addresses.ts";
import { RefreshOn } from "../../../../ui/live/refresh-on.tsx";
import { PageHeader } from "../../../../ui/page-head.tsx";
import { defaultQuery } from "../../../../ui/saved-views/default-view.ts";
import { ViewsMenu } from "../../../../ui/saved-views/views-menu.tsx";
import { Pager } from "../../../../ui/table/pager.tsx";
import { BoardGrid, type GridColumn } from "./board-grid.tsx";
import { type BoardQuery, formatBoardQuery, hasNoQuery, parseBoardQuery } from "./board-query.ts";
import { BoardToolbar } from "./board-toolbar.tsx";
import { addColumn, changeColumn, type ColumnChange, orderColumns } from "./column-order.ts";
import { EmptyBoard } from "./empty-board.tsx";
import { toGridRow, hasDrift } from "./grid-row.ts";
import { type BoardResult, readBoard } from "./read-board.ts";

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
        <ViewsMenu organization={organization} page="board" path={to.board()} views={views} query={queryString(formatBoardQuery(asked)).slice(1)} />
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
