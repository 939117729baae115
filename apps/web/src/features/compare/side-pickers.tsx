"use client";

import { Button, TextInput } from "@mantine/core";
import { IconArrowsExchange } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { type ComponentType, type FormEvent, useRef, useState, useTransition } from "react";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import { organizationUrls } from "#ui/organization-urls.ts";
import type { ProjectEnvironments } from "./side-autocomplete.tsx";
import classes from "./side-pickers.module.css";

type SidePickersProps = {
  readonly organization: string;
  /** As in the URL; "" for none. */
  readonly base: string;
  readonly head: string;
  readonly projects: readonly ProjectEnvironments[];
  /** An error at one of the sides. */
  readonly problem: { readonly side: "base" | "head"; readonly message: string } | null;
};

/** The fields for the two sides. Choosing opens the URL of another comparison. */
export function SidePickers({ organization, base: initialBase, head: initialHead, projects, problem }: SidePickersProps) {
  const router = useRouter();
  const to = organizationUrls(organization);
  const [isLoading, load] = useTransition();
  const [base, setBase] = useState(initialBase);
  const [head, setHead] = useState(initialHead);
  const show = (sides: { readonly base: string; readonly head: string }) =>
    load(() => router.push(to.compare({ base: sides.base.trim(), head: sides.head.trim() }), { scroll: false }));
  const swap = () => show({ base: head, head: base });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    show({ base, head });
  };
  useShortcuts("Compare", [{ keys: "s", label: "Swap sides", run: swap }]);
  const problemOf = (side: "base" | "head") => (problem?.side === side ? problem.message : null);
  return (
    <form action={to.compare()} method="get" className={classes["pickers"]} onSubmit={onSubmit} aria-busy={isLoading}>
      <SidePicker
        organization={organization}
        name="base"
        label="From"
        value={base}
        onChange={setBase}
        onChoose={(chosen) => head !== "" && show({ base: chosen, head })}
        projects={projects}
        problem={problemOf("base")}
      />
      <Button variant="default" className={classes["swap"]} onClick={swap} title="Swap sides (s)" aria-label="Swap sides">
        <IconArrowsExchange size={16} aria-hidden="true" />
      </Button>
      <SidePicker
        organization={organization}
        name="head"
        label="To"
        value={head}
        onChange={setHead}
        onChoose={(chosen) => base !== "" && show({ base, head: chosen })}
        projects={projects}
        problem={problemOf("head")}
      />
      <Button type="submit" loading={isLoading} className={classes["submit"]}>
        Compare
      </Button>
    </form>
  );
}

const load = () => import("./side-autocomplete.tsx").then((module) => module.SideAutocomplete);

export type SidePickerProps = {
  readonly organization: string;
  readonly name: "base" | "head";
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Called when a suggestion is chosen. */
  readonly onChoose: (value: string) => void;
  readonly projects: readonly ProjectEnvironments[];
  readonly problem: string | null;
};

/** A field for a version or an environment. Its suggestions are loaded when it gets the focus. */
function SidePicker(picker: SidePickerProps) {
  const { name, label, value, onChange, problem } = picker;
  const field = useRef<HTMLInputElement>(null);
  // Not a lazy component, which would leave no field to type into while it loads.
  const [Autocomplete, setAutocomplete] = useState<ComponentType<SidePickerProps> | null>(null);
  if (Autocomplete) return <Autocomplete {...picker} />;
  const loadSuggestions = async () => {
    const loaded = await load();
    // Do not take the focus back if it has moved on.
    if (document.activeElement === field.current) setAutocomplete(() => loaded);
  };
  return (
    <TextInput
      ref={field}
      name={name}
      label={label}
      placeholder="web@1.2.0 or env:production@web"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onFocus={() => void loadSuggestions()}
      autoComplete="off"
      spellCheck={false}
      error={problem}
    />
  );
}
