"use client";

import { Autocomplete } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { browserClient } from "#ui/browser-client.ts";
import { formatSide } from "./compare-side.ts";
import type { SidePickerProps } from "./side-pickers.tsx";

/** How long after the last key releases are looked up, in milliseconds; and how many are offered. */
const DEBOUNCE_MS = 150;

const VERSION_LIMIT = 8;

/** A side of a comparison, with what is offered below it; it has the focus from the start. Releases are looked up as one types. */
export function CompletingPicker({ organization, name, label, value, onChange, onChoose, projects, problem }: SidePickerProps) {
  const field = useRef<HTMLInputElement>(null);
  const [versions, setVersions] = useState<readonly string[]>([]);
  const [isOpen, setOpen] = useState(false);
  // The field that stood here had the focus when this was loaded.
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (!isOpen) return;
    const stop = new AbortController();
    const timer = setTimeout(() => void findVersions(organization, value, stop.signal).then(setVersions), DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [organization, value, isOpen]);
  const places = matchEnvironments(projects, value);
  const groups = [
    { group: "Releases", items: versions.filter((version) => !places.includes(version)) },
    { group: "What is in an environment now", items: places },
  ];
  return (
    <Autocomplete
      ref={field}
      name={name}
      label={label}
      placeholder="web@1.2.0 or env:production@web"
      size="xs"
      value={value}
      onChange={onChange}
      onOptionSubmit={onChoose}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      data={groups.filter(({ items }) => items.length > 0)}
      // They were looked up for what is typed.
      filter={({ options }) => options}
      maxDropdownHeight={320}
      autoComplete="off"
      spellCheck={false}
      error={problem}
      selectFirstOptionOnChange={false}
    />
  );
}

/** The newest releases that have a text in their version; none when they cannot be looked up, since one can type on without. */
async function findVersions(organization: string, text: string, signal: AbortSignal): Promise<readonly string[]> {
  // In a search, what has a colon would be a filter, and quotes have to be in pairs.
  const query = /[:"*()[\]]/.test(text) ? "" : text.trim();
  try {
    const client = await browserClient();
    const asked = { organization, query, status: "", project: "-1", per_page: VERSION_LIMIT } as const;
    const { items } = await client.releases.browse.query(asked, { signal });
    return items.map(({ version }) => version);
  } catch {
    return [];
  }
}

/** A project with the environments it was deployed to. */
export type ProjectEnvironments = { readonly slug: string; readonly environments: readonly string[] };

/** How many are offered. */
const ENVIRONMENT_LIMIT = 8;

/** The environments of projects that have every word of a text in their names, as the address writes them; the first few. */
export function matchEnvironments(projects: readonly ProjectEnvironments[], text: string): string[] {
  const words = text
    .toLowerCase()
    .replace(/^env:/, "")
    .split(/[\s@]+/)
    .filter((word) => word !== "" && word !== "of" && word !== "in");
  const found: string[] = [];
  for (const { slug, environments } of projects) {
    for (const environment of environments) {
      const name = `${environment} ${slug}`.toLowerCase();
      if (words.every((word) => name.includes(word))) found.push(formatSide({ environment, project: slug }));
      if (found.length === ENVIRONMENT_LIMIT) return found;
    }
  }
  return found;
}
