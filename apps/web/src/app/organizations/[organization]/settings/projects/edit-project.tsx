"use client";

import type { ProjectView } from "@landfall/schema/views/organization";
import { DialogButton } from "../../../../../ui/dialog/dialog-button.tsx";
import { DialogForm } from "../../../../../ui/dialog/dialog-form.tsx";
import { toFormData, showDone } from "../../../../../ui/dialog/say-done.tsx";
import { useDialogAction } from "../../../../../ui/dialog/use-act.ts";
import { updateProject } from "./project-actions.ts";
import { ProjectFields } from "./project-fields.tsx";

type EditProjectProps = { readonly organization: string; readonly project: Pick<ProjectView, "name" | "slug" | "platform"> };

/** A button to change a project. */
export function EditProject(props: EditProjectProps) {
  const { slug } = props.project;
  return (
    <DialogButton label="Edit" name={`Edit ${slug}`} look="row" title={`Project ${slug}`}>
      {(close) => <EditProjectForm {...props} onClose={close} />}
    </DialogButton>
  );
}

function EditProjectForm({ organization, project, onClose }: EditProjectProps & { readonly onClose: () => void }) {
  const { name, slug, platform } = project;
  const acting = useDialogAction(updateProject, (changed) => {
    onClose();
    showDone(`The project ${changed} is changed.`, () =>
      updateProject(toFormData({ organization, project: changed, name, slug, platform: platform ?? "" })),
    );
  });
  return (
    <DialogForm acting={acting} hidden={{ organization, project: slug }} submit="Save" onCancel={onClose}>
      <ProjectFields project={project} wrong={acting.refused?.fields ?? {}} />
    </DialogForm>
  );
}
