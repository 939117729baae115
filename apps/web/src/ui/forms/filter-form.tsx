"use client";

import { useRouter } from "next/navigation";
import { type ChangeEvent, type FormEvent, type ReactNode, useTransition } from "react";
import classes from "./filter-form.module.css";

type FilterFormProps = {
  /** The page's URL without a query. */
  readonly path: string;
  readonly label: string;
  /** Values that the URL leaves out, by field. An empty value is always left out. */
  readonly defaults?: Readonly<Record<string, string>>;
  readonly className?: string;
  readonly children: ReactNode;
};

/** The filters of a list: a select or checkbox applies at once, text with Enter. Without scripts there is a submit button. */
export function FilterForm({ path, label, defaults, className = classes["form"], children }: FilterFormProps) {
  const { isLoading, apply } = useFilterNavigation(path, { defaults });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    apply(event.currentTarget);
  };
  const onChange = ({ target, currentTarget }: ChangeEvent<HTMLFormElement>) => {
    const isNamedCheckbox = target instanceof HTMLInputElement && target.type === "checkbox" && target.name !== "";
    // Not date fields: they change with each part that is typed.
    if (target instanceof HTMLSelectElement || isNamedCheckbox) apply(currentTarget);
  };
  return (
    <search>
      <form
        action={path}
        method="get"
        aria-label={label}
        className={className}
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

type FilterNavigationOptions = {
  readonly defaults?: Readonly<Record<string, string>> | undefined;
  /** Replaces the entry in the browser's history instead of adding one. */
  readonly replaces?: boolean;
};

/** Returns `apply`, which opens a page with the fields of a form as its query, and whether the page is loading. */
export function useFilterNavigation(path: string, { defaults = {}, replaces = false }: FilterNavigationOptions = {}) {
  const router = useRouter();
  const [isLoading, load] = useTransition();
  const apply = (form: HTMLFormElement) => {
    const fields = [...new FormData(form)].flatMap(([name, value]) =>
      typeof value === "string" && value.trim() !== "" && value !== defaults[name] ? [[name, value.trim()]] : [],
    );
    // Without a query, the page opens the viewer's default view.
    const url = `${path}?${new URLSearchParams(fields).toString() || "view=all"}`;
    load(() => (replaces ? router.replace(url, { scroll: false }) : router.push(url, { scroll: false })));
  };
  return { isLoading, apply };
}
