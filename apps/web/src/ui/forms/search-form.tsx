"use client";

import { Button } from "@mantine/core";
import Form from "next/form";
import { type ReactNode, useRef } from "react";
import { useShortcuts } from "../keyboard/shortcuts.ts";
import classes from "./search-form.module.css";

type SearchFormProps = {
  /** The URL of the list, which gets the text as the parameter `q`. */
  readonly action: string;
  readonly text: string;
  /** The accessible name: what can be searched for. */
  readonly label: string;
  readonly placeholder: string;
  /** Other fields, such as a filter to keep. */
  readonly children?: ReactNode;
};

/** Searches the list of a page; `/` focuses the field. A plain form, so that it works without scripts. */
export function SearchForm({ action, text, label, placeholder, children }: SearchFormProps) {
  const input = useRef<HTMLInputElement>(null);
  useShortcuts("This page", [{ keys: "/", label, run: () => input.current?.select() }]);
  return (
    <search>
      <Form action={action} className={classes["form"]} prefetch={false}>
        <input
          // Resets the field when the text of the URL changes.
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
