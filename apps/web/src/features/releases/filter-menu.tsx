"use client";

import { useEffect, useRef, useState } from "react";
import { browserClient } from "#ui/browser-client.ts";
import { DismissibleDetails } from "#ui/dismissible-details.tsx";
import { useDebouncedLookup } from "#ui/forms/use-debounced-request.ts";
import { projectOption } from "./list-filters.ts";
import classes from "./filter-menu.module.css";

type FilterMenuProps = {
  readonly label: string;
  /** The name of the form field. */
  readonly name: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly chosen: readonly string[];
  /** Whether there are more than these options. */
  readonly isCut: boolean;
  /** For projects: the organization in which projects that are not among the options can be searched. */
  readonly projectsOf?: string;
};

/** With more options than this, the menu has a search field. */
const SEARCHABLE_ABOVE = 8;

/** A menu of checkboxes for one field of the filters. */
export function FilterMenu({ label, name, options, chosen, isCut, projectsOf }: FilterMenuProps) {
  const fieldset = useRef<HTMLFieldSetElement>(null);
  const [text, setText] = useState("");
  const found = useProjectSearch(isCut ? projectsOf : undefined, text.trim());
  const chosenText = chosen.join("\n");
  // The boxes are uncontrolled: update them when the URL changes by a link or by going back.
  useEffect(() => {
    const checked = new Set(chosenText.split("\n"));
    for (const box of fieldset.current?.querySelectorAll<HTMLInputElement>("input[type=checkbox]") ?? [])
      box.checked = checked.has(box.value);
  }, [chosenText]);
  const missing = chosen.filter((value) => !options.some((option) => option.value === value)).map((value) => ({ value, label: value }));
  const all = [...new Map([...found, ...missing, ...options].map((option) => [option.value, option])).values()];
  return (
    <DismissibleDetails
      name="filter"
      className={classes["menu"]}
      summary={
        <>
          {label}
          {chosen.length > 0 && <b>{chosen.length}</b>}
          <span aria-hidden="true">▾</span>
        </>
      }
    >
      <fieldset ref={fieldset} aria-label={label}>
        {all.length > SEARCHABLE_ABOVE && (
          <input
            type="text"
            value={text}
            placeholder="Search"
            aria-label={`Search: ${label}`}
            onChange={(event) => setText(event.target.value)}
          />
        )}
        <ul>
          {all.map(({ value, label: optionLabel }) => (
            <li key={value} hidden={!`${optionLabel} ${value}`.toLowerCase().includes(text.toLowerCase())}>
              <label title={optionLabel}>
                <input type="checkbox" name={name} value={value} defaultChecked={chosen.includes(value)} />
                <span className="cut">{optionLabel}</span>
              </label>
            </li>
          ))}
        </ul>
        {all.length === 0 && <p>None yet.</p>}
        {isCut && (
          <p>
            Showing the first {options.length}. {projectsOf === undefined ? "Add others to the URL." : "Type to search all."}
          </p>
        )}
      </fieldset>
    </DismissibleDetails>
  );
}

const SUGGESTION_LIMIT = 50;

/** Projects whose name or slug contains `text`; none without an organization or text. */
function useProjectSearch(organization: string | undefined, text: string): readonly ReturnType<typeof projectOption>[] {
  const isSearching = organization !== undefined && text !== "";
  const found = useDebouncedLookup(isSearching ? text : null, async (query, signal) => {
    if (organization === undefined) return [];
    const client = await browserClient();
    const { items } = await client.projects.list.query({ organization, query, per_page: SUGGESTION_LIMIT }, { signal });
    return items.map(projectOption);
  });
  return isSearching ? (found ?? []) : [];
}
