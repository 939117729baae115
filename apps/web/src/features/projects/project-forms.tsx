"use client";

import type { ProjectView } from "@landfall/schema/organizations/projects";
import { NativeSelect, TextInput } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { SlugField } from "#features/settings/slug-field.tsx";
import { DialogButton, DialogForm } from "#ui/dialog/dialog.tsx";
import { toFormData } from "#ui/forms/call-action.ts";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { showDone } from "#ui/notices/notices.tsx";
import { createProject, updateProject } from "./actions.ts";

type CreateProjectProps = {
  readonly organization: string;
  readonly teams: readonly { readonly slug: string; readonly name: string }[];
};

/** A button that opens the form for a new project. */
export function CreateProject(props: CreateProjectProps) {
  return (
    <DialogButton label="Create project" look="main" title="Create project">
      {(close) => <CreateProjectForm {...props} onClose={close} />}
    </DialogButton>
  );
}

function CreateProjectForm({ organization, teams, onClose }: CreateProjectProps & { readonly onClose: () => void }) {
  const acting = useDialogAction(createProject, () => {
    onClose();
    showDone("Created the project.");
  });
  return (
    <DialogForm acting={acting} hidden={{ organization }} submit="Create project" onCancel={onClose}>
      <ProjectFields
        slug={
          <TextInput
            name="slug"
            label="Slug (optional)"
            description="Derived from the name if empty."
            error={acting.refused?.fields?.["slug"]}
          />
        }
        errors={acting.refused?.fields ?? {}}
      />
      {teams.length > 0 && <NativeSelect name="team" label="Team" data={teams.map(({ slug, name }) => ({ value: slug, label: name }))} />}
    </DialogForm>
  );
}

type EditProjectProps = {
  readonly organization: string;
  readonly project: Pick<ProjectView, "name" | "slug" | "platform">;
  /** The names of the organization tokens whose last use in the last 30 days was for the project. */
  readonly recentTokens: readonly string[];
};

/** A button that opens the form to edit a project. */
export function EditProject(props: EditProjectProps) {
  const { slug } = props.project;
  return (
    <DialogButton label="Edit" name={`Edit ${slug}`} look="row" title={`Project ${slug}`}>
      {(close) => <EditProjectForm {...props} onClose={close} />}
    </DialogButton>
  );
}

function EditProjectForm({ organization, project, recentTokens, onClose }: EditProjectProps & { readonly onClose: () => void }) {
  const { name, slug, platform } = project;
  const acting = useDialogAction(updateProject, (changed) => {
    onClose();
    showDone(`Saved the project ${changed}.`, () =>
      updateProject(toFormData({ organization, project: changed, name, slug, platform: platform ?? "" })),
    );
  });
  return (
    <DialogForm acting={acting} hidden={{ organization, project: slug }} submit="Save" onCancel={onClose}>
      <ProjectFields
        project={project}
        slug={
          <SlugField
            kind="project"
            slug={slug}
            description="Clients use it to identify the project."
            error={acting.refused?.fields?.["slug"]}
            recentTokens={recentTokens}
          />
        }
        errors={acting.refused?.fields ?? {}}
      />
    </DialogForm>
  );
}

type ProjectFieldsProps = {
  readonly project?: { readonly name: string; readonly platform: string | null };
  /** The field of the slug. */
  readonly slug: ReactNode;
  readonly errors: Readonly<Record<string, string>>;
};

const PLATFORMS = [
  "android",
  "apple",
  "dart",
  "dotnet",
  "elixir",
  "flutter",
  "go",
  "java",
  "javascript",
  "node",
  "php",
  "python",
  "react-native",
  "ruby",
  "rust",
];

/** The fields of a project. */
function ProjectFields({ project, slug, errors }: ProjectFieldsProps) {
  const list = useId();
  return (
    <>
      <TextInput name="name" label="Name" defaultValue={project?.name} maxLength={50} error={errors["name"]} required data-autofocus />
      {slug}
      <TextInput
        name="platform"
        label="Platform (optional)"
        defaultValue={project?.platform ?? ""}
        maxLength={64}
        list={list}
        autoComplete="off"
        error={errors["platform"]}
      />
      <datalist id={list}>
        {PLATFORMS.map((platform) => (
          <option key={platform} value={platform}>
            {platform}
          </option>
        ))}
      </datalist>
    </>
  );
}
