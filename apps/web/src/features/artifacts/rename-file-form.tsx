"use client";

import { TextInput } from "@mantine/core";
import { useState } from "react";
import { DialogForm } from "#ui/dialog/dialog.tsx";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { showDone } from "#ui/notices/notices.tsx";
import { renameFile } from "./actions.ts";

type RenameFormProps = {
  readonly named: { readonly organization: string; readonly version: string; readonly file: string };
  readonly name: string;
  readonly onClose: () => void;
};

/** Asks for another name of a file of a release. */
export function RenameForm({ named, name, onClose }: RenameFormProps) {
  const [typed, setTyped] = useState(name);
  const acting = useDialogAction(renameFile, () => {
    onClose();
    showDone("Renamed the file.");
  });
  return (
    <DialogForm acting={acting} hidden={named} submit="Rename it" onCancel={onClose}>
      <TextInput
        name="name"
        label="Name"
        description="Stack traces lead to the file by its name: ~/ stands for any host"
        maxLength={200}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={acting.refused?.fields["name"]}
        required
        data-autofocus
      />
    </DialogForm>
  );
}
