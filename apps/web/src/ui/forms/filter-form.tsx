"use client";

import { useRouter } from "next/navigation";
import { type ChangeEvent, type FormEvent, type ReactNode, useTransition } from "react";
import classes from "./filter-form.module.css";

type FilterFormProps = {
  /** The page's URL without a query. */
  readonly path: string;
  readonly label: string;
  readonly children: ReactNode;
};

/** The filters of a list: a select applies at once, text with Enter. Without scripts there is a submit button. */
export function FilterForm({ path, label, children }: FilterFormProps) {
  const router = useRouter();
  const [isLoading, load] = useTransition();
  const apply = (form: HTMLFormElement) => {
    const fields = [...new FormData(form)].flatMap(([name, value]) => (typeof value === "string" && value !== "" ? [[name, value]] : []));
    load(() => router.push(`${path}?${new URLSearchParams(fields).toString() || "view=all"}`, { scroll: false }));
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    apply(event.currentTarget);
  };
  const onChange = ({ target, currentTarget }: ChangeEvent<HTMLFormElement>) => {
    // Not date fields: they change with each part that is typed.
    if (target instanceof HTMLSelectElement) apply(currentTarget);
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
          <button type="submit">Apply</button>
        </noscript>
      </form>
    </search>
  );
}
