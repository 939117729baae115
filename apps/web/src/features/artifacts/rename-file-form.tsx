"use client";

import { TextInput } from "@mantine/core";
import { useState } from "react";
import { DialogForm } from "#ui/dialog/dialog.tsx";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { showDone } from "#ui/notices/notices.tsx";
import { renameFile } from "./actions.ts";

type RenameFormProps = {
  readonly locator: { readonly organization: string; readonly version: string; readonly file: string };
  readonly name: string;
  readonly onClose: () => void;
};

/** The form to rename a file of a release. */
export function RenameForm({ locator, name, onClose }: RenameFormProps) {
  const [newName, setNewName] = useState(name);
  const acting = useDialogAction(renameFile, () => {
    onClose();
    showDone("Renamed the file.");
  });
  return (
    <DialogForm acting={acting} hidden={locator} submit="Rename" onCancel={onClose}>
      <TextInput
        name="name"
        label="Name"
        description="Stack traces refer to the file by this name. ~/ stands for any host."
        maxLength={200}
        value={newName}
        onChange={(event) => setNewName(event.currentTarget.value)}
        error={acting.refused?.fields["name"]}
        required
        data-autofocus
      />
    </DialogForm>
  );
}
