"use client";

import { TextInput } from "@mantine/core";
import { type ComponentType, useRef, useState } from "react";
import type { ProjectEnvironments } from "./match-places.ts";

const load = () => import("./completing-picker.tsx").then((module) => module.CompletingPicker);

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
export function SidePicker(picker: SidePickerProps) {
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
