"use client";

import { UnstyledButton } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { AccountFace } from "./account-face.tsx";
import classes from "./account-menu.module.css";

const load = () => import("./opened-account-menu.tsx").then((module) => module.OpenedAccountMenu);
const OpenedAccountMenu = dynamic(load, { ssr: false });

type AccountMenuProps = { readonly name: string; readonly email: string };

/** The button of the viewer's own menu, which is loaded when somebody opens it. */
export function AccountMenu(me: AccountMenuProps) {
  const [isOpened, setOpened] = useState(false);
  if (isOpened) return <OpenedAccountMenu {...me} />;
  return (
    <UnstyledButton
      className={classes["me"]}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => void load().then(() => setOpened(true))}
    >
      <AccountFace {...me} />
    </UnstyledButton>
  );
}
