"use client";

import { formatCount } from "@landfall/domain/format";
import { IconArrowLeft, IconArrowRight, IconDots, IconEyeOff, IconPin, IconPinnedOff } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import { PageLink } from "#ui/links.tsx";
import { LinkMenu } from "#ui/menu/link-menu.tsx";
import { organizationUrls } from "#ui/organization-urls.ts";
import type { ColumnChange } from "./board-query.ts";
import { BoardRow } from "./board-row.tsx";
import { type CellPosition, firstCell, nextCell } from "./next-cell.ts";
import type { GridRow } from "./read-board.ts";
import classes from "./board-grid.module.css";

/** Loaded when the first cell is opened. */
const CellDrawer = dynamic(() => import("./cell-drawer.tsx").then((module) => module.CellDrawer), { ssr: false });

/** A column, with the URL of each possible change. */
export type GridColumn = { readonly name: string; readonly projects: number; readonly isPinned: boolean; readonly links: ColumnLinks };

type BoardGridProps = {
  readonly organization: string;
  readonly columns: readonly GridColumn[];
  readonly rows: readonly GridRow[];
  /** Whether the viewer may hide environments of projects. */
  readonly mayHide: boolean;
};

/** The cell whose history is open. */
export type OpenedCell = { readonly project: string; readonly environment: string };

/** Height of a row and of the header, in pixels. `board-grid.module.css` must have the same. */
const ROW_HEIGHT = 52;

const INITIAL_VIEW = { scrollTop: 0, height: 30 * ROW_HEIGHT };

/** The grid of projects and environments. Arrow keys move between cells; Enter opens the history of one. */
export function BoardGrid({ organization, columns, rows, mayHide }: BoardGridProps) {
  const to = useMemo(() => organizationUrls(organization), [organization]);
  const frame = useRef<HTMLDivElement>(null);
  const focusTarget = useRef<CellPosition | null>(null);
  const [view, setView] = useState(INITIAL_VIEW);
  const [position, setPosition] = useState<CellPosition | null>(null);
  const [opened, setOpened] = useState<OpenedCell | null>(null);
  // Stable, so that memoized rows render again only when their own data changes.
  const open = useCallback((at: CellPosition, cell: OpenedCell) => {
    setPosition(at);
    setOpened(cell);
  }, []);
  const cellAt = ({ row, column }: CellPosition) => {
    const name = columns[column]?.name;
    return name === undefined ? undefined : rows[row]?.cells[name];
  };
  const isFilled = (at: CellPosition) => cellAt(at) !== undefined;
  const size = { rows: rows.length, columns: columns.length };
  const current = position && isFilled(position) ? position : firstCell(size, isFilled);
  const { from, to: end, above, below } = rowWindow({ ...view, rowHeight: ROW_HEIGHT, count: rows.length });
  const measure = (element: HTMLElement) => setView({ scrollTop: element.scrollTop, height: element.clientHeight });
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setView({ scrollTop: element.scrollTop, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const moveTo = (next: CellPosition | null) => {
    const element = frame.current;
    if (!next || !element) return;
    setPosition(next);
    focusTarget.current = next;
    const top = next.row * ROW_HEIGHT;
    const room = element.clientHeight - ROW_HEIGHT;
    if (top >= element.scrollTop && top <= element.scrollTop + room) return;
    element.scrollTop = Math.max(0, top - room / 2);
    measure(element);
  };
  // The cell may be in a row that was rendered just now.
  useEffect(() => {
    if (focusTarget.current && frame.current && focusCell(frame.current, focusTarget.current)) focusTarget.current = null;
  });
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!current || event.metaKey || event.altKey || !(event.target instanceof HTMLElement) || event.target.dataset["cell"] === undefined)
      return;
    const next = nextCell(event, current, size, isFilled);
    if (!next) return;
    event.preventDefault();
    moveTo(next);
  };
  useShortcuts("Board", [
    { keys: "j", label: "Next cell below (arrow keys work too)", run: () => moveTo(step("ArrowDown")) },
    { keys: "k", label: "Next cell above", run: () => moveTo(step("ArrowUp")) },
    { keys: "o", label: "Open the environment in a new tab", run: () => openInNewTab() },
  ]);
  const isCellFocused = () => document.activeElement instanceof HTMLElement && document.activeElement.dataset["cell"] !== undefined;
  const step = (key: string) => (current && isCellFocused() ? nextCell({ key, ctrlKey: false }, current, size, isFilled) : current);
  const openInNewTab = () => {
    if (isCellFocused() && document.activeElement instanceof HTMLAnchorElement)
      window.open(document.activeElement.href, "_blank", "noopener");
  };
  const close = () => {
    setOpened(null);
    focusTarget.current = current;
  };
  return (
    <>
      <div ref={frame} className={classes["frame"]} onScroll={(event) => measure(event.currentTarget)}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- handles keys pressed on its cells */}
        <table className={classes["table"]} aria-rowcount={rows.length + 1} aria-label="Board" onKeyDown={onKeyDown}>
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col" className={classes["corner"]}>
                Project
              </th>
              {columns.map(({ name, projects, isPinned, links }) => (
                <th key={name} scope="col" data-pinned={isPinned || undefined}>
                  <div className={classes["head"]}>
                    <PageLink href={to.environment(name)} className="cut" title={`${name}: ${formatCount(projects, "project")}`}>
                      {name}
                    </PageLink>
                    <ColumnMenu name={name} isPinned={isPinned} links={links} />
                  </div>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {above > 0 && <Spacer height={above} />}
            {rows.slice(from, end).map((row, index) => (
              <BoardRow
                key={row.slug}
                to={to}
                row={row}
                index={from + index}
                columns={columns}
                currentColumn={current?.row === from + index ? current.column : null}
                onOpen={open}
              />
            ))}
            {below > 0 && <Spacer height={below} />}
          </tbody>
        </table>
      </div>
      <p className={classes["legend"]}>
        <span className={classes["drift"]} data-age="recent">
          12 commits, 5 d behind
        </span>{" "}
        the environment of this project with the newest release.{" "}
        <span className="keyboard-only">
          Arrow keys move between cells. <kbd>Enter</kbd> opens the history.
        </span>
      </p>
      {opened && (
        <CellDrawer
          organization={organization}
          {...opened}
          cell={rows.find(({ slug }) => slug === opened.project)?.cells[opened.environment]}
          mayHide={mayHide}
          onClose={close}
        />
      )}
    </>
  );
}

/** Fills the height of the rows that are not rendered. */
function Spacer({ height }: { readonly height: number }) {
  return (
    <tr aria-hidden="true">
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- empty, not a control */}
      <td style={{ height, padding: 0 }} />
    </tr>
  );
}

/** Focuses a cell. Returns false if it is not rendered. */
function focusCell(frame: HTMLElement, { row, column }: CellPosition): boolean {
  const cell = frame.querySelector<HTMLElement>(`[data-position="${row} ${column}"] [data-cell]`);
  cell?.focus();
  return cell !== null;
}

/** The URL of each change of a column; impossible changes are absent. */
type ColumnLinks = Readonly<Partial<Record<ColumnChange, string>>>;

const CHANGES: readonly { readonly change: ColumnChange; readonly label: string; readonly icon: typeof IconPin }[] = [
  { change: "left", label: "Move left", icon: IconArrowLeft },
  { change: "right", label: "Move right", icon: IconArrowRight },
  { change: "pin", label: "Pin first", icon: IconPin },
  { change: "unpin", label: "Unpin", icon: IconPinnedOff },
  { change: "hide", label: "Remove column", icon: IconEyeOff },
];

/** The menu of a column. Changes are in the URL only, so they do not affect other viewers. */
function ColumnMenu({ name, isPinned, links }: { readonly name: string; readonly isPinned: boolean; readonly links: ColumnLinks }) {
  const entries = CHANGES.flatMap(({ change, label, icon: Icon }) => {
    const href = links[change];
    return href === undefined ? [] : [{ kind: "link" as const, label, href, icon: <Icon size={14} aria-hidden="true" /> }];
  });
  const icon = isPinned ? <IconPin size={14} aria-hidden="true" /> : <IconDots size={14} aria-hidden="true" />;
  return <LinkMenu isQuiet icon={icon} label={`Column ${name}${isPinned ? ", pinned" : ""}`} entries={entries} />;
}

/** The rows to render, and the heights of those above and below that are not, in pixels. */
export type RowWindow = { readonly from: number; readonly to: number; readonly above: number; readonly below: number };

type Viewport = {
  /** Scroll offset and visible height of the frame, in pixels. */
  readonly scrollTop: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly count: number;
};

/** Up to this many rows are all rendered, so that the browser's find works. */
export const VIRTUALIZE_ABOVE = 60;

/** Rows rendered above and below the visible ones, so that keys and scrolling do not outrun rendering. */
const OVERSCAN = 12;

/** Returns which rows to render: the visible ones and some around them. */
export function rowWindow({ scrollTop, height, rowHeight, count }: Viewport): RowWindow {
  if (count <= VIRTUALIZE_ABOVE) return { from: 0, to: count, above: 0, below: 0 };
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const visible = Math.ceil(height / rowHeight);
  const from = Math.min(Math.max(0, first - OVERSCAN), Math.max(0, count - visible));
  const to = Math.min(count, first + visible + OVERSCAN);
  return { from, to, above: from * rowHeight, below: (count - to) * rowHeight };
}
