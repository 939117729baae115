"use client";

import { UnstyledButton } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import classes from "./organization-menu.module.css";
import { OrganizationName } from "./organization-name.tsx";

const load = () => import("./opened-organization-menu.tsx").then((module) => module.OpenedOrganizationMenu);
const OpenedOrganizationMenu = dynamic(load, { ssr: false });

type Named = { readonly slug: string; readonly name: string };

/** The organization the page is of, and the way to the viewer's others, which is loaded when somebody opens it. */
export function OrganizationMenu({ current, others }: { readonly current: Named; readonly others: readonly Named[] }) {
  const [isOpened, setOpened] = useState(false);
  if (others.length === 0) return <p className={classes["name"]}>{current.name}</p>;
  if (isOpened) return <OpenedOrganizationMenu name={current.name} others={others} />;
  return (
    <UnstyledButton
      className={classes["name"]}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => void load().then(() => setOpened(true))}
    >
      <OrganizationName name={current.name} />
    </UnstyledButton>
  );
}
