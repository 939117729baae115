"use client";

import { Autocomplete, Checkbox, Group, Modal, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useState } from "react";
import { DialogForm } from "#ui/dialog/dialog.tsx";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { recordDeploy, suggestEnvironments } from "./actions.ts";
import { DateTimeField } from "./date-time-field.tsx";
import type { EditableRelease } from "./release-menu.tsx";

type DeployDialogProps = { readonly release: Pick<EditableRelease, "organization" | "version" | "projects">; readonly onClose: () => void };

/** Of more projects than this one chooses with the command line. */
const MAX_PROJECT_CHOICES = 20;

/** Asks for a deploy of the release that nobody has told of yet. */
export function DeployDialog({ release: { organization, version, projects }, onClose }: DeployDialogProps) {
  const [typed, setTyped] = useState({ environment: "", name: "", url: "" });
  const [environments, setEnvironments] = useState<readonly string[]>([]);
  const acting = useDialogAction(recordDeploy, () => {
    notifications.show({ message: `Recorded the deploy to ${typed.environment.trim()}.` });
    onClose();
  });
  useEffect(() => {
    let isOld = false;
    void suggestEnvironments(organization).then(
      (names) => isOld || setEnvironments(names),
      () => {},
    );
    return () => {
      isOld = true;
    };
  }, [organization]);
  const wrong = acting.refused?.fields ?? {};
  const set = (name: keyof typeof typed) => (value: string) => setTyped((before) => ({ ...before, [name]: value }));
  return (
    <Modal opened onClose={onClose} title="Record a deploy">
      <DialogForm acting={acting} hidden={{ organization, version }} submit="Record it" onCancel={onClose}>
        <Autocomplete
          name="environment"
          size="sm"
          openOnFocus={false}
          // Among what the dialog holds, also for whoever hears the page.
          comboboxProps={{ withinPortal: false }}
          label="Environment"
          description="One there is, or the name of a new one"
          data={[...environments]}
          maxLength={64}
          value={typed.environment}
          onChange={set("environment")}
          error={wrong["environment"]}
          required
          data-autofocus
        />
        <TextInput
          name="name"
          label="Name"
          description="Such as the number of the run"
          maxLength={64}
          value={typed.name}
          onChange={(event) => set("name")(event.currentTarget.value)}
          error={wrong["name"]}
        />
        <TextInput
          name="url"
          label="Page"
          description="Where it can be looked at: https://…"
          maxLength={200}
          value={typed.url}
          onChange={(event) => set("url")(event.currentTarget.value)}
          error={wrong["url"]}
        />
        <DateTimeField name="dateStarted" label="Started" initial={null} error={wrong["dateStarted"]} />
        <DateTimeField name="dateFinished" label="Finished" description="Empty for now" initial={null} error={wrong["dateFinished"]} />
        {projects.length > 1 && projects.length <= MAX_PROJECT_CHOICES && (
          <Checkbox.Group label="Projects" defaultValue={projects.map(({ slug }) => slug)} error={wrong["projects"]}>
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
