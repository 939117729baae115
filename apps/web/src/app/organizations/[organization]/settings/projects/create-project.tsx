"use client";

import { NativeSelect } from "@mantine/core";
import { DialogButton } from "../../../../../ui/dialog/dialog-button.tsx";
import { DialogForm } from "../../../../../ui/dialog/dialog-form.tsx";
import { showDone } from "../../../../../ui/dialog/say-done.tsx";
import { useDialogAction } from "../../../../../ui/dialog/use-act.ts";
import { createProject } from "./project-actions.ts";
import { ProjectFields } from "./project-fields.tsx";

type CreateProjectProps = {
  readonly organization: string;
  readonly teams: readonly { readonly slug: string; readonly name: string }[];
};

/** A button to make a project. */
export function CreateProject(props: CreateProjectProps) {
  return (
    <DialogButton label="Create a project" look="main" title="Create a project">
      {(close) => <CreateProjectForm {...props} onClose={close} />}
    </DialogButton>
  );
}

function CreateProjectForm({ organization, teams, onClose }: CreateProjectProps & { readonly onClose: () => void }) {
  const acting = useDialogAction(createProject, () => {
    onClose();
    showDone("The project is made.");
  });
  return (
    <DialogForm acting={acting} hidden={{ organization }} submit="Create the project" onCancel={onClose}>
      <ProjectFields wrong={acting.refused?.fields ?? {}} />
      {teams.length > 0 && <NativeSelect name="team" label="Team" data={teams.map(({ slug, name }) => ({ value: slug, label: name }))} />}
    </DialogForm>
  );
}
