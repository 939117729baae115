"use client";

import { Autocomplete, Button, Checkbox, Group, Modal, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useActionState, useEffect, useState } from "react";
import type { Outcome } from "../../../../../page-data/act.ts";
import { Refusal } from "../../../../../ui/refusal.tsx";
import { MomentField } from "./moment-field.tsx";
import { recordDeploy, suggestEnvironments } from "./release-actions.ts";
import type { ReleaseFacts } from "./release-menu.tsx";

type DeployDialogProps = { readonly release: Pick<ReleaseFacts, "organization" | "version" | "projects">; readonly onClose: () => void };

/** Of more projects than this one chooses with the command line. */
const CHOOSABLE = 20;

/** Asks for a deploy of the release that nobody has told of yet. */
export function DeployDialog({ release: { organization, version, projects }, onClose }: DeployDialogProps) {
  const [typed, setTyped] = useState({ environment: "", name: "", url: "" });
  const [environments, setEnvironments] = useState<readonly string[]>([]);
  const [outcome, send, isSending] = useActionState(async (before: Outcome, form: FormData) => {
    const after = await recordDeploy(before, form);
    if (after?.kind !== "done") return after;
    notifications.show({ message: `Recorded the deploy to ${typed.environment.trim()}.` });
    onClose();
    return after;
  }, null);
  useEffect(() => {
    let isOld = false;
    void suggestEnvironments(organization).then((names) => isOld || setEnvironments(names));
    return () => {
      isOld = true;
    };
  }, [organization]);
  const { message, fields } = outcome?.kind === "refused" ? outcome : NOTHING;
  const set = (name: keyof typeof typed) => (value: string) => setTyped((before) => ({ ...before, [name]: value }));
  return (
    <Modal opened onClose={onClose} title="Record a deploy">
      <form action={send} className="stack">
        <input type="hidden" name="organization" value={organization} />
        <input type="hidden" name="version" value={version} />
        <Refusal message={message} />
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
          error={fields["environment"]}
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
          error={fields["name"]}
        />
        <TextInput
          name="url"
          label="Page"
          description="Where it can be looked at: https://…"
          maxLength={200}
          value={typed.url}
          onChange={(event) => set("url")(event.currentTarget.value)}
          error={fields["url"]}
        />
        <MomentField name="dateStarted" label="Started" initial={null} error={fields["dateStarted"]} />
        <MomentField name="dateFinished" label="Finished" description="Empty for now" initial={null} error={fields["dateFinished"]} />
        {projects.length > 1 && projects.length <= CHOOSABLE && (
          <Checkbox.Group label="Projects" defaultValue={projects.map(({ slug }) => slug)} error={fields["projects"]}>
            <input type="hidden" name="choosesProjects" value="" />
            <Group gap="xs">
              {projects.map(({ slug }) => (
                <Checkbox key={slug} name="projects" value={slug} label={slug} />
              ))}
            </Group>
          </Checkbox.Group>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isSending}>
            Record it
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

const NOTHING: { readonly message: string | null; readonly fields: Readonly<Record<string, string>> } = { message: null, fields: {} };
