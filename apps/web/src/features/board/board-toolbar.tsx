"use client";

import { Checkbox } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconColumns, IconPlus } from "@tabler/icons-react";
import { type FormEvent, type ReactNode, useEffect, useRef } from "react";
import { useFilterNavigation } from "#ui/forms/filter-form.tsx";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import { LinkMenu } from "#ui/menu/link-menu.tsx";
import classes from "./board-toolbar.module.css";

type BoardToolbarProps = {
  readonly filter: string;
  readonly isDrift: boolean;
  /** The board's URL without a query. */
  readonly path: string;
  /** Fields of the query that this form does not change. */
  readonly otherFields: readonly (readonly [name: string, value: string])[];
  /** Environments without a column, with the URL that adds one. */
  readonly otherEnvironments: readonly { readonly name: string; readonly href: string; readonly isHidden: boolean }[];
  /** URL of the board with its default columns; null if it has those. */
  readonly defaultColumnsHref: string | null;
  readonly children: ReactNode;
};

/** Delay of the filter after the last key, in milliseconds. */
const DEBOUNCE_MS = 250;

/** The filters, columns, and views of the board. Works without scripts as a plain form. */
export function BoardToolbar({ filter, isDrift, path, otherFields, otherEnvironments, defaultColumnsHref, children }: BoardToolbarProps) {
  const { isLoading, apply } = useFilterNavigation(path, { replaces: true });
  const form = useRef<HTMLFormElement>(null);
  const applyForm = () => form.current && apply(form.current);
  const applyLater = useDebouncedCallback(applyForm, DEBOUNCE_MS);
  useEffect(() => {
    const text = form.current?.querySelector<HTMLInputElement>("input[name=q]");
    const box = form.current?.querySelector<HTMLInputElement>("input[name=drift]");
    // While the user is typing, the field is ahead of the URL.
    if (text && document.activeElement !== text) text.value = filter;
    if (box) box.checked = isDrift;
  }, [filter, isDrift]);
  const applyNow = () => {
    applyLater.cancel();
    applyForm();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    applyNow();
  };
  const field = (name: string) => form.current?.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  useShortcuts("Board", [
    { keys: "f", label: "Filter projects", run: () => field("q")?.focus() },
    { keys: "d", label: "Show only projects with drift, or all", run: () => field("drift")?.click() },
  ]);
  return (
    <div className={`row spread ${classes["bar"]}`}>
      <search>
        <form ref={form} action={path} method="get" onSubmit={onSubmit} aria-busy={isLoading} className="row">
          {otherFields.map(([name, value]) => (
            <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
          ))}
          <input
            type="text"
            name="q"
            defaultValue={filter}
            placeholder="Filter projects"
            aria-label="Filter projects"
            autoComplete="off"
            onChange={applyLater}
          />
          <Checkbox name="drift" value="1" label="Only drift" defaultChecked={isDrift} onChange={applyNow} />
          <noscript>
            <button type="submit">Apply</button>
          </noscript>
        </form>
      </search>
      <div className="row">
        {(otherEnvironments.length > 0 || defaultColumnsHref !== null) && (
          <LinkMenu
            label="Columns"
            icon={<IconColumns size={14} aria-hidden="true" />}
            entries={[
              ...(defaultColumnsHref === null ? [] : [{ kind: "link" as const, label: "Default columns", href: defaultColumnsHref }]),
              ...(otherEnvironments.length === 0 ? [] : [{ kind: "heading" as const, label: "Not shown" }]),
              ...otherEnvironments.map(({ name, href, isHidden }) => ({
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
