"use client";

import { TextInput } from "@mantine/core";
import { useId } from "react";

type ProjectFieldsProps = {
  readonly project?: { readonly name: string; readonly slug: string; readonly platform: string | null };
  readonly wrong: Readonly<Record<string, string>>;
};

const PLATFORMS = [
  "android",
  "apple",
  "dart",
  "dotnet",
  "elixir",
  "flutter",
  "go",
  "java",
  "javascript",
  "node",
  "php",
  "python",
  "react-native",
  "ruby",
  "rust",
];

/** What is said of a project. */
export function ProjectFields({ project, wrong }: ProjectFieldsProps) {
  const list = useId();
  return (
    <>
      <TextInput name="name" label="Name" defaultValue={project?.name} maxLength={50} error={wrong["name"]} required data-autofocus />
      <TextInput
        name="slug"
        label={project ? "Short name" : "Short name (optional)"}
        description={
          project
            ? `Clients name the project by it: after a change, whatever still says “${project.slug}” is refused.`
            : "Made from the name when left empty."
        }
        defaultValue={project?.slug}
        error={wrong["slug"]}
        required={project !== undefined}
      />
      <TextInput
        name="platform"
        label="Platform (optional)"
        defaultValue={project?.platform ?? ""}
        maxLength={64}
        list={list}
        autoComplete="off"
        error={wrong["platform"]}
      />
      <datalist id={list}>
        {PLATFORMS.map((platform) => (
          <option key={platform} value={platform}>
            {platform}
          </option>
        ))}
      </datalist>
    </>
  );
}
