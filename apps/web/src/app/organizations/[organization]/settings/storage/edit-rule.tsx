"use client";

import { Checkbox, TextInput } from "@mantine/core";
import type { RetentionView } from "@landfall/schema/views/retention";
import { useState } from "react";
import { DialogButton } from "../../../../../ui/dialog/dialog-button.tsx";
import { DialogForm } from "../../../../../ui/dialog/dialog-form.tsx";
import { showDone } from "../../../../../ui/dialog/say-done.tsx";
import { useDialogAction } from "../../../../../ui/dialog/use-act.ts";
import { RetentionPreview } from "./going.tsx";
import { describeRule } from "./rule-words.ts";
import { setRule } from "./storage-actions.ts";
import classes from "./storage.module.css";
import { type RuleFields, usePreview } from "./use-preview.ts";

type EditRuleProps = {
  readonly organization: string;
  readonly project: string;
  readonly rule: RetentionView;
  /** The names there are to choose among. */
  readonly environments: readonly string[];
};

/** A button to change how long a project keeps artifacts, which shows what would go before it is saved. */
export function EditRule(props: EditRuleProps) {
  return (
    <DialogButton label="Edit rule" name={`Edit rule of ${props.project}`} look="row" title={`What ${props.project} keeps`} leaves={false}>
      {(close) => <EditRuleForm {...props} onClose={close} />}
    </DialogButton>
  );
}

function EditRuleForm({ organization, project, rule, environments, onClose }: EditRuleProps & { readonly onClose: () => void }) {
  const before: RuleFields = { keepLast: fieldText(rule.keepLast), keepDays: fieldText(rule.keepDays), environments: rule.environments };
  const [fields, setFields] = useState(before);
  const preview = usePreview(organization, project, fields);
  const acting = useDialogAction(setRule, () => {
    onClose();
    showDone(`${project}: ${describeRule(ruleOf(fields))}`, () => setRule(ruleForm({ organization, project }, before)));
  });
  const wrong = acting.refused?.fields ?? (preview?.kind === "refused" ? preview.fields : {});
  const number = (name: "keepLast" | "keepDays", label: string, description: string, max: number) => (
    <TextInput
      name={name}
      label={label}
      description={description}
      type="number"
      min={1}
      max={max}
      step={1}
      value={fields[name]}
      onChange={(event) => setFields({ ...fields, [name]: event.currentTarget.value })}
      error={wrong[name]}
    />
  );
  return (
    <DialogForm acting={acting} hidden={{ organization, project }} submit="Save the rule" onCancel={onClose}>
      <p className="soft">
        Artifacts are kept when any of these holds, or what they are of is deployed now. With all empty, everything is kept. Releases,
        commits and deploys always stay.
      </p>
      {number("keepLast", "Last releases", "Of so many of the newest releases that have artifacts", 1000)}
      {number("keepDays", "Days", "For so many days after the upload; bundles without a release go by this alone", 3650)}
      <Checkbox.Group
        label="Ever deployed to"
        value={[...fields.environments]}
        onChange={(chosen) => setFields({ ...fields, environments: chosen })}
        error={wrong["environments"]}
      >
        <div className={classes["environments"]}>
          {environments.map((name) => (
            <Checkbox key={name} name="environments" value={name} label={name} size="xs" />
          ))}
          {environments.length === 0 && <span className="soft">Nothing was deployed yet.</span>}
        </div>
      </Checkbox.Group>
      <p>{describeRule(ruleOf(fields))}</p>
      <RetentionPreview preview={preview} />
      <p className="soft">Saving removes nothing: what the rule does not keep goes in the night, which cannot be undone.</p>
    </DialogForm>
  );
}

const fieldText = (part: number | null): string => (part === null ? "" : String(part));

const ruleOf = ({ keepLast, keepDays, environments }: RuleFields) => ({
  keepLast: keepLast === "" ? null : Number(keepLast),
  keepDays: keepDays === "" ? null : Number(keepDays),
  environments: [...environments],
});

function ruleForm(of: Readonly<Record<string, string>>, { environments, ...numbers }: RuleFields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...of, ...numbers })) form.append(name, value);
  for (const name of environments) form.append("environments", name);
  return form;
}
