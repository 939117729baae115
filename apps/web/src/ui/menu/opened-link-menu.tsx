"use client";

import { Menu } from "@mantine/core";
import { useRef } from "react";
import { PageLink } from "../links.tsx";
import type { LinkMenuProps, MenuEntry } from "./link-menu.tsx";
import { MenuButton } from "./menu-button.tsx";
import classes from "./opened-link-menu.module.css";

/** A menu that is initially open, with its button. */
export function OpenedLinkMenu({ entries, ...button }: LinkMenuProps) {
  const target = useRef<HTMLButtonElement>(null);
  return (
    // This replaces the button that had the focus, so the focus returns to the new button.
    <Menu position="bottom-end" defaultOpened returnFocus={false} onClose={() => target.current?.focus({ preventScroll: true })}>
      <Menu.Target>
        <MenuButton ref={target} {...button} />
      </Menu.Target>
      <Menu.Dropdown className={classes["entries"]}>
        {entries.map((entry) => (
          <Entry key={`${entry.kind} ${entry.label}`} entry={entry} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Entry({ entry }: { readonly entry: MenuEntry }) {
  const { label, note, icon } = entry;
  if (entry.kind === "heading") return <Menu.Label>{label}</Menu.Label>;
  const text = (
    <>
      {label}
      {note !== undefined && <span className="soft"> {note}</span>}
    </>
  );
  if (entry.kind === "action")
    return (
      <Menu.Item leftSection={icon} onClick={entry.run}>
        {text}
      </Menu.Item>
    );
  return (
    <Menu.Item component={PageLink} href={entry.href} scroll={false} leftSection={icon} aria-current={entry.isCurrent ? "true" : undefined}>
      {text}
    </Menu.Item>
  );
}
