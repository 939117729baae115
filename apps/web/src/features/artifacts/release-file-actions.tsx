"use client";

import dynamic from "next/dynamic";
import { ConfirmButton } from "#ui/dialog/action-buttons.tsx";
import { DialogButton } from "#ui/dialog/dialog.tsx";
import { deleteFile } from "./actions.ts";

const RenameForm = dynamic(() => import("./rename-file-form.tsx").then((module) => module.RenameForm));

type FileRef = { readonly organization: string; readonly version: string; readonly file: string };
type ReleaseFileActionsProps = { readonly named: FileRef; readonly name: string; readonly mayRename: boolean; readonly mayDelete: boolean };

/** What can be done with a file of a release. */
export function ReleaseFileActions({ named, name, mayRename, mayDelete }: ReleaseFileActionsProps) {
  return (
    <>
      {mayRename && (
        <DialogButton label="Rename" name={`Rename ${name}`} look="row" title="Rename the file">
          {(close) => <RenameForm named={named} name={name} onClose={close} />}
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
