"use client";

import type { RetentionView } from "@landfall/schema/views/retention";
import { DialogButton } from "../../../../../ui/dialog/dialog-button.tsx";
import { DialogForm } from "../../../../../ui/dialog/dialog-form.tsx";
import { showDone } from "../../../../../ui/dialog/say-done.tsx";
import { useDialogAction } from "../../../../../ui/dialog/use-act.ts";
import { RetentionPreview } from "./going.tsx";
import { describeRule } from "./rule-words.ts";
import { runRule } from "./storage-actions.ts";
import { describeTotals } from "./totals-words.ts";
import { usePreview } from "./use-preview.ts";

type RunNowProps = { readonly organization: string; readonly project: string; readonly rule: RetentionView };

/** A button that removes what a project does not keep without waiting for the night, and shows first what that is. */
export function RunNow(props: RunNowProps) {
  return (
    <DialogButton
      label="Run now"
      name={`Run now the rule of ${props.project}`}
      look="row"
      title={`Remove what ${props.project} does not keep`}
    >
      {(close) => <RunNowForm {...props} onClose={close} />}
    </DialogButton>
  );
}

function RunNowForm({ organization, project, rule, onClose }: RunNowProps & { readonly onClose: () => void }) {
  const { keepLast, keepDays, environments } = rule;
  const preview = usePreview(organization, project, { keepLast: String(keepLast ?? ""), keepDays: String(keepDays ?? ""), environments });
  const acting = useDialogAction(runRule, (run) => {
    onClose();
    const words = describeTotals(run);
    showDone(`${project}: ${words === "nothing" ? "nothing was to go." : `freed ${words}.`}`);
  });
  return (
    <DialogForm acting={acting} hidden={{ organization, project }} submit="Remove for ever" isDanger onCancel={onClose}>
      <p>{describeRule(rule)}</p>
      <RetentionPreview preview={preview} />
      <p>
        <strong>This cannot be undone.</strong> The space is free within the hour.
      </p>
    </DialogForm>
  );
}
