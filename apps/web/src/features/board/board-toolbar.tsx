"use client";

import { Checkbox } from "@mantine/core";
import { IconColumns, IconPlus } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useEffect, useRef, useTransition } from "react";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import { LinkMenu } from "#ui/menu/link-menu.tsx";
import classes from "./board-toolbar.module.css";

type BoardToolbarProps = {
  readonly filter: string;
  readonly isDrift: boolean;
  /** The board's address without a query, and the fields of the query that this form does not change. */
  readonly path: string;
  readonly kept: readonly (readonly [name: string, value: string])[];
  /** Environments that have no column, with where the board with one more is. */
  readonly leftOut: readonly { readonly name: string; readonly href: string; readonly isHidden: boolean }[];
  /** The board with its usual columns, when it has others. */
  readonly usualHref: string | null;
  readonly children: ReactNode;
};

/** How long after the last key the projects are looked up, in milliseconds. */
const DEBOUNCE_MS = 250;

/** What of the board is shown. Works as a plain form. */
export function BoardToolbar({ filter, isDrift, path, kept, leftOut, usualHref, children }: BoardToolbarProps) {
  const router = useRouter();
  const [isLoading, load] = useTransition();
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    const text = form.current?.querySelector<HTMLInputElement>("input[name=q]");
    const box = form.current?.querySelector<HTMLInputElement>("input[name=drift]");
    // Whoever is still typing is ahead of the address.
    if (text && document.activeElement !== text) text.value = filter;
    if (box) box.checked = isDrift;
  }, [filter, isDrift]);
  const show = () => {
    clearTimeout(timer.current);
    if (!form.current) return;
    const said = [...new FormData(form.current)].flatMap(([name, value]) =>
      typeof value === "string" && value !== "" ? [[name, value]] : [],
    );
    load(() => router.replace(`${path}?${new URLSearchParams(said).toString() || "view=all"}`, { scroll: false }));
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    show();
  };
  const field = (name: string) => form.current?.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  useShortcuts("Board", [
    { keys: "f", label: "Filter the projects", run: () => field("q")?.focus() },
    { keys: "d", label: "Only drift, or all", run: () => field("drift")?.click() },
  ]);
  return (
    <div className={classes["bar"]}>
      <search>
        <form ref={form} action={path} method="get" onSubmit={send} aria-busy={isLoading} className="row">
          {kept.map(([name, value]) => (
            <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
          ))}
          <input
            type="text"
            name="q"
            defaultValue={filter}
            placeholder="Filter projects"
            aria-label="Filter projects"
            autoComplete="off"
            onChange={() => {
              clearTimeout(timer.current);
              timer.current = setTimeout(show, DEBOUNCE_MS);
            }}
          />
          <Checkbox name="drift" value="1" label="Only drift" defaultChecked={isDrift} onChange={show} />
          <noscript>
            <button type="submit">Show</button>
          </noscript>
        </form>
      </search>
      <div className="row">
        {(leftOut.length > 0 || usualHref !== null) && (
          <LinkMenu
            label="Columns"
            icon={<IconColumns size={14} aria-hidden="true" />}
            entries={[
              ...(usualHref === null ? [] : [{ kind: "link" as const, label: "The usual columns", href: usualHref }]),
              ...(leftOut.length === 0 ? [] : [{ kind: "heading" as const, label: "Not shown" }]),
              ...leftOut.map(({ name, href, isHidden }) => ({
                kind: "link" as const,
                label: name,
                href,
                icon: <IconPlus size={14} aria-hidden="true" />,
                note: isHidden ? "(hidden)" : undefined,
              })),
            ]}
          />
        )}
        {children}
      </div>
    </div>
  );
}
