"use client";

import { TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useId } from "react";
import { DialogButton, DialogForm } from "#ui/dialog/dialog.tsx";
import type { Outcome } from "#ui/forms/outcome.ts";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { showDone } from "#ui/notices/notices.tsx";
import { organizationUrls } from "#ui/organization-urls.ts";
import { createTeam } from "./actions.ts";

/** A button to create a team, whose page then opens. */
export function CreateTeam({ organization }: { readonly organization: string }) {
  return (
    <DialogButton label="Create team" look="main" title="Create team">
      {(close) => <CreateTeamForm organization={organization} onClose={close} />}
    </DialogButton>
  );
}

function CreateTeamForm({ organization, onClose }: { readonly organization: string; readonly onClose: () => void }) {
  const router = useRouter();
  const acting = useDialogAction(createTeam, (slug) => {
    onClose();
    router.push(organizationUrls(organization).settings("teams", slug));
  });
  const { fields = {} } = acting.refused ?? {};
  return (
    <DialogForm acting={acting} hidden={{ organization }} submit="Create team" onCancel={onClose}>
      <TextInput name="name" label="Name" maxLength={64} error={fields["name"] ?? fields["non_field_errors"]} required data-autofocus />
      <TextInput name="slug" label="Slug (optional)" description="Derived from the name if left empty." error={fields["slug"]} />
    </DialogForm>
  );
}

type AddToTeamProps = {
  /** "Add member". */
  readonly label: string;
  readonly field: { readonly name: string; readonly label: string };
  /** Suggestions for the field. */
  readonly suggestions: readonly string[];
  readonly action: (form: FormData) => Promise<Outcome>;
  readonly hidden: Readonly<Record<string, string>>;
  readonly done: string;
};

/** A button to add a member or a project to a team. */
export function AddToTeam(props: AddToTeamProps) {
  return (
    <DialogButton label={props.label} look="plain" title={props.label}>
      {(close) => <AddForm {...props} onClose={close} />}
    </DialogButton>
  );
}

function AddForm({ label, field, suggestions, action, hidden, done, onClose }: AddToTeamProps & { readonly onClose: () => void }) {
  const list = useId();
  const acting = useDialogAction(action, () => {
    onClose();
    showDone(done);
  });
  return (
    <DialogForm acting={acting} hidden={hidden} submit={label} onCancel={onClose}>
      <TextInput
        name={field.name}
        label={field.label}
        list={list}
        autoComplete="off"
        error={Object.values(acting.refused?.fields ?? {})[0]}
        required
        data-autofocus
      />
      <datalist id={list}>
        {suggestions.map((value) => (
          <option key={value} value={value}>
            {value}
          </option>
        ))}
      </datalist>
    </DialogForm>
  );
}
