"use client";

import { Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun, IconUser } from "@tabler/icons-react";
import Link from "next/link";
import { useTransition } from "react";
import { signOut } from "#features/sign-in/actions.ts";
import { AccountLabel } from "./menu-labels.tsx";
import classes from "./menus.module.css";

/** The account menu, initially open: account page, color scheme, sign-out. */
export function OpenedAccountMenu({ name, email }: { readonly name: string; readonly email: string }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [isLeaving, leave] = useTransition();
  const schemes = [
    { value: "light", label: "Light", icon: <IconSun size={14} aria-hidden="true" /> },
    { value: "dark", label: "Dark", icon: <IconMoon size={14} aria-hidden="true" /> },
    { value: "auto", label: "System", icon: <IconDeviceDesktop size={14} aria-hidden="true" /> },
  ] as const;
  return (
    <Menu position="top-start" width={200} defaultOpened>
      <Menu.Target>
        <UnstyledButton className={classes["account"]}>
          <AccountLabel name={name} email={email} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{email}</Menu.Label>
        <Menu.Item component={Link} href="/account" prefetch={false} leftSection={<IconUser size={14} aria-hidden="true" />}>
          Account
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Color scheme</Menu.Label>
        {schemes.map(({ value, label, icon }) => (
          <Menu.Item key={value} leftSection={icon} onClick={() => setColorScheme(value)} rightSection={colorScheme === value ? "✓" : null}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item disabled={isLeaving} onClick={() => leave(() => signOut())} leftSection={<IconLogout size={14} aria-hidden="true" />}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
