"use client";

import { TextInput } from "@mantine/core";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import type { ProjectPlaces } from "./match-places.ts";

const load = () => import("./completing-picker.tsx").then((module) => module.CompletingPicker);
const CompletingPicker = dynamic(load, { ssr: false });

export type SidePickerProps = {
  readonly organization: string;
  readonly name: "base" | "head";
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** One of the offered was chosen. */
  readonly onChoose: (value: string) => void;
  readonly projects: readonly ProjectPlaces[];
  readonly problem: string | null;
};

/** Takes a release by its version, or whatever is in an environment of a project. What it offers is loaded when somebody comes to it. */
export function SidePicker(picker: SidePickerProps) {
  const { name, label, value, onChange, problem } = picker;
  const field = useRef<HTMLInputElement>(null);
  const [isCompleting, setCompleting] = useState(false);
  if (isCompleting) return <CompletingPicker {...picker} />;
  // Whoever has gone on meanwhile is not called back.
  const complete = () => void load().then(() => document.activeElement === field.current && setCompleting(true));
  return (
    <TextInput
      ref={field}
      name={name}
      label={label}
      placeholder="web@1.2.0 or env:production@web"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onFocus={complete}
      autoComplete="off"
      spellCheck={false}
      error={problem}
    />
  );
}
