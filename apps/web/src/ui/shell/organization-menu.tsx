"use client";

import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import classes from "./organization-menu.module.css";
import type { OpenedOrganizationMenu } from "./opened-organization-menu.tsx";
import { OrganizationLabel } from "./organization-name.tsx";

type OrganizationLink = { readonly slug: string; readonly name: string };

/** The organization the page is of, and the way to the viewer's others, which is loaded when somebody opens it. */
export function OrganizationMenu({ current, others }: { readonly current: OrganizationLink; readonly others: readonly OrganizationLink[] }) {
  const [Opened, setOpened] = useState<typeof OpenedOrganizationMenu | null>(null);
  if (others.length === 0) return <p className={classes["name"]}>{current.name}</p>;
  if (Opened) return <Opened name={current.name} others={others} />;
  return (
    <UnstyledButton
      className={classes["name"]}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => void import("./opened-organization-menu.tsx").then((module) => setOpened(() => module.OpenedOrganizationMenu))}
    >
      <OrganizationLabel name={current.name} />
    </UnstyledButton>
  );
}
