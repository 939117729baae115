import type { ReactNode } from "react";
import classes from "./chip.module.css";

type ChipProps = { readonly tone?: "plain" | "ok" | "warn" | "bad" | "info"; readonly title?: string; readonly children: ReactNode };

/** A short label in a small frame: a state, an environment with a time. */
export function Chip({ tone = "plain", title, children }: ChipProps) {
  return (
    <span className={classes["chip"]} data-tone={tone} title={title}>
      {children}
    </span>
  );
}
