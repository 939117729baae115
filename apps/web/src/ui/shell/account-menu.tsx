"use client";

import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { AccountLabel } from "./account-face.tsx";
import classes from "./account-menu.module.css";
import type { OpenedAccountMenu } from "./opened-account-menu.tsx";

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
