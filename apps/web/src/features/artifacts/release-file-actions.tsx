"use client";

import dynamic from "next/dynamic";
import { ConfirmButton } from "#ui/dialog/action-buttons.tsx";
import { DialogButton } from "#ui/dialog/dialog.tsx";
import { deleteFile } from "./actions.ts";

const RenameForm = dynamic(() => import("./rename-file-form.tsx").then((module) => module.RenameForm));

type FileRef = { readonly organization: string; readonly version: string; readonly file: string };
type ReleaseFileActionsProps = {
  readonly locator: FileRef;
  readonly name: string;
  readonly mayRename: boolean;
  readonly mayDelete: boolean;
};

/** The buttons of a file of a release. */
export function ReleaseFileActions({ locator, name, mayRename, mayDelete }: ReleaseFileActionsProps) {
  return (
    <>
      {mayRename && (
        <DialogButton label="Rename" name={`Rename ${name}`} look="row" title="Rename the file">
          {(close) => <RenameForm locator={locator} name={name} onClose={close} />}
        </DialogButton>
      )}
      {mayDelete && (
        <ConfirmButton
          label="Delete"
          name={`Delete ${name}`}
          title="Delete the file"
          action={deleteFile}
          hidden={locator}
          submit="Delete permanently"
          done="Deleted the file."
        >
          <p>
            Stack traces of {locator.version} will no longer be resolved with <span className="mono">{name}</span>. This cannot be undone.
            You can upload the file again.
          </p>
        </ConfirmButton>
      )}
    </>
  );
}
