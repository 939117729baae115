"use client";

import { formatBytes, formatCount } from "@landfall/domain/format";
import type { RetentionItemView, RetentionPreviewView, RetentionView } from "@landfall/schema/artifacts/retention";
import { Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import { DialogButton, DialogForm } from "#ui/dialog/dialog.tsx";
import { callAction } from "#ui/forms/call-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { showDone } from "#ui/notices/notices.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { useDebouncedRequest } from "#ui/forms/use-debounced-request.ts";
import { previewRule, runRule, setRule } from "./actions.ts";
import { describeRule, describeTotals } from "./format.ts";
import classes from "./storage.module.css";

type EditRuleProps = {
  readonly organization: string;
  readonly project: string;
  readonly rule: RetentionView;
  /** The environments to choose from. */
  readonly environments: readonly string[];
};

/** A button to change a project's retention rule, with a preview of what it would delete. */
export function EditRule(props: EditRuleProps) {
  return (
    <DialogButton
      label="Edit rule"
      name={`Edit rule of ${props.project}`}
      look="row"
      title={`Retention rule of ${props.project}`}
      closesOnClickOutside={false}
    >
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
  const errors = acting.refused?.fields ?? (preview?.kind === "refused" ? preview.fields : {});
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
      error={errors[name]}
    />
  );
  return (
    <DialogForm acting={acting} hidden={{ organization, project }} submit="Save rule" onCancel={onClose}>
      <p className="soft">
        Artifacts are kept if any of these applies, or if their release is currently deployed. If all are empty, everything is kept.
        Releases, commits and deploys are always kept.
      </p>
      {number("keepLast", "Last releases", "Number of newest releases with artifacts", 1000)}
      {number("keepDays", "Days", "Days after the upload. Only this applies to bundles without a release.", 3650)}
      <Checkbox.Group
        label="Ever deployed to"
        value={[...fields.environments]}
        onChange={(chosen) => setFields({ ...fields, environments: chosen })}
        error={errors["environments"]}
      >
        <div className={classes["environments"]}>
          {environments.map((name) => (
            <Checkbox key={name} name="environments" value={name} label={name} size="xs" />
          ))}
          {environments.length === 0 && <span className="soft">No deploys yet.</span>}
        </div>
      </Checkbox.Group>
      <p>{describeRule(ruleOf(fields))}</p>
      <RetentionPreview preview={preview} />
      <p className="soft">Saving deletes nothing. The rule is applied every night, which cannot be undone.</p>
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

type RunNowProps = { readonly organization: string; readonly project: string; readonly rule: RetentionView };

/** A button to apply a project's rule now, with a preview of what it deletes. */
export function RunNow(props: RunNowProps) {
  return (
    <DialogButton label="Run now" name={`Run now: the rule of ${props.project}`} look="row" title={`Delete artifacts of ${props.project}`}>
      {(close) => <RunNowForm {...props} onClose={close} />}
    </DialogButton>
  );
}

function RunNowForm({ organization, project, rule, onClose }: RunNowProps & { readonly onClose: () => void }) {
  const { keepLast, keepDays, environments } = rule;
  const preview = usePreview(organization, project, { keepLast: String(keepLast ?? ""), keepDays: String(keepDays ?? ""), environments });
  const acting = useDialogAction(runRule, (run) => {
    onClose();
    const deleted = describeTotals(run);
    showDone(deleted === null ? `${project}: nothing to delete.` : `${project}: freed ${deleted.size}: ${deleted.items}.`);
  });
  return (
    <DialogForm acting={acting} hidden={{ organization, project }} submit="Delete permanently" isDanger onCancel={onClose}>
      <p>{describeRule(rule)}</p>
      <RetentionPreview preview={preview} />
      <p>
        <strong>This cannot be undone.</strong> The space is freed within an hour.
      </p>
    </DialogForm>
  );
}

/** What would be deleted, and how much it is. */
function RetentionPreview({ preview }: { readonly preview: Outcome<RetentionPreviewView> }) {
  return (
    <div className={classes["preview"]}>
      <output>{describePreview(preview)}</output>
      {preview?.kind === "done" && preview.value.items.length > 0 && <Items preview={preview.value} />}
    </div>
  );
}

function describePreview(preview: Outcome<RetentionPreviewView>): string {
  if (preview === null) return "Loading the preview…";
  if (preview.kind === "refused") return preview.message ?? "The preview appears once the rule is valid.";
  const { totals, isWhole } = preview.value;
  const expired = describeTotals(totals);
  return expired === null ? "Nothing would be deleted." : `Would free ${isWhole ? "" : "at least "}${expired.size}: ${expired.items}.`;
}

function Items({ preview: { items, next } }: { readonly preview: RetentionPreviewView }) {
  return (
    <ul aria-label="Artifacts to delete">
      {items.map((item) => (
        <li key={`${item.kind} ${item.id} ${item.dateUploaded}`}>
          <span>{describeItem(item)}</span>
          <span className="soft">
            {formatCount(item.files, "file")}, {formatBytes(item.bytes)}, <TimeAgo at={item.dateUploaded} />
            {item.isShared && "; another project keeps it"}
          </span>
        </li>
      ))}
      {next?.hasResults && <li className="soft">… and more.</li>}
    </ul>
  );
}

function describeItem({ kind, id, versions }: RetentionItemView): string {
  if (kind === "files") return `Files of ${id}`;
  return versions.length === 0 ? `Bundle ${id}, without a release` : `Bundle of ${versions.join(", ")}`;
}

/** A rule as form fields. */
type RuleFields = { readonly keepLast: string; readonly keepDays: string; readonly environments: readonly string[] };

/** Milliseconds without typing before the preview is loaded. */
const DEBOUNCE = 300;

/** Loads the preview of a rule when it changes; null while loading. */
function usePreview(organization: string, project: string, fields: RuleFields): Outcome<RetentionPreviewView> {
  const { keepLast, keepDays, environments } = fields;
  const key = JSON.stringify([keepLast, keepDays, environments]);
  const outcome = useDebouncedRequest(key, DEBOUNCE, () => callAction(() => previewRule(ruleForm({ organization, project }, fields))));
  return outcome?.key === key && outcome.state === "done" ? outcome.value : null;
}
