"use client";

import type { RetentionView } from "@landfall/schema/views/retention";
import { DialogButton } from "../../../../../ui/dialog/dialog-button.tsx";
import { DialogForm } from "../../../../../ui/dialog/dialog-form.tsx";
import { sayDone } from "../../../../../ui/dialog/say-done.tsx";
import { useAct } from "../../../../../ui/dialog/use-act.ts";
import { Going } from "./going.tsx";
import { ruleWords } from "./rule-words.ts";
import { runRule } from "./storage-actions.ts";
import { totalsWords } from "./totals-words.ts";
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
  const acting = useAct(runRule, (run) => {
    onClose();
    const words = totalsWords(run);
    sayDone(`${project}: ${words === "nothing" ? "nothing was to go." : `freed ${words}.`}`);
  });
  return (
    <DialogForm acting={acting} hidden={{ organization, project }} submit="Remove for ever" isDanger onCancel={onClose}>
      <p>{ruleWords(rule)}</p>
      <Going preview={preview} />
      <p>
        <strong>This cannot be undone.</strong> The space is free within the hour.
      </p>
    </DialogForm>
  );
}
