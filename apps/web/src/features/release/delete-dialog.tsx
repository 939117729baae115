"use client";

import { formatCount } from "@landfall/domain/format";
import type { DeletionPreviewView } from "@landfall/schema/releases/change-release";
import { Button, Group, Modal, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useState, useTransition } from "react";
import { callAction } from "#ui/forms/call-action.ts";
import { FormError } from "#ui/forms/form-error.tsx";
import type { Outcome } from "#ui/forms/outcome.ts";
import { useActionOutcome } from "#ui/forms/use-debounced-request.ts";
import { organizationUrls } from "#ui/organization-urls.ts";
import { deleteRelease, previewDeletion } from "./actions.ts";
import type { EditableRelease } from "./release-menu.tsx";

type DeleteDialogProps = {
  readonly release: Pick<EditableRelease, "organization" | "version" | "isArchived">;
  readonly onClose: () => void;
  readonly onArchive: () => void;
};

/** Shows what deleting a release deletes, before it is done. For a deployed release, the version must be typed. */
export function DeleteDialog({ release, onClose, onArchive }: DeleteDialogProps) {
  const { organization, version, isArchived } = release;
  const preview = useActionOutcome(version, () => previewDeletion({ organization, version }));
  return (
    <Modal opened onClose={onClose} title="Delete release">
      {preview?.kind === "done" ? (
        <Confirmation release={release} preview={preview.value} onClose={onClose} onArchive={onArchive} />
      ) : (
        <div className="stack">
          {preview ? <FormError message={preview.message} /> : <p>Checking what would be deleted…</p>}
          <Buttons isArchived={isArchived} onClose={onClose} onArchive={onArchive} />
        </div>
      )}
    </Modal>
  );
}

function Confirmation({ release, preview, onClose, onArchive }: DeleteDialogProps & { readonly preview: DeletionPreviewView }) {
  const { organization, version, isArchived } = release;
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const [outcome, setOutcome] = useState<Outcome>(null);
  const [isSending, startSending] = useTransition();
  const isTyped = preview.deploys === 0 || typed === version;
  const remove = (event: FormEvent) => {
    event.preventDefault();
    startSending(async () => {
      const result = await callAction(() => deleteRelease({ organization, version, typed }));
      if (result?.kind !== "done") return setOutcome(result);
      notifications.show({ message: `Deleted ${version}.` });
      router.push(organizationUrls(organization).releases());
    });
  };
  return (
    <form onSubmit={remove} className="stack">
      <FormError message={preview.reason ?? (outcome?.kind === "refused" ? outcome.message : null)} />
      <div>
        Deleting <strong style={{ overflowWrap: "anywhere" }}>{version}</strong> also deletes:
        <ul>
          {describeDeletion(preview).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        Commits and repositories are kept. <strong>This cannot be undone.</strong>{" "}
        {isArchived
          ? "The release is already archived, so lists do not show it."
          : "To hide it from lists and keep all data, archive it instead."}
      </div>
      {preview.deploys > 0 && (
        <TextInput
          label="Type the version to confirm"
          description="This release has been deployed."
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
      )}
      <Buttons isArchived={isArchived} onClose={onClose} onArchive={onArchive}>
        <Button type="submit" color="red" disabled={!isTyped || !preview.canDelete} loading={isSending}>
          Delete permanently
        </Button>
      </Buttons>
    </form>
  );
}

type ButtonsProps = Pick<DeleteDialogProps, "onClose" | "onArchive"> & { readonly isArchived: boolean; readonly children?: ReactNode };

/** The buttons of the dialog; `children` is the one that deletes. */
function Buttons({ isArchived, onClose, onArchive, children }: ButtonsProps) {
  return (
    <Group justify="flex-end" gap="xs">
      <Button variant="default" onClick={onClose} data-autofocus>
        Cancel
      </Button>
      {!isArchived && (
        <Button variant="default" onClick={onArchive}>
          Archive instead
        </Button>
      )}
      {children}
    </Group>
  );
}

/** What is deleted with a release, one line each. */
export function describeDeletion({ projects, commits, deploys, environments, notes }: DeletionPreviewView): string[] {
  return [
    projects.length > 3
      ? `its links to ${formatCount(projects.length, "project")}`
      : `its ${projects.length === 1 ? "link" : "links"} to ${projects.map(({ slug }) => slug).join(", ")}`,
    ...(commits > 0 ? [`its list of ${formatCount(commits, "commit")}`] : []),
    ...(deploys > 0 ? [formatCount(deploys, "deploy")] : []),
    ...environments.map(({ name, projects }) => `the current version of ${projects.join(", ")} in ${name}`),
    ...(notes ? ["its saved notes"] : []),
  ];
}
