"use client";

import { useRouter } from "next/navigation";
import { type ChangeEvent, type FormEvent, type ReactNode, useTransition } from "react";
import { filtersQuery, parseSavedView } from "./list-address.ts";
import { queryString } from "../../../../ui/addresses.ts";

type FilterFormProps = {
  /** The page's address without a query. */
  readonly path: string;
  readonly className: string | undefined;
  readonly children: ReactNode;
};

/** The form that says what the list shows: choices take effect at once, text with Enter. Without scripts a button sends it. */
export function FilterForm({ path, className, children }: FilterFormProps) {
  const router = useRouter();
  const [isLoading, load] = useTransition();
  const show = (form: HTMLFormElement) => {
    const said = new URLSearchParams(
      [...new FormData(form)].map(([name, value]): [string, string] => [name, typeof value === "string" ? value : ""]),
    );
    load(() => router.push(path + queryString(filtersQuery(parseSavedView(said.toString()))), { scroll: false }));
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    show(event.currentTarget);
  };
  const onChange = ({ target, currentTarget }: ChangeEvent<HTMLFormElement>) => {
    if (target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && target.type === "checkbox" && target.name !== ""))
      show(currentTarget);
  };
  return (
    <search>
      <form action={path} method="get" className={className} onSubmit={onSubmit} onChange={onChange} aria-busy={isLoading}>
        {children}
      </form>
    </search>
  );
}
