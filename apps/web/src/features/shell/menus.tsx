"use client";

import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { AccountLabel, OrganizationLabel } from "./menu-labels.tsx";
import type { OpenedAccountMenu } from "./opened-account-menu.tsx";
import type { OpenedOrganizationMenu } from "./opened-organization-menu.tsx";
import classes from "./account-menu.module.css";
import organizationMenuClasses from "./organization-menu.module.css";

type AccountMenuProps = { readonly name: string; readonly email: string };

/** The button of the viewer's own menu, which is loaded when somebody opens it. */
export function AccountMenu(me: AccountMenuProps) {
  const [Opened, setOpened] = useState<typeof OpenedAccountMenu | null>(null);
  if (Opened) return <Opened {...me} />;
  return (
    <UnstyledButton
      className={classes["me"]}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => void import("./opened-account-menu.tsx").then((module) => setOpened(() => module.OpenedAccountMenu))}
    >
      <AccountLabel {...me} />
    </UnstyledButton>
  );
}

type OrganizationLink = { readonly slug: string; readonly name: string };

/** The organization the page is of, and the way to the viewer's others, which is loaded when somebody opens it. */
export function OrganizationMenu({
  current,
  others,
}: {
  readonly current: OrganizationLink;
  readonly others: readonly OrganizationLink[];
}) {
  const [Opened, setOpened] = useState<typeof OpenedOrganizationMenu | null>(null);
  if (others.length === 0) return <p className={organizationMenuClasses["name"]}>{current.name}</p>;
  if (Opened) return <Opened name={current.name} others={others} />;
  return (
    <UnstyledButton
      className={organizationMenuClasses["name"]}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => void import("./opened-organization-menu.tsx").then((module) => setOpened(() => module.OpenedOrganizationMenu))}
    >
      <OrganizationLabel name={current.name} />
    </UnstyledButton>
  );
}
