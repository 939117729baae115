"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { useReturnFocus } from "./use-return-focus.ts";
import { shortcutMatcher } from "./key-sequence.ts";
import { shortcutGroups, useShortcuts } from "./shortcuts.ts";

const ShortcutList = dynamic(() => import("./shortcut-list.tsx").then((module) => module.ShortcutList), { ssr: false });

/** Handles the keyboard shortcuts of the page and lists them on `?`. Ignores keys typed into a field. */
export function Keyboard() {
  const [isListed, setListed] = useState(false);
  const [wasListed, setWasListed] = useState(false);
  const focusedRef = useReturnFocus<HTMLElement>(isListed);
  const list = () => {
    focusedRef.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setWasListed(true);
    setListed(true);
  };
  useShortcuts("Help", [{ keys: "?", label: "Show keyboard shortcuts", run: list }]);
  useEffect(() => {
    const next = shortcutMatcher();
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || (isTyped(event) && !(event.ctrlKey || event.metaKey)) || isDialogOpen()) return;
      if (event.key === " " && !isRowLink(event)) return;
      const { key, ctrlKey, metaKey, altKey, timeStamp: at } = event;
      const found = next(
        { key, ctrlKey, metaKey, altKey, at },
        shortcutGroups().flatMap((group) => group.shortcuts),
      );
      if (!found) return;
      event.preventDefault();
      found.run();
    };
    document.addEventListener("keydown", onKey);
    window.addEventListener("popstate", onHistoryNavigation);
    return () => {
      document.removeEventListener("keydown", onKey);
      window.removeEventListener("popstate", onHistoryNavigation);
    };
  }, []);
  // Stays mounted after it was first opened, since it returns the focus when it closes.
  return wasListed ? <ShortcutList opened={isListed} onClose={() => setListed(false)} /> : null;
}

const isTyped = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"));

/** Elsewhere, Space scrolls the page, presses buttons, and checks boxes. */
const isRowLink = ({ target }: KeyboardEvent): boolean => target instanceof HTMLElement && target.matches("[data-row] a[data-open]");

const isDialogOpen = (): boolean => document.querySelector("[role=dialog], [role=menu]") !== null;

/** Keyboard shortcuts for the rows of a list. Each row has the attribute `data-row`, and its main link `data-open`. */
export function RowKeys() {
  useShortcuts("List", [
    { keys: "j", label: "Next row; Enter opens it", run: () => move(1) },
    { keys: "k", label: "Previous row", run: () => move(-1) },
    { keys: "x", label: "Select the row", run: () => currentRow()?.querySelector<HTMLInputElement>("input[type=checkbox]")?.click() },
    { keys: "o", label: "Open in a new tab", run: () => openInNewTab(currentRow()) },
  ]);
  useEffect(() => {
    // After going back, focuses the row that was opened.
    if (document.activeElement === document.body) linkTo(takeOpenedRow(location.href))?.focus();
    document.addEventListener("click", onLinkClick, true);
    return () => document.removeEventListener("click", onLinkClick, true);
  }, []);
  return null;
}

function onLinkClick({ target }: MouseEvent): void {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>("[data-row] a[data-open]") : null;
  if (link) rememberOpenedRow(location.href, link.href);
}

const linkTo = (href: string | null): HTMLAnchorElement | undefined =>
  href === null
    ? undefined
    : [...document.querySelectorAll<HTMLAnchorElement>("[data-row] a[data-open]")].find((link) => link.href === href);

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-row]")];

const currentRow = (): HTMLElement | null => document.activeElement?.closest<HTMLElement>("[data-row]") ?? null;

/** Without a current row, moves to the first (1) or the last row (-1). */
function move(step: 1 | -1): void {
  const all = rows();
  const current = currentRow();
  const at = current ? all.indexOf(current) + step : step === 1 ? 0 : all.length - 1;
  all[at]?.querySelector<HTMLElement>("[data-open]")?.focus();
}

function openInNewTab(row: HTMLElement | null): void {
  const link = row?.querySelector<HTMLAnchorElement>("a[data-open]");
  if (link) window.open(link.href, "_blank", "noopener");
}

/** The URL of the row that was opened last, by the URL of its list. */
const opened = new Map<string, string>();

let isBack = false;

/** Remembers that a row of a list was opened; both are URLs. */
export function rememberOpenedRow(list: string, row: string): void {
  opened.set(list, row);
  isBack = false;
}

/** Called when the user goes back or forward. */
export function onHistoryNavigation(): void {
  isBack = true;
}

/** Returns, once after going back to a list, the URL of the row that was last opened there; otherwise null. */
export function takeOpenedRow(list: string): string | null {
  if (!isBack) return null;
  const row = opened.get(list) ?? null;
  if (row !== null) isBack = false;
  return row;
}
