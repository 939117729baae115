"use client";

import { Button } from "@mantine/core";
import Form from "next/form";
import { type ReactNode, useRef } from "react";
import { useShortcuts } from "../keyboard/shortcuts.ts";
import classes from "./search-form.module.css";

type SearchFormProps = {
  /** Where the list is; what was typed goes there as `q`. */
  readonly action: string;
  readonly text: string;
  /** What can be typed, for whoever does not see the field's place. */
  readonly label: string;
  readonly placeholder: string;
  /** Fields besides, such as a filter that stays. */
  readonly children?: ReactNode;
};

/** The field a page's own list is searched with; `/` leads there. A plain form, which works without scripts. */
export function SearchForm({ action, text, label, placeholder, children }: SearchFormProps) {
  const input = useRef<HTMLInputElement>(null);
  useShortcuts("This page", [{ keys: "/", label, run: () => input.current?.select() }]);
  return (
    <search>
      <Form action={action} className={classes["form"]} prefetch={false}>
        <input
          // A page for another text has another field.
          key={text}
          ref={input}
          type="search"
          name="q"
          defaultValue={text}
          maxLength={200}
          aria-label={label}
          placeholder={placeholder}
          className={classes["input"]}
          autoComplete="off"
          spellCheck={false}
        />
        {children}
        <Button type="submit" variant="default">
          Search
        </Button>
      </Form>
    </search>
  );
}
