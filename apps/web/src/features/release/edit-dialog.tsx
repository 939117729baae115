"use client";

import { Autocomplete, Modal, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useState } from "react";
import { DialogForm } from "#ui/dialog/dialog.tsx";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { editRelease, suggestOwners } from "./actions.ts";
import { DateTimeField } from "./date-time-field.tsx";
import type { EditableRelease } from "./release-menu.tsx";

type EditDialogProps = { readonly release: EditableRelease; readonly onClose: () => void };

/** Asks for what is told of a release: ref, page, owner, when it went out. */
export function EditDialog({ release, onClose }: EditDialogProps) {
  // What is told when the dialog opens is what is edited: news that arrive meanwhile change no field.
  const [{ organization, version, ref, url, owner, dateReleased }] = useState(release);
  const [typed, setTyped] = useState({ ref: ref ?? "", url: url ?? "", owner: owner ?? "" });
  const [owners, setOwners] = useState<readonly string[]>([]);
  const acting = useDialogAction(editRelease, () => {
    notifications.show({ message: "Saved." });
    onClose();
  });
  useEffect(() => {
    let isOld = false;
    const timer = setTimeout(
      () =>
        void suggestOwners(organization, typed.owner).then(
          (found) => isOld || setOwners(found),
          () => {},
        ),
      150,
    );
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [organization, typed.owner]);
  const wrong = acting.refused?.fields ?? {};
  const set = (name: keyof typeof typed) => (value: string) => setTyped((before) => ({ ...before, [name]: value }));
  return (
    <Modal opened onClose={onClose} title="Edit the release">
      <DialogForm acting={acting} hidden={{ organization, version }} submit="Save" onCancel={onClose}>
        <TextInput
          name="ref"
          label="Ref"
          description="A branch, tag or commit it was made from"
          maxLength={200}
          value={typed.ref}
          onChange={(event) => set("ref")(event.currentTarget.value)}
          error={wrong["ref"]}
          data-autofocus
        />
        <TextInput
          name="url"
          label="Page"
          description="An address about it, such as https://…"
          maxLength={200}
          value={typed.url}
          onChange={(event) => set("url")(event.currentTarget.value)}
          error={wrong["url"]}
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
          error={wrong["owner"]}
        />
        <DateTimeField
          name="dateReleased"
          label="Released"
          description="Empty for not finalized"
          initial={dateReleased}
          error={wrong["dateReleased"]}
        />
      </DialogForm>
    </Modal>
  );
}
