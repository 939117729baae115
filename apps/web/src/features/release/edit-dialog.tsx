"use client";

import { Autocomplete, Modal, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { DialogForm } from "#ui/dialog/dialog.tsx";
import { useDebouncedLookup } from "#ui/forms/use-debounced-request.ts";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { editRelease, suggestOwners } from "./actions.ts";
import { DateTimeField } from "./date-time-field.tsx";
import type { EditableRelease } from "./release-menu.tsx";

type EditDialogProps = { readonly release: EditableRelease; readonly onClose: () => void };

/** Edits the ref, URL, owner, and release date of a release. */
export function EditDialog({ release, onClose }: EditDialogProps) {
  // The values at the time the dialog opened: live updates must not change the fields.
  const [{ organization, version, ref, url, owner, dateReleased }] = useState(release);
  const [typed, setTyped] = useState({ ref: ref ?? "", url: url ?? "", owner: owner ?? "" });
  const acting = useDialogAction(editRelease, () => {
    notifications.show({ message: "Saved." });
    onClose();
  });
  const owners = useDebouncedLookup(typed.owner, (part) => suggestOwners(organization, part)) ?? [];
  const errors = acting.refused?.fields ?? {};
  const set = (name: keyof typeof typed) => (value: string) => setTyped((before) => ({ ...before, [name]: value }));
  return (
    <Modal opened onClose={onClose} title="Edit release">
      <DialogForm acting={acting} hidden={{ organization, version }} submit="Save" onCancel={onClose}>
        <TextInput
          name="ref"
          label="Ref"
          description="Branch, tag, or commit the release was built from"
          maxLength={200}
          value={typed.ref}
          onChange={(event) => set("ref")(event.currentTarget.value)}
          error={errors["ref"]}
          data-autofocus
        />
        <TextInput
          name="url"
          label="URL"
          description="A link to more about the release, such as https://…"
          maxLength={200}
          value={typed.url}
          onChange={(event) => set("url")(event.currentTarget.value)}
          error={errors["url"]}
        />
        <Autocomplete
          name="owner"
          size="sm"
          openOnFocus={false}
          // Inside the dialog, so that screen readers reach the options.
          comboboxProps={{ withinPortal: false }}
          label="Owner"
          description="Email address of a member. Leave empty for no owner."
          data={[...owners]}
          filter={({ options }) => options}
          value={typed.owner}
          onChange={set("owner")}
          error={errors["owner"]}
        />
        <DateTimeField
          name="dateReleased"
          label="Released"
          description="Leave empty if not released"
          initial={dateReleased}
          error={errors["dateReleased"]}
        />
      </DialogForm>
    </Modal>
  );
}
