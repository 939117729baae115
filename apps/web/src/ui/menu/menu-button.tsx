"use client";

import { Button, type ButtonProps } from "@mantine/core";
import type { ComponentPropsWithRef, ReactNode } from "react";

type MenuButtonProps = ComponentPropsWithRef<"button"> & { readonly icon: ReactNode; readonly label: string; readonly isQuiet?: boolean };

const QUIET: ButtonProps = { variant: "subtle", color: "gray", size: "compact-xs" };

/** The button of a menu: with its label, or with only its icon if `isQuiet`. */
export function MenuButton({ icon, label, isQuiet = false, ...rest }: MenuButtonProps) {
  if (isQuiet) {
    return (
      <Button {...QUIET} {...rest} aria-label={label} title={label}>
        {icon}
      </Button>
    );
  }
  return (
    <Button variant="default" leftSection={icon} {...rest}>
      {label}
    </Button>
  );
}
