"use client";

import { useEffect } from "react";
import { rememberOpenedRow, takeOpenedRow } from "./opened-row.ts";
import { useShortcuts } from "./shortcuts.ts";

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
