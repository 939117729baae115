"use client";

import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { AccountLabel, OrganizationLabel } from "./menu-labels.tsx";
import type { OpenedAccountMenu } from "./opened-account-menu.tsx";
import type { OpenedOrganizationMenu } from "./opened-organization-menu.tsx";
import classes from "./menus.module.css";

type AccountMenuProps = { readonly name: string; readonly email: string };

/** The button of the account menu, which is loaded when it is first opened. */
export function AccountMenu(viewer: AccountMenuProps) {
  const [Opened, setOpened] = useState<typeof OpenedAccountMenu | null>(null);
  if (Opened) return <Opened {...viewer} />;
  return (
    <UnstyledButton
      className={classes["account"]}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => void import("./opened-account-menu.tsx").then((module) => setOpened(() => module.OpenedAccountMenu))}
    >
      <AccountLabel {...viewer} />
    </UnstyledButton>
  );
}

type OrganizationLink = { readonly slug: string; readonly name: string };

/** The current organization, and a menu of the viewer's others, which is loaded when it is first opened. */
export function OrganizationMenu({
  current,
  others,
}: {
  readonly current: OrganizationLink;
  readonly others: readonly OrganizationLink[];
}) {
  const [Opened, setOpened] = useState<typeof OpenedOrganizationMenu | null>(null);
  if (others.length === 0) return <p className={classes["organization"]}>{current.name}</p>;
  if (Opened) return <Opened name={current.name} others={others} />;
  return (
    <UnstyledButton
      className={classes["organization"]}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => void import("./opened-organization-menu.tsx").then((module) => setOpened(() => module.OpenedOrganizationMenu))}
    >
      <OrganizationLabel name={current.name} />
    </UnstyledButton>
  );
}
