"use client";

import { Menu, UnstyledButton } from "@mantine/core";
import Link from "next/link";
import { addresses } from "../addresses.ts";
import classes from "./organization-menu.module.css";
import { OrganizationName } from "./organization-name.tsx";

type Named = { readonly slug: string; readonly name: string };

/** The viewer's other organizations, open at first. */
export function OpenedOrganizationMenu({ name, others }: { readonly name: string; readonly others: readonly Named[] }) {
  return (
    <Menu position="bottom-start" width={220} defaultOpened>
      <Menu.Target>
        <UnstyledButton className={classes["name"]}>
          <OrganizationName name={name} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map(({ slug, name }) => (
          <Menu.Item key={slug} component={Link} href={addresses(slug).home} prefetch={false}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
