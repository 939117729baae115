"use client";

import { useRouter } from "next/navigation";
import { type ChangeEvent, type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState, useTransition } from "react";
import { browserClient } from "#ui/browser-client.ts";
import { queryString } from "#ui/organization-urls.ts";
import { filtersQuery, parseSavedView, projectOption } from "./list-filters.ts";
import classes from "./filter-form.module.css";

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

type FilterMenuProps = {
  /** What is chosen: "Project". */
  readonly label: string;
  /** What the form calls it. */
  readonly name: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly chosen: readonly string[];
  /** Not all there are are among the options. */
  readonly isCut: boolean;
  /** The organization whose projects these are, where those that are not among the options can be looked up. */
  readonly projectsOf?: string;
};

/** From so many options on they can be narrowed. */
const SEARCHABLE_FROM = 8;

/** Several of some names, to be ticked below a button. */
export function FilterMenu({ label, name, options, chosen, isCut, projectsOf }: FilterMenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  const [part, setPart] = useState("");
  const found = useProjectSearch(isCut && projectsOf !== undefined ? projectsOf : null, part.trim());
  const chosenText = chosen.join("\n");
  useEffect(() => {
    const wanted = new Set(chosenText.split("\n"));
    for (const box of menu.current?.querySelectorAll<HTMLInputElement>("input[type=checkbox]") ?? []) box.checked = wanted.has(box.value);
  }, [chosenText]);
  useEffect(() => {
    const closeOutside = ({ target }: Event) => {
      if (menu.current?.open && target instanceof Node && !menu.current.contains(target)) menu.current.open = false;
    };
    document.addEventListener("pointerdown", closeOutside);
    document.addEventListener("focusin", closeOutside);
    return () => {
      document.removeEventListener("pointerdown", closeOutside);
      document.removeEventListener("focusin", closeOutside);
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !menu.current?.open) return;
    menu.current.open = false;
    menu.current.querySelector("summary")?.focus();
    event.preventDefault();
  };
  const strangers = chosen.filter((value) => !options.some((option) => option.value === value)).map((value) => ({ value, label: value }));
  const all = [...new Map([...found, ...strangers, ...options].map((option) => [option.value, option])).values()];
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- closes what is open, wherever in it the focus is
    <details ref={menu} className={classes["menu"]} onKeyDown={onKeyDown}>
      <summary>
        {label}
        {chosen.length > 0 && <b>{chosen.length}</b>}
        <span aria-hidden="true">▾</span>
      </summary>
      <fieldset aria-label={label}>
        {all.length > SEARCHABLE_FROM && (
          <input
            type="text"
            value={part}
            placeholder="Narrow down"
            aria-label={`Narrow down: ${label}`}
            onChange={(event) => setPart(event.target.value)}
          />
        )}
        <ul>
          {all.map(({ value, label: text }) => (
            <li key={value} hidden={!`${text} ${value}`.toLowerCase().includes(part.toLowerCase())}>
              <label title={text}>
                <input type="checkbox" name={name} value={value} defaultChecked={chosen.includes(value)} />
                <span className="cut">{text}</span>
              </label>
            </li>
          ))}
        </ul>
        {all.length === 0 && <p>There are none yet.</p>}
        {isCut && (
          <p>
            The first {options.length} of them.{" "}
            {projectsOf === undefined ? "Others can be written into the address." : "Type to find others."}
          </p>
        )}
      </fieldset>
    </details>
  );
}

type Option = ReturnType<typeof projectOption>;

/** How long after the last key projects are looked up, in milliseconds, and how many of them are offered. */
const DEBOUNCE_MS = 200;

const SUGGESTION_LIMIT = 50;

/** The projects of an organization with a text in their name or slug, looked up while one types; none for no text, or where none can be had. */
function useProjectSearch(organization: string | null, text: string): readonly Option[] {
  const [found, setFound] = useState<{ readonly text: string; readonly options: readonly Option[] }>({ text: "", options: [] });
  useEffect(() => {
    if (organization === null || text === "") return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      browserClient()
        .then((client) => client.projects.list.query({ organization, query: text, per_page: SUGGESTION_LIMIT }, { signal: stop.signal }))
        .then(
          ({ items }) => setFound({ text, options: items.map(projectOption) }),
          () => setFound({ text, options: [] }),
        );
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [organization, text]);
  return found.text === text ? found.options : [];
}
