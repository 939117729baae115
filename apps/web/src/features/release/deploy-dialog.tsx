"use client";

import { Autocomplete, Checkbox, Group, Modal, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { DialogForm } from "#ui/dialog/dialog.tsx";
import { useDebouncedLookup } from "#ui/forms/use-debounced-request.ts";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { recordDeploy, suggestEnvironments } from "./actions.ts";
import { DateTimeField } from "./date-time-field.tsx";
import type { EditableRelease } from "./release-menu.tsx";

type DeployDialogProps = { readonly release: Pick<EditableRelease, "organization" | "version" | "projects">; readonly onClose: () => void };

/** With more projects than this, the dialog has no choice of projects. */
const MAX_PROJECT_CHOICES = 20;

/** Asks for a deploy of the release to record. */
export function DeployDialog({ release: { organization, version, projects }, onClose }: DeployDialogProps) {
  const [typed, setTyped] = useState({ environment: "", name: "", url: "" });
  const acting = useDialogAction(recordDeploy, () => {
    notifications.show({ message: `Recorded the deploy to ${typed.environment.trim()}.` });
    onClose();
  });
  const environments = useDebouncedLookup(organization, suggestEnvironments) ?? [];
  const errors = acting.refused?.fields ?? {};
  const set = (name: keyof typeof typed) => (value: string) => setTyped((before) => ({ ...before, [name]: value }));
  return (
    <Modal opened onClose={onClose} title="Record a deploy">
      <DialogForm acting={acting} hidden={{ organization, version }} submit="Record deploy" onCancel={onClose}>
        <Autocomplete
          name="environment"
          size="sm"
          openOnFocus={false}
          // Inside the dialog, so that screen readers reach the options.
          comboboxProps={{ withinPortal: false }}
          label="Environment"
          description="An existing environment or a new name"
          data={[...environments]}
          maxLength={64}
          value={typed.environment}
          onChange={set("environment")}
          error={errors["environment"]}
          required
          data-autofocus
        />
        <TextInput
          name="name"
          label="Name"
          description="For example, the number of the CI run"
          maxLength={64}
          value={typed.name}
          onChange={(event) => set("name")(event.currentTarget.value)}
          error={errors["name"]}
        />
        <TextInput
          name="url"
          label="URL"
          description="A link to the deploy, such as https://…"
          maxLength={200}
          value={typed.url}
          onChange={(event) => set("url")(event.currentTarget.value)}
          error={errors["url"]}
        />
        <DateTimeField name="dateStarted" label="Started" initial={null} error={errors["dateStarted"]} />
        <DateTimeField
          name="dateFinished"
          label="Finished"
          description="Leave empty for the current time"
          initial={null}
          error={errors["dateFinished"]}
        />
        {projects.length > 1 && projects.length <= MAX_PROJECT_CHOICES && (
          <Checkbox.Group label="Projects" defaultValue={projects.map(({ slug }) => slug)} error={errors["projects"]}>
            <input type="hidden" name="choosesProjects" value="" />
            <Group gap="xs">
              {projects.map(({ slug }) => (
                <Checkbox key={slug} name="projects" value={slug} label={slug} />
              ))}
            </Group>
          </Checkbox.Group>
        )}
      </DialogForm>
    </Modal>
  );
}
