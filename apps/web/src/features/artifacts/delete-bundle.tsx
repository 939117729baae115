"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "#ui/dialog/dialog.tsx";

const BundleDeletion = dynamic(() => import("./bundle-deletion.tsx").then((module) => module.BundleDeletion));

type DeleteBundleProps = { readonly organization: string; readonly project: string; readonly bundle: string };

/** Deletes a bundle of a project, once it was told what goes with it. */
export function DeleteBundle(named: DeleteBundleProps) {
  return (
    <DialogButton
      label="Delete"
      name={`Delete the bundle ${named.bundle}`}
      look="row"
      title={`Delete the bundle ${named.bundle.slice(0, 8)}`}
    >
      {(close) => <BundleDeletion named={named} onClose={close} />}
    </DialogButton>
  );
}
