"use client";

import { Autocomplete } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { hasQuerySyntax } from "#features/releases/similar-versions.ts";
import { browserClient } from "#ui/browser-client.ts";
import { useDebouncedLookup } from "#ui/forms/use-debounced-request.ts";
import { formatSide } from "@landfall/domain/comparison/compare-side";
import type { SidePickerProps } from "./side-pickers.tsx";

const VERSION_LIMIT = 8;

/** A side of a comparison with suggestions: releases, looked up while typing, and environments. Takes the focus when it is mounted. */
export function SideAutocomplete({ organization, name, label, value, onChange, onChoose, projects, problem }: SidePickerProps) {
  const field = useRef<HTMLInputElement>(null);
  const [isOpen, setOpen] = useState(false);
  // It replaces the plain field, which had the focus.
  useEffect(() => field.current?.focus(), []);
  const versions = useDebouncedLookup(isOpen ? value : null, (text, signal) => findVersions(organization, text, signal)) ?? [];
  const environments = matchEnvironments(projects, value);
  const groups = [
    { group: "Releases", items: versions.filter((version) => !environments.includes(version)) },
    { group: "Current release of an environment", items: environments },
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
      // The options already match the text.
      filter={({ options }) => options}
      maxDropdownHeight={320}
      autoComplete="off"
      spellCheck={false}
      error={problem}
      selectFirstOptionOnChange={false}
    />
  );
}

/** Returns the newest versions that contain a text. */
async function findVersions(organization: string, text: string, signal: AbortSignal): Promise<readonly string[]> {
  const query = hasQuerySyntax(text) ? "" : text.trim();
  const client = await browserClient();
  const input = { organization, query, status: "", project: "-1", per_page: VERSION_LIMIT } as const;
  const { items } = await client.releases.browse.query(input, { signal });
  return items.map(({ version }) => version);
}

/** A project with the environments it was deployed to. */
export type ProjectEnvironments = { readonly slug: string; readonly environments: readonly string[] };

const ENVIRONMENT_LIMIT = 8;

/** Returns the first environments whose name and project contain every word of a text, formatted for the URL. */
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
