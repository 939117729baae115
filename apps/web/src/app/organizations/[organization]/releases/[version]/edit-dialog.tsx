"use client";

import { Autocomplete, Button, Group, Modal, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useActionState, useEffect, useState } from "react";
import type { Outcome } from "../../../../../page-data/act.ts";
import { Refusal } from "../../../../../ui/refusal.tsx";
import { MomentField } from "./moment-field.tsx";
import { editRelease, suggestOwners } from "./release-actions.ts";
import type { ReleaseFacts } from "./release-menu.tsx";

type EditDialogProps = { readonly release: ReleaseFacts; readonly onClose: () => void };

/** Asks for what is told of a release: ref, page, owner, when it went out. */
export function EditDialog({ release, onClose }: EditDialogProps) {
  // What is told when the dialog opens is what is edited: news that arrive meanwhile change no field.
  const [{ organization, version, ref, url, owner, dateReleased }] = useState(release);
  const [typed, setTyped] = useState({ ref: ref ?? "", url: url ?? "", owner: owner ?? "" });
  const [owners, setOwners] = useState<readonly string[]>([]);
  const [outcome, send, isSending] = useActionState(async (before: Outcome, form: FormData) => {
    const after = await editRelease(before, form);
    if (after?.kind !== "done") return after;
    notifications.show({ message: "Saved." });
    onClose();
    return after;
  }, null);
  useEffect(() => {
    let isOld = false;
    const timer = setTimeout(() => void suggestOwners(organization, typed.owner).then((found) => isOld || setOwners(found)), 150);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [organization, typed.owner]);
  const { message, fields } = outcome?.kind === "refused" ? outcome : NOTHING;
  const set = (name: keyof typeof typed) => (value: string) => setTyped((before) => ({ ...before, [name]: value }));
  return (
    <Modal opened onClose={onClose} title="Edit the release">
      <form action={send} className="stack">
        <input type="hidden" name="organization" value={organization} />
        <input type="hidden" name="version" value={version} />
        <Refusal message={message} />
        <TextInput
          name="ref"
          label="Ref"
          description="A branch, tag or commit it was made from"
          maxLength={200}
          value={typed.ref}
          onChange={(event) => set("ref")(event.currentTarget.value)}
          error={fields["ref"]}
          data-autofocus
        />
        <TextInput
          name="url"
          label="Page"
          description="An address about it, such as https://…"
          maxLength={200}
          value={typed.url}
          onChange={(event) => set("url")(event.currentTarget.value)}
          error={fields["url"]}
        />
        <Autocomplete
          name="owner"
          size="sm"
          openOnFocus={false}
          // Among what the dialog holds, also for whoever hears the page.
          comboboxProps={{ withinPortal: false }}
          label="Owner"
          description="The e-mail address of a member; empty for nobody"
          data={[...owners]}
          filter={({ options }) => options}
          value={typed.owner}
          onChange={set("owner")}
          error={fields["owner"]}
        />
        <MomentField
          name="dateReleased"
          label="Released"
          description="Empty for not finalized"
          initial={dateReleased}
          error={fields["dateReleased"]}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isSending}>
            Save
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

const NOTHING: { readonly message: string | null; readonly fields: Readonly<Record<string, string>> } = { message: null, fields: {} };
