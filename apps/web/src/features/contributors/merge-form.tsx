"use client";

import { Radio } from "@mantine/core";
import { type ReactNode, useRef } from "react";
import { BulkBar } from "#ui/bulk-bar.tsx";
import { DialogButton, DialogForm } from "#ui/dialog/dialog.tsx";
import { toFormData } from "#ui/forms/call-action.ts";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { showDone } from "#ui/notices/notices.tsx";
import { checkboxesIn, setChecked, useCheckedValues } from "#ui/table/checkbox-selection.ts";
import { mergeContributors, undoMerge } from "./actions.ts";
import { CONTRIBUTOR_FIELD } from "./merge-contributors.ts";
import classes from "./merge-form.module.css";

type Person = { readonly name: string | null; readonly email: string; readonly emails: readonly string[] };

type MergeFormProps = {
  readonly organization: string;
  /** The listed contributors. */
  readonly people: readonly Person[];
  /** The list, with its checkboxes. */
  readonly children: ReactNode;
};

/** The list of contributors, with an action to merge the selected ones. */
export function MergeForm({ organization, people, children }: MergeFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const selected = useCheckedValues(form, CONTRIBUTOR_FIELD);
  const clear = () => setChecked(checkboxesIn(form.current, CONTRIBUTOR_FIELD), false);
  const chosen = people.filter(({ email }) => selected.includes(email));
  return (
    <>
      <form ref={form}>{children}</form>
      <BulkBar count={chosen.length} onClear={clear}>
        {chosen.length < 2 ? (
          <span className="soft">Select another entry of the same person.</span>
        ) : (
          <DialogButton label="Merge into…" look="plain" title={`Merge ${chosen.length} contributors`}>
            {(close) => <MergeDialog organization={organization} chosen={chosen} onDone={clear} onClose={close} />}
          </DialogButton>
        )}
      </BulkBar>
    </>
  );
}

type MergeDialogProps = {
  readonly organization: string;
  readonly chosen: readonly Person[];
  readonly onDone: () => void;
  readonly onClose: () => void;
};

function MergeDialog({ organization, chosen, onDone, onClose }: MergeDialogProps) {
  const acting = useDialogAction(mergeContributors, ({ name, email }) => {
    onClose();
    onDone();
    const groups = JSON.stringify(chosen.map(({ emails }) => emails));
    showDone(`Merged into ${name ?? email}.`, () => undoMerge(toFormData({ organization, main: email, groups })));
  });
  const problems = [...new Set(Object.values(acting.refused?.fields ?? {}))];
  return (
    <DialogForm acting={acting} hidden={{ organization }} submit="Merge" onCancel={onClose}>
      <Radio.Group name="into" label="Merge into" defaultValue={chosen[0]?.email ?? ""} error={problems.join(" ") || undefined}>
        <div className={`stack ${classes["people"]}`}>
          {chosen.map(({ name, email, emails }) => (
            <Radio key={email} size="xs" value={email} label={name ? `${name}, ${emails.join(", ")}` : emails.join(", ")} />
          ))}
        </div>
      </Radio.Group>
      {chosen.map(({ email }) => (
        <input key={email} type="hidden" name="email" value={email} />
      ))}
      <p className="soft">
        All commits of these addresses will belong to one contributor, here and in every release. If one of them is a member of the
        organization, that is kept. You can separate addresses again.
      </p>
    </DialogForm>
  );
}
