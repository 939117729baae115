"use client";

import { useRouter } from "next/navigation";
import { type ChangeEvent, type FormEvent, type ReactNode, useTransition } from "react";
import classes from "./filter-form.module.css";

type FilterFormProps = {
  /** The page's address without a query. */
  readonly path: string;
  readonly label: string;
  readonly children: ReactNode;
};

/** What a list shows, chosen from a few: a choice takes effect at once, text with Enter. Without scripts a button sends it. */
export function FilterForm({ path, label, children }: FilterFormProps) {
  const router = useRouter();
  const [isLoading, load] = useTransition();
  const show = (form: HTMLFormElement) => {
    const said = [...new FormData(form)].flatMap(([name, value]) => (typeof value === "string" && value !== "" ? [[name, value]] : []));
    load(() => router.push(`${path}?${new URLSearchParams(said).toString() || "view=all"}`, { scroll: false }));
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    show(event.currentTarget);
  };
  const onChange = ({ target, currentTarget }: ChangeEvent<HTMLFormElement>) => {
    // A date is typed part by part, and each of them makes another one.
    if (target instanceof HTMLSelectElement) show(currentTarget);
  };
  return (
    <search>
      <form
        action={path}
        method="get"
        aria-label={label}
        className={classes["form"]}
        onSubmit={onSubmit}
        onChange={onChange}
        aria-busy={isLoading}
      >
        {children}
        <noscript>
          <button type="submit">Show</button>
        </noscript>
      </form>
    </search>
  );
}
