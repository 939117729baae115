"use client";

import type { RetentionItemView, RetentionPreviewView, RetentionView } from "@landfall/schema/artifacts/retention";
import { Checkbox, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { DialogButton, DialogForm } from "#ui/dialog/dialog.tsx";
import { formatBytes, formatCount } from "#ui/format.ts";
import { callAction } from "#ui/forms/call-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { showDone } from "#ui/notices/notices.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { previewRule, runRule, setRule } from "./actions.ts";
import { describeRule, describeTotals } from "./format.ts";
import classes from "./storage.module.css";

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
    <DialogButton
      label="Edit rule"
      name={`Edit rule of ${props.project}`}
      look="row"
      title={`What ${props.project} keeps`}
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

/** What would go, and how much it is. */
function RetentionPreview({ preview }: { readonly preview: Outcome<RetentionPreviewView> }) {
  return (
    <div className={classes["preview"]}>
      <output>{describePreview(preview)}</output>
      {preview?.kind === "done" && preview.value.items.length > 0 && <Items preview={preview.value} />}
    </div>
  );
}

function describePreview(preview: Outcome<RetentionPreviewView>): string {
  if (preview === null) return "Looking what would go…";
  if (preview.kind === "refused") return preview.message ?? "What would go is shown once the rule is in order.";
  const { totals, isWhole } = preview.value;
  const words = describeTotals(totals);
  return words === "nothing" ? "Nothing would go." : `Would free ${isWhole ? "" : "at least "}${words}.`;
}

function Items({ preview: { items, next } }: { readonly preview: RetentionPreviewView }) {
  return (
    <ul aria-label="What would go">
      {items.map((item) => (
        <li key={`${item.kind} ${item.id} ${item.dateUploaded}`}>
          <span>{describeItem(item)}</span>
          <span className="soft">
            {formatCount(item.files, "file")}, {formatBytes(item.bytes)}, <TimeAgo at={item.dateUploaded} />
            {item.isOnlyTaken && "; another project has it too, so only this one lets go of it"}
          </span>
        </li>
      ))}
      {next?.hasResults && <li className="soft">… and more.</li>}
    </ul>
  );
}

function describeItem({ kind, id, versions }: RetentionItemView): string {
  if (kind === "files") return `Files of ${id}`;
  return versions.length === 0 ? `Bundle ${id}, of no release` : `Bundle of ${versions.join(", ")}`;
}

/** A rule as the fields of a form have it. */
type RuleFields = { readonly keepLast: string; readonly keepDays: string; readonly environments: readonly string[] };

/** How long nothing is typed before it is looked what would go. */
const DEBOUNCE = 300;

/** What would go by a rule, looked up anew when it changes; null while it is not known. */
function usePreview(
  organization: string,
  project: string,
  { keepLast, keepDays, environments }: RuleFields,
): Outcome<RetentionPreviewView> {
  const [found, setFound] = useState<{ readonly key: string; readonly preview: Outcome<RetentionPreviewView> } | null>(null);
  const key = JSON.stringify([organization, project, keepLast, keepDays, environments]);
  useEffect(() => {
    let isOld = false;
    const timer = setTimeout(() => {
      void callAction(() => previewRule(formOfRule(key))).then((preview) => isOld || setFound({ key, preview }));
    }, DEBOUNCE);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [key]);
  return found?.key === key ? found.preview : null;
}

function formOfRule(key: string): FormData {
  const [organization, project, keepLast, keepDays, environments] = readKey(key);
  const form = new FormData();
  for (const [name, value] of Object.entries({ organization, project, keepLast, keepDays })) form.append(name, value);
  for (const name of environments) form.append("environments", name);
  return form;
}

/** The cast says what the key was made of. */
const readKey = (key: string) => JSON.parse(key) as [string, string, string, string, string[]];
