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

/** Edits the texts, owner, and release date of a release. */
export function EditDialog({ release, onClose }: EditDialogProps) {
  // The values at the time the dialog opened: live updates must not change the fields.
  const [{ organization, version, texts, dateReleased, ...stored }] = useState(release);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(texts.map(({ name, value }) => [name, value ?? ""])),
  );
  const [owner, setOwner] = useState(stored.owner ?? "");
  const acting = useDialogAction(editRelease, () => {
    notifications.show({ message: "Saved." });
    onClose();
  });
  const owners = useDebouncedLookup(owner, (part) => suggestOwners(organization, part)) ?? [];
  const errors = acting.refused?.fields ?? {};
  return (
    <Modal opened onClose={onClose} title="Edit release">
      <DialogForm acting={acting} hidden={{ organization, version }} submit="Save" onCancel={onClose}>
        {texts.map(({ name, label, description }, index) => (
          <TextInput
            key={name}
            name={name}
            label={label}
            description={description}
            maxLength={200}
            value={typed[name] ?? ""}
            onChange={({ currentTarget: { value } }) => setTyped((before) => ({ ...before, [name]: value }))}
            error={errors[name]}
            data-autofocus={index === 0 || undefined}
          />
        ))}
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
          value={owner}
          onChange={setOwner}
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
