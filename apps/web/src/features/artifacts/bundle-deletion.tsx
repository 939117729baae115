"use client";

import { formatBytes, formatCount } from "@landfall/domain/format";
import type { BundleDeletionPreviewView } from "@landfall/schema/artifacts/artifact-bundles";
import { DialogForm } from "#ui/dialog/dialog.tsx";
import { FormError } from "#ui/forms/form-error.tsx";
import { useActionOutcome } from "#ui/forms/use-debounced-request.ts";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { showDone } from "#ui/notices/notices.tsx";
import { deleteBundle, previewDeletion } from "./actions.ts";

type DeletionProps = {
  readonly locator: { readonly organization: string; readonly project: string; readonly bundle: string };
  readonly onClose: () => void;
};

/** Shows what deleting a bundle deletes, and deletes it. */
export function BundleDeletion({ locator, onClose }: DeletionProps) {
  const preview = useActionOutcome(locator.bundle, () => previewDeletion(locator));
  const acting = useDialogAction(deleteBundle, () => {
    onClose();
    showDone(`Deleted bundle ${locator.bundle.slice(0, 8)}.`);
  });
  if (preview === null) return <output>Loading…</output>;
  if (preview.kind === "refused") return <FormError message={preview.message ?? "This bundle no longer exists."} />;
  if (!preview.value.canDelete) return <FormError message={preview.value.reason} />;
  return (
    <DialogForm acting={acting} hidden={locator} submit="Delete permanently" isDanger onCancel={onClose}>
      <DeletionEffects project={locator.project} preview={preview.value} />
      <p>This cannot be undone. You can upload the same files again.</p>
    </DialogForm>
  );
}

function DeletionEffects({ project, preview }: { readonly project: string; readonly preview: BundleDeletionPreviewView }) {
  const { bundles, files, freed, releases, keptBy } = preview;
  return (
    <ul>
      <li>
        {bundles > 1 ? `${formatCount(bundles, "bundle")} with this id, with ` : ""}
        {formatCount(files, "file")} of {project}
      </li>
      {releases.length > 0 && <li>Stack traces of {releases.join(", ")} will no longer be resolved with them</li>}
      <li>
        {keptBy > 0
          ? `${formatCount(keptBy, "other project keeps", "other projects keep")} ${bundles > 1 ? "some of them" : "it"}`
          : "No other project has it"}
        {freed > 0 && `; frees ${formatBytes(freed)}`}
      </li>
    </ul>
  );
}
