"use client";

import { TextInput } from "@mantine/core";
import { useState } from "react";
import { deleteFile, renameFile } from "../../../../../../ui/artifacts/artifact-actions.ts";
import { ConfirmButton } from "../../../../../../ui/dialog/confirm-button.tsx";
import { DialogButton } from "../../../../../../ui/dialog/dialog-button.tsx";
import { DialogForm } from "../../../../../../ui/dialog/dialog-form.tsx";
import { sayDone } from "../../../../../../ui/dialog/say-done.tsx";
import { useAct } from "../../../../../../ui/dialog/use-act.ts";

type Named = { readonly organization: string; readonly version: string; readonly file: string };
type FileActsProps = { readonly named: Named; readonly name: string; readonly mayRename: boolean; readonly mayDelete: boolean };

/** What can be done with a file of a release. */
export function FileActs({ named, name, mayRename, mayDelete }: FileActsProps) {
  return (
    <>
      {mayRename && (
        <DialogButton label="Rename" name={`Rename ${name}`} look="row" title="Rename the file">
          {(close) => <Renaming named={named} name={name} onClose={close} />}
        </DialogButton>
      )}
      {mayDelete && (
        <ConfirmButton
          label="Delete"
          name={`Delete ${name}`}
          title="Delete the file"
          action={deleteFile}
          hidden={named}
          submit="Delete for ever"
          done="Deleted the file."
        >
          <p>
            <span className="mono">{name}</span> goes, and stack traces of {named.version} are not resolved with it any more. This cannot be
            undone; uploading it again brings it back.
          </p>
        </ConfirmButton>
      )}
    </>
  );
}

function Renaming({ named, name, onClose }: { readonly named: Named; readonly name: string; readonly onClose: () => void }) {
  const [typed, setTyped] = useState(name);
  const acting = useAct(renameFile, () => {
    onClose();
    sayDone("Renamed the file.");
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
