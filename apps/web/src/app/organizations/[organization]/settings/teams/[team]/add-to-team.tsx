"use client";

import { TextInput } from "@mantine/core";
import { useId } from "react";
import type { Outcome } from "../../../../../../page-data/outcome.ts";
import { DialogButton } from "../../../../../../ui/dialog/dialog-button.tsx";
import { DialogForm } from "../../../../../../ui/dialog/dialog-form.tsx";
import { showDone } from "../../../../../../ui/dialog/say-done.tsx";
import { useDialogAction } from "../../../../../../ui/dialog/use-act.ts";

type AddToTeamProps = {
  /** "Add a member". */
  readonly label: string;
  readonly field: { readonly name: string; readonly label: string };
  /** Some of what could be added, to choose from while typing. */
  readonly known: readonly string[];
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

function AddForm({ label, field, known, action, hidden, done, onClose }: AddToTeamProps & { readonly onClose: () => void }) {
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
        {known.map((value) => (
          <option key={value} value={value}>
            {value}
          </option>
        ))}
      </datalist>
    </DialogForm>
  );
}
