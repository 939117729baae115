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
  /** As the address has them; "" for nothing. */
  readonly base: string;
  readonly head: string;
  readonly projects: readonly ProjectEnvironments[];
  /** What is wrong with one of them. */
  readonly problem: { readonly side: "base" | "head"; readonly message: string } | null;
};

/** What is compared with what. The address says it: choosing leads to another one. */
export function SidePickers({ organization, base: askedBase, head: askedHead, projects, problem }: SidePickersProps) {
  const router = useRouter();
  const to = organizationUrls(organization);
  const [isLoading, load] = useTransition();
  const [base, setBase] = useState(askedBase);
  const [head, setHead] = useState(askedHead);
  const show = (sides: { readonly base: string; readonly head: string }) =>
    load(() => router.push(to.compare({ base: sides.base.trim(), head: sides.head.trim() }), { scroll: false }));
  const swap = () => show({ base: head, head: base });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    show({ base, head });
  };
  useShortcuts("Compare", [{ keys: "s", label: "Swap the sides", run: swap }]);
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
      <Button variant="default" className={classes["swap"]} onClick={swap} title="Swap the sides (s)" aria-label="Swap the sides">
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
      <Button type="submit" loading={isLoading} className={classes["go"]}>
        Compare
      </Button>
    </form>
  );
}

const load = () => import("./side-autocomplete.tsx").then((module) => module.CompletingPicker);

export type SidePickerProps = {
  readonly organization: string;
  readonly name: "base" | "head";
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** One of the offered was chosen. */
  readonly onChoose: (value: string) => void;
  readonly projects: readonly ProjectEnvironments[];
  readonly problem: string | null;
};

/** Takes a release by its version, or whatever is in an environment of a project. What it offers is loaded when somebody comes to it. */
function SidePicker(picker: SidePickerProps) {
  const { name, label, value, onChange, problem } = picker;
  const field = useRef<HTMLInputElement>(null);
  // Kept here and not as a lazy component, in whose place there would be no field to type into for a moment.
  const [Completing, setCompleting] = useState<ComponentType<SidePickerProps> | null>(null);
  if (Completing) return <Completing {...picker} />;
  const complete = async () => {
    const loaded = await load();
    // Whoever has gone on meanwhile is not called back.
    if (document.activeElement === field.current) setCompleting(() => loaded);
  };
  return (
    <TextInput
      ref={field}
      name={name}
      label={label}
      placeholder="web@1.2.0 or env:production@web"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onFocus={() => void complete()}
      autoComplete="off"
      spellCheck={false}
      error={problem}
    />
  );
}
