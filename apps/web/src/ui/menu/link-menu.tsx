"use client";

import { type ComponentType, type ReactNode, useState } from "react";
import { MenuButton } from "./menu-button.tsx";

const load = () => import("./opened-link-menu.tsx").then((module) => module.OpenedLinkMenu);

/** A menu entry: a link, an action, or a heading for the entries that follow. */
export type MenuEntry = { readonly label: string; readonly note?: string | undefined; readonly icon?: ReactNode } & (
  | { readonly kind: "link"; readonly href: string; readonly isCurrent?: boolean }
  | { readonly kind: "action"; readonly run: () => void }
  | { readonly kind: "heading" }
);

export type LinkMenuProps = {
  readonly icon: ReactNode;
  /** The name of the button; shown unless it is `isQuiet`. */
  readonly label: string;
  /** Whether to render a small button with only the icon, for places with many. */
  readonly isQuiet?: boolean;
  readonly entries: readonly MenuEntry[];
};

/** A button with a menu, whose code is loaded when the first one is opened. */
export function LinkMenu(menu: LinkMenuProps) {
  // In state and not a lazy component, which would render nothing while it loads.
  const [Opened, setOpened] = useState<ComponentType<LinkMenuProps> | null>(null);
  if (Opened) return <Opened {...menu} />;
  const open = () => void load().then((loaded) => setOpened(() => loaded));
  const { entries: _entries, ...button } = menu;
  return <MenuButton {...button} aria-haspopup="menu" aria-expanded={false} onClick={open} />;
}
