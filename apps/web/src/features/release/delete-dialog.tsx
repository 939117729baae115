"use client";

import type { DeletionPreviewView } from "@landfall/schema/releases/change-release";
import { Button, Group, Modal, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useState, useTransition } from "react";
import { formatCount } from "#ui/format.ts";
import { callAction } from "#ui/forms/call-action.ts";
import { FormError } from "#ui/forms/form-error.tsx";
import type { Outcome } from "#ui/forms/outcome.ts";
import { organizationUrls } from "#ui/organization-urls.ts";
import { deleteRelease, previewDeletion } from "./actions.ts";
import type { EditableRelease } from "./release-menu.tsx";

type DeleteDialogProps = {
  readonly release: Pick<EditableRelease, "organization" | "version" | "isArchived">;
  readonly onClose: () => void;
  readonly onArchive: () => void;
};

/** Shows what deleting a release takes with it before it is done. One that was deployed has to be typed. */
export function DeleteDialog({ release, onClose, onArchive }: DeleteDialogProps) {
  const { organization, version, isArchived } = release;
  const [preview, setPreview] = useState<Outcome<DeletionPreviewView>>(null);
  useEffect(() => {
    let isOld = false;
    void callAction(() => previewDeletion({ organization, version })).then((answer) => isOld || setPreview(answer));
    return () => {
      isOld = true;
    };
  }, [organization, version]);
  return (
    <Modal opened onClose={onClose} title="Delete the release">
      {preview?.kind === "done" ? (
        <Confirmation release={release} preview={preview.value} onClose={onClose} onArchive={onArchive} />
      ) : (
        <div className="stack">
          {preview ? <FormError message={preview.message} /> : <p>Looking what would go with it…</p>}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} data-autofocus>
              Cancel
            </Button>
            {!isArchived && (
              <Button variant="default" onClick={onArchive}>
                Archive instead
              </Button>
            )}
          </Group>
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
  const [isSending, work] = useTransition();
  const isTyped = preview.deploys === 0 || typed === version;
  const remove = (event: FormEvent) => {
    event.preventDefault();
    work(async () => {
      const after = await callAction(() => deleteRelease({ organization, version, typed }));
      if (after?.kind !== "done") return setOutcome(after);
      notifications.show({ message: `Deleted ${version}.` });
      router.push(organizationUrls(organization).releases());
    });
  };
  return (
    <form onSubmit={remove} className="stack">
      <FormError message={preview.reason ?? (outcome?.kind === "refused" ? outcome.message : null)} />
      <div>
        Deleting <strong style={{ overflowWrap: "anywhere" }}>{version}</strong> takes with it:
        <ul>
          {describeDeletion(preview).map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
        Commits and repositories stay. <strong>This cannot be undone.</strong>{" "}
        {isArchived
          ? "It is archived already, which keeps it out of lists."
          : "Archive it instead, and lists leave it out while everything is kept."}
      </div>
      {preview.deploys > 0 && (
        <TextInput
          label="Type the version, since it was deployed"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        {!isArchived && (
          <Button variant="default" onClick={onArchive}>
            Archive instead
          </Button>
        )}
        <Button type="submit" color="red" disabled={!isTyped || !preview.canDelete} loading={isSending}>
          Delete for ever
        </Button>
      </Group>
    </form>
  );
}

/** What goes with a release, a line each. */
export function describeDeletion({ projects, commits, deploys, environments, notes }: DeletionPreviewView): string[] {
  return [
    `its place in ${projects.length > 3 ? formatCount(projects.length, "project") : projects.map(({ slug }) => slug).join(", ")}`,
    ...(commits > 0 ? [`which ${formatCount(commits, "commit")} ${commits === 1 ? "was" : "were"} in it`] : []),
    ...(deploys > 0 ? [`${formatCount(deploys, "deploy")}, with all that is told of them`] : []),
    ...environments.map(({ name, projects }) => `that it is what runs in ${name} of ${projects.join(", ")}`),
    ...(notes ? ["the notes somebody wrote"] : []),
  ];
}
