"use client";

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

/** Loaded with the first cell that is opened. */
const CellDrawer = dynamic(() => import("./cell-drawer.tsx").then((module) => module.CellDrawer), { ssr: false });

/** A column as it stands, with where its changes lead. */
export type GridColumn = { readonly name: string; readonly projects: number; readonly isPinned: boolean; readonly links: ColumnLinks };

type BoardGridProps = {
  readonly organization: string;
  readonly columns: readonly GridColumn[];
  readonly rows: readonly GridRow[];
  /** Whether the viewer may hide environments of projects. */
  readonly mayHide: boolean;
};

/** A cell whose history is open. */
export type OpenedCell = { readonly project: string; readonly environment: string };

/** Of a row and of the head, in pixels: `board-grid.module.css` has the same. */
const ROW_HEIGHT = 52;

const FIRST_VIEW = { scrollTop: 0, height: 30 * ROW_HEIGHT };

/** Projects and environments: what is where. Arrow keys walk the cells, and the one Enter opens tells its history. */
export function BoardGrid({ organization, columns, rows, mayHide }: BoardGridProps) {
  const to = useMemo(() => organizationUrls(organization), [organization]);
  const frame = useRef<HTMLDivElement>(null);
  const wanted = useRef<CellPosition | null>(null);
  const [view, setView] = useState(FIRST_VIEW);
  const [spot, setSpot] = useState<CellPosition | null>(null);
  const [opened, setOpened] = useState<OpenedCell | null>(null);
  // Rows are drawn anew only when something of theirs changes: a key moves but one cell.
  const open = useCallback((at: CellPosition, cell: OpenedCell) => {
    setSpot(at);
    setOpened(cell);
  }, []);
  const cellAt = ({ row, column }: CellPosition) => {
    const name = columns[column]?.name;
    return name === undefined ? undefined : rows[row]?.cells[name];
  };
  const isFilled = (at: CellPosition) => cellAt(at) !== undefined;
  const size = { rows: rows.length, columns: columns.length };
  const current = spot && isFilled(spot) ? spot : firstCell(size, isFilled);
  const { from, to: end, above, below } = rowWindow({ ...view, rowHeight: ROW_HEIGHT, count: rows.length });
  const measure = (element: HTMLElement) => setView({ scrollTop: element.scrollTop, height: element.clientHeight });
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const watcher = new ResizeObserver(() => setView({ scrollTop: element.scrollTop, height: element.clientHeight }));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  const go = (next: CellPosition | null) => {
    const element = frame.current;
    if (!next || !element) return;
    setSpot(next);
    wanted.current = next;
    const top = next.row * ROW_HEIGHT;
    const room = element.clientHeight - ROW_HEIGHT;
    if (top >= element.scrollTop && top <= element.scrollTop + room) return;
    element.scrollTop = Math.max(0, top - room / 2);
    measure(element);
  };
  // The cell may be in a row that is drawn only now.
  useEffect(() => {
    if (wanted.current && frame.current && focusCell(frame.current, wanted.current)) wanted.current = null;
  });
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!current || event.metaKey || event.altKey || !(event.target instanceof HTMLElement) || event.target.dataset["cell"] === undefined)
      return;
    const next = nextCell(event, current, size, isFilled);
    if (!next) return;
    event.preventDefault();
    go(next);
  };
  useShortcuts("Board", [
    { keys: "j", label: "Next cell below; arrow keys go everywhere", run: () => go(step("ArrowDown")) },
    { keys: "k", label: "Next cell above", run: () => go(step("ArrowUp")) },
    { keys: "o", label: "Open the environment in a new tab", run: () => openApart() },
  ]);
  const isWithin = () => document.activeElement instanceof HTMLElement && document.activeElement.dataset["cell"] !== undefined;
  const step = (key: string) => (current && isWithin() ? nextCell({ key, ctrlKey: false }, current, size, isFilled) : current);
  const openApart = () => {
    if (isWithin() && document.activeElement instanceof HTMLAnchorElement) window.open(document.activeElement.href, "_blank", "noopener");
  };
  const close = () => {
    setOpened(null);
    wanted.current = current;
  };
  return (
    <>
      <div ref={frame} className={classes["frame"]} onScroll={(event) => measure(event.currentTarget)}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys pressed on its cells */}
        <table className={classes["table"]} aria-rowcount={rows.length + 1} aria-label="What is where" onKeyDown={onKeyDown}>
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col" className={classes["corner"]}>
                Project
              </th>
              {columns.map(({ name, projects, isPinned, links }) => (
                <th key={name} scope="col" data-pinned={isPinned || undefined}>
                  <div className={classes["head"]}>
                    <PageLink
                      href={to.environment(name)}
                      className="cut"
                      title={`${name}: ${projects} ${projects === 1 ? "project" : "projects"}`}
                    >
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
        <span className={classes["drift"]} data-state="behind">
          ↓12, 5 d
        </span>{" "}
        the next environment is 12 commits and 5 days behind;{" "}
        <span className={classes["drift"]} data-state="ahead">
          ↑
        </span>{" "}
        it is ahead. Arrow keys move, <kbd>Enter</kbd> opens the history.
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

/** Takes the room of the rows that are not drawn. */
function Spacer({ height }: { readonly height: number }) {
  return (
    <tr aria-hidden="true">
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- it is empty, and nothing to act on */}
      <td style={{ height, padding: 0 }} />
    </tr>
  );
}

/** Answers whether the cell is drawn, and has the focus now. */
function focusCell(frame: HTMLElement, { row, column }: CellPosition): boolean {
  const cell = frame.querySelector<HTMLElement>(`[data-spot="${row} ${column}"] [data-cell]`);
  cell?.focus();
  return cell !== null;
}

/** Where each change of a column leads; what is not possible is left out. */
type ColumnLinks = Readonly<Partial<Record<ColumnChange, string>>>;

const CHANGES: readonly { readonly change: ColumnChange; readonly label: string; readonly icon: typeof IconPin }[] = [
  { change: "left", label: "Move left", icon: IconArrowLeft },
  { change: "right", label: "Move right", icon: IconArrowRight },
  { change: "pin", label: "Pin as first", icon: IconPin },
  { change: "unpin", label: "Unpin", icon: IconPinnedOff },
  { change: "hide", label: "Leave out", icon: IconEyeOff },
];

/** What can be done with a column: all of it changes the address, and nothing for anybody else. */
function ColumnMenu({ name, isPinned, links }: { readonly name: string; readonly isPinned: boolean; readonly links: ColumnLinks }) {
  const entries = CHANGES.flatMap(({ change, label, icon: Icon }) => {
    const href = links[change];
    return href === undefined ? [] : [{ kind: "link" as const, label, href, icon: <Icon size={14} aria-hidden="true" /> }];
  });
  const icon = isPinned ? <IconPin size={14} aria-hidden="true" /> : <IconDots size={14} aria-hidden="true" />;
  return <LinkMenu isQuiet icon={icon} label={`Column ${name}${isPinned ? ", pinned" : ""}`} entries={entries} />;
}

/** Rows to draw, and what room those left out above and below take, in pixels. */
export type RowWindow = { readonly from: number; readonly to: number; readonly above: number; readonly below: number };

type Viewport = {
  /** Of the scrolled area: how far it is scrolled, and how much of it is seen. */
  readonly scrollTop: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly count: number;
};

/** So few rows are always drawn at once, which lets the browser find text in them. */
export const VIRTUALIZE_ABOVE = 60;

/** Rows drawn above and below those seen, so that a key or a turn of the wheel finds them there. */
const OVERSCAN = 12;

/** Which of many rows of one height to draw: those seen and some around them. */
export function rowWindow({ scrollTop, height, rowHeight, count }: Viewport): RowWindow {
  if (count <= VIRTUALIZE_ABOVE) return { from: 0, to: count, above: 0, below: 0 };
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const seen = Math.ceil(height / rowHeight);
  const from = Math.min(Math.max(0, first - OVERSCAN), Math.max(0, count - seen));
  const to = Math.min(count, first + seen + OVERSCAN);
  return { from, to, above: from * rowHeight, below: (count - to) * rowHeight };
}
