"use client";

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useProjectSearch } from "./use-found-projects.ts";
import classes from "./choice-menu.module.css";

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
