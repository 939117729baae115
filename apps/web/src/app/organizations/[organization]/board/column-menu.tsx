"use client";

import { IconArrowLeft, IconArrowRight, IconDots, IconEyeOff, IconPin, IconPinnedOff } from "@tabler/icons-react";
import { LinkMenu } from "../../../../ui/menu/link-menu.tsx";
import type { ColumnChange } from "./column-order.ts";

/** Where each change of a column leads; what is not possible is left out. */
export type ColumnLinks = Readonly<Partial<Record<ColumnChange, string>>>;

const CHANGES: readonly { readonly change: ColumnChange; readonly label: string; readonly icon: typeof IconPin }[] = [
  { change: "left", label: "Move left", icon: IconArrowLeft },
  { change: "right", label: "Move right", icon: IconArrowRight },
  { change: "pin", label: "Pin as first", icon: IconPin },
  { change: "unpin", label: "Unpin", icon: IconPinnedOff },
  { change: "hide", label: "Leave out", icon: IconEyeOff },
];

/** What can be done with a column: all of it changes the address, and nothing for anybody else. */
export function ColumnMenu({ name, isPinned, links }: { readonly name: string; readonly isPinned: boolean; readonly links: ColumnLinks }) {
  const entries = CHANGES.flatMap(({ change, label, icon: Icon }) => {
    const href = links[change];
    return href === undefined ? [] : [{ kind: "way" as const, label, href, icon: <Icon size={14} aria-hidden="true" /> }];
  });
  const icon = isPinned ? <IconPin size={14} aria-hidden="true" /> : <IconDots size={14} aria-hidden="true" />;
  return <LinkMenu isQuiet icon={icon} label={`Column ${name}${isPinned ? ", pinned" : ""}`} entries={entries} />;
}
