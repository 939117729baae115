"use client";

import { Button, NativeSelect, TextInput } from "@mantine/core";

type ProjectPickerProps = {
  readonly action: string;
  readonly projects: readonly string[];
  /** Whether there are more than these; then the field is a text input. */
  readonly hasMore: boolean;
  readonly chosen: string;
};

/** Selects the project of a page, which is in its URL. */
export function ProjectPicker({ action, projects, hasMore, chosen }: ProjectPickerProps) {
  return (
    <form action={action} className="row">
      {hasMore ? (
        <TextInput name="project" size="xs" aria-label="Project" defaultValue={chosen} list="projects" autoComplete="off" />
      ) : (
        <NativeSelect
          name="project"
          size="xs"
          aria-label="Project"
          data={[...projects]}
          defaultValue={chosen}
          onChange={(event) => event.currentTarget.form?.requestSubmit()}
        />
      )}
      {hasMore && (
        <datalist id="projects">
          {projects.map((slug) => (
            <option key={slug} value={slug}>
              {slug}
            </option>
          ))}
        </datalist>
      )}
      <Button type="submit" variant="default">
        Apply
      </Button>
    </form>
  );
}
