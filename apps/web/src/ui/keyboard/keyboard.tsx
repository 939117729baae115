"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { shortcutMatcher } from "./key-sequence.ts";
import { shortcutGroups, useShortcuts } from "./shortcuts.ts";

const ShortcutList = dynamic(() => import("./shortcut-list.tsx").then((module) => module.ShortcutList), { ssr: false });

/** Listens to the keys of the whole page, and lists on `?` what they do. Keys typed into a field are left to it. */
export function Keyboard() {
  const [isListed, setListed] = useState(false);
  const [wasListed, setWasListed] = useState(false);
  const list = () => {
    setWasListed(true);
    setListed(true);
  };
  useShortcuts("Help", [{ keys: "?", label: "List the keys of this page", run: list }]);
  useEffect(() => {
    const next = shortcutMatcher();
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || (isTyped(event) && !(event.ctrlKey || event.metaKey)) || isDialogOpen()) return;
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
  // Kept once it was opened: it gives the focus back when it closes.
  return wasListed ? <ShortcutList opened={isListed} onClose={() => setListed(false)} /> : null;
}

const isTyped = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"));

const isDialogOpen = (): boolean => document.querySelector("[role=dialog], [role=menu]") !== null;

/** Keys to walk the rows of the page's list: each row is marked `data-row`, and its main link `data-open`. */
export function RowKeys() {
  useShortcuts("List", [
    { keys: "j", label: "Next row; Enter opens it", run: () => move(1) },
    { keys: "k", label: "Row before", run: () => move(-1) },
    { keys: "x", label: "Select the row", run: () => currentRow()?.querySelector<HTMLInputElement>("input[type=checkbox]")?.click() },
    { keys: "o", label: "Open in a new tab", run: () => openApart(currentRow()) },
  ]);
  useEffect(() => {
    // Whoever comes back goes on where they were.
    if (document.activeElement === document.body) linkTo(takeOpenedRow(location.href))?.focus();
    document.addEventListener("click", onClick, true);
    return () => document.removeEventListener("click", onClick, true);
  }, []);
  return null;
}

function onClick({ target }: MouseEvent): void {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>("[data-row] a[data-open]") : null;
  if (link) rememberOpenedRow(location.href, link.href);
}

const linkTo = (href: string | null): HTMLAnchorElement | undefined =>
  href === null
    ? undefined
    : [...document.querySelectorAll<HTMLAnchorElement>("[data-row] a[data-open]")].find((link) => link.href === href);

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-row]")];

const currentRow = (): HTMLElement | null => document.activeElement?.closest<HTMLElement>("[data-row]") ?? null;

/** From no row, `j` goes to the first and `k` to the last. */
function move(step: 1 | -1): void {
  const all = rows();
  const current = currentRow();
  const at = current ? all.indexOf(current) + step : step === 1 ? 0 : all.length - 1;
  all[at]?.querySelector<HTMLElement>("[data-open]")?.focus();
}

function openApart(row: HTMLElement | null): void {
  const link = row?.querySelector<HTMLAnchorElement>("a[data-open]");
  if (link) window.open(link.href, "_blank", "noopener");
}

/** The row that was opened last in each list, by their addresses. */
const opened = new Map<string, string>();

let isBack = false;

/** Remembers which row of the list at an address was opened. */
export function rememberOpenedRow(list: string, row: string): void {
  opened.set(list, row);
  isBack = false;
}

/** Says that somebody went back, or forward. */
export function onHistoryNavigation(): void {
  isBack = true;
}

/** The address of the row to go on from: whoever goes back to a list is told once which row they opened there last. */
export function takeOpenedRow(list: string): string | null {
  if (!isBack) return null;
  const row = opened.get(list) ?? null;
  if (row !== null) isBack = false;
  return row;
}
