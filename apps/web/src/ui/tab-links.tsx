"use client";

import { useRouter } from "next/navigation";
import { useShortcuts } from "./keyboard/shortcuts.ts";
import { PageLink } from "./links.tsx";
import { useCurrentInView } from "./use-current-in-view.ts";
import classes from "./tab-links.module.css";

type Tab = {
  readonly name: string;
  readonly href: string;
  readonly isCurrent: boolean;
  /** The shortcut that opens it. */
  readonly keys: string;
  readonly count?: number | undefined;
};

type TabLinksProps = {
  /** The accessible name, and the name of the group of shortcuts. */
  readonly label: string;
  readonly tabs: readonly Tab[];
  /** Whether tabs wrap into lines on a narrow screen, instead of scrolling. */
  readonly wraps?: boolean;
  /** Whether the page keeps its scroll position when a tab is opened. */
  readonly keepsScroll?: boolean;
};

/** Links to the pages of a section, as tabs with keyboard shortcuts. */
export function TabLinks({ label, tabs, wraps = false, keepsScroll = false }: TabLinksProps) {
  const router = useRouter();
  const list = useCurrentInView(tabs.findIndex(({ isCurrent }) => isCurrent));
  useShortcuts(
    label,
    tabs.map(({ name, href, keys }) => ({ keys, label: name, run: () => router.push(href) })),
  );
  return (
    <nav aria-label={label} className={classes["tabs"]} data-wraps={wraps || undefined}>
      <ul ref={list}>
        {tabs.map(({ name, href, isCurrent, keys, count }) => (
          <li key={name}>
            <PageLink href={href} aria-current={isCurrent ? "page" : undefined} title={`${name} (${keys})`} scroll={!keepsScroll}>
              {name}
              {count !== undefined && <small>{count}</small>}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
