"use client";

import { ActionIcon, Menu } from "@mantine/core";
import { IconArrowLeft, IconArrowRight, IconDots, IconEyeOff, IconPin, IconPinnedOff } from "@tabler/icons-react";
import { PageLink } from "../../../../ui/page-link.tsx";
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
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Column ${name}${isPinned ? ", pinned" : ""}`}>
          {isPinned ? <IconPin size={14} aria-hidden="true" /> : <IconDots size={14} aria-hidden="true" />}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {CHANGES.map(({ change, label, icon: Icon }) => {
          const href = links[change];
          return (
            href !== undefined && (
              <Menu.Item key={change} component={PageLink} href={href} scroll={false} leftSection={<Icon size={14} aria-hidden="true" />}>
                {label}
              </Menu.Item>
            )
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
