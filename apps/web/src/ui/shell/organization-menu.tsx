"use client";

import { Menu, UnstyledButton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import Link from "next/link";
import { addresses } from "../addresses.ts";
import classes from "./organization-menu.module.css";

type Named = { readonly slug: string; readonly name: string };

/** The organization the page is of, and the way to the viewer's others. */
export function OrganizationMenu({ current, others }: { readonly current: Named; readonly others: readonly Named[] }) {
  if (others.length === 0) return <p className={classes["name"]}>{current.name}</p>;
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.Target>
        <UnstyledButton className={classes["name"]}>
          <span className="cut">
            <span className="unseen">Organization </span>
            {current.name}
            <span className="unseen">; choose another</span>
          </span>
          <IconChevronDown size={14} aria-hidden="true" />
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
