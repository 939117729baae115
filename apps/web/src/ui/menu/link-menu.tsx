"use client";

import { type ComponentType, type ReactNode, useState } from "react";
import { MenuButton } from "./menu-button.tsx";

const load = () => import("./opened-link-menu.tsx").then((module) => module.OpenedLinkMenu);

/** A line of a menu: a way to another address, something to do, or a heading over the lines that follow. */
export type MenuEntry = { readonly label: string; readonly note?: string | undefined; readonly icon?: ReactNode } & (
  | { readonly kind: "way"; readonly href: string; readonly isCurrent?: boolean }
  | { readonly kind: "deed"; readonly run: () => void }
  | { readonly kind: "heading" }
);

export type LinkMenuProps = {
  readonly icon: ReactNode;
  /** What the button is called; shown unless it is `isQuiet`. */
  readonly label: string;
  /** A small button, for a place where there are many. */
  readonly isQuiet?: boolean;
  readonly entries: readonly MenuEntry[];
};

/** A button with a menu below it, which is loaded when somebody opens the first one. */
export function LinkMenu(menu: LinkMenuProps) {
  // Kept here and not as a lazy component, in whose place nothing would stand for a moment.
  const [Opened, setOpened] = useState<ComponentType<LinkMenuProps> | null>(null);
  if (Opened) return <Opened {...menu} />;
  const open = () => void load().then((loaded) => setOpened(() => loaded));
  const { entries: _entries, ...button } = menu;
  return <MenuButton {...button} aria-haspopup="menu" aria-expanded={false} onClick={open} />;
}
