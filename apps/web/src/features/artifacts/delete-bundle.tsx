"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "#ui/dialog/dialog.tsx";

const BundleDeletion = dynamic(() => import("./bundle-deletion.tsx").then((module) => module.BundleDeletion));

type DeleteBundleProps = { readonly organization: string; readonly project: string; readonly bundle: string };

/** A button to delete a bundle of a project, with a preview of what that deletes. */
export function DeleteBundle(locator: DeleteBundleProps) {
  return (
    <DialogButton
      label="Delete"
      name={`Delete the bundle ${locator.bundle}`}
      look="row"
      title={`Delete the bundle ${locator.bundle.slice(0, 8)}`}
    >
      {(close) => <BundleDeletion locator={locator} onClose={close} />}
    </DialogButton>
  );
}
