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
  /** Those listed. */
  readonly people: readonly Person[];
  /** The list, with its boxes. */
  readonly children: ReactNode;
};

/** The list with what makes one person of several. */
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
          <span className="soft">Select whoever is the same person.</span>
        ) : (
          <DialogButton label="Merge into…" look="plain" title={`Merge ${chosen.length} into one person`}>
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
    showDone(`They are ${name ?? email} now.`, () => undoMerge(toFormData({ organization, main: email, groups })));
  });
  const problems = [...new Set(Object.values(acting.refused?.fields ?? {}))];
  return (
    <DialogForm acting={acting} hidden={{ organization }} submit="Merge" onCancel={onClose}>
      <Radio.Group name="into" label="Who stays" defaultValue={chosen[0]?.email ?? ""} error={problems.join(" ") || undefined}>
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
        The commits of all these addresses are then told as one person&apos;s, here and in every release. A member of the organization stays
        whoever is chosen. Nothing is lost: addresses can be separated again.
      </p>
    </DialogForm>
  );
}
