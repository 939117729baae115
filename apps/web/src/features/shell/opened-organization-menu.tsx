"use client";

import { Menu, UnstyledButton } from "@mantine/core";
import Link from "next/link";
import { organizationUrls } from "#ui/organization-urls.ts";
import { OrganizationLabel } from "./menu-labels.tsx";
import classes from "./menus.module.css";

type OrganizationLink = { readonly slug: string; readonly name: string };

/** The menu of the viewer's other organizations, initially open. */
export function OpenedOrganizationMenu({ name, others }: { readonly name: string; readonly others: readonly OrganizationLink[] }) {
  return (
    <Menu position="bottom-start" width={220} defaultOpened>
      <Menu.Target>
        <UnstyledButton className={classes["organization"]}>
          <OrganizationLabel name={name} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map(({ slug, name }) => (
          <Menu.Item key={slug} component={Link} href={organizationUrls(slug).home} prefetch={false}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
