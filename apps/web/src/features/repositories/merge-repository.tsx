"use client";

import { formatCount } from "@landfall/domain/format";
import type { RepositoryMergeView } from "@landfall/schema/releases/repositories";
import { Checkbox, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { DialogButton, DialogForm } from "#ui/dialog/dialog.tsx";
import { failureText, type Outcome } from "#ui/forms/outcome.ts";
import { useActionOutcome } from "#ui/forms/use-debounced-request.ts";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { showDone } from "#ui/notices/notices.tsx";
import { mergeRepository, previewMerge } from "./actions.ts";
import classes from "./repository-form.module.css";

type Named = { readonly id: string; readonly name: string };

type MergeRepositoryProps = {
  readonly organization: string;
  readonly repository: Named;
  /** The repositories that it can be merged into. */
  readonly others: readonly Named[];
};

/** A button that opens the dialog to merge a repository into another one. */
export function MergeRepository(props: MergeRepositoryProps) {
  const { name } = props.repository;
  return (
    <DialogButton label="Merge" name={`Merge ${name}`} look="row" title={`Merge ${name} into another repository`}>
      {(close) => <MergeForm {...props} onClose={close} />}
    </DialogButton>
  );
}

function MergeForm({ organization, repository, others, onClose }: MergeRepositoryProps & { readonly onClose: () => void }) {
  const [into, setInto] = useState("");
  const preview = useActionOutcome(into || null, (chosen) => previewMerge({ organization, repository: repository.id, into: chosen }));
  const acting = useDialogAction(mergeRepository, (name) => {
    onClose();
    showDone(`Merged ${repository.name} into ${name}.`);
  });
  return (
    <DialogForm acting={acting} hidden={{ organization, repository: repository.id }} submit="Merge" isDanger onCancel={onClose}>
      <NativeSelect
        name="into"
        label="Into"
        value={into}
        onChange={(event) => setInto(event.currentTarget.value)}
        data={[{ value: "", label: "Choose a repository" }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
        error={acting.refused?.fields["into"]}
        required
        data-autofocus
      />
      {into !== "" && <Preview outcome={preview} />}
      <Checkbox
        name="keepsOldName"
        label={`Add commits that clients report as ${repository.name} to the other repository too`}
        defaultChecked
      />
      <p>This cannot be undone.</p>
    </DialogForm>
  );
}

function Preview({ outcome }: { readonly outcome: Outcome<RepositoryMergeView> }) {
  if (outcome === null) return <output>Counting…</output>;
  if (outcome.kind === "refused") {
    return (
      <p className="wrong" role="alert">
        {failureText(outcome)}
      </p>
    );
  }
  return (
    <ul className={classes["preview"]} aria-label="What the merge changes">
      {describeMerge(outcome.value).map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

/** Returns what a merge changes, one fact per line. */
export function describeMerge({ from, into, commits, sharedCommits, releases, sharedReleases }: RepositoryMergeView): string[] {
  const more = commits.isCapped ? " or more" : "";
  return [
    `${formatCount(commits.count, "commit")}${more} of ${formatCount(releases, "release")} ${commits.count === 1 && !commits.isCapped ? "moves" : "move"} from ${from} to ${into}.`,
    sharedCommits === 0
      ? "No commit is in both."
      : `${formatCount(sharedCommits, "commit")}${more} with the same hash ${sharedCommits === 1 ? "is" : "are"} in both: ${into} keeps its message, author, and files.`,
    ...(sharedReleases === 0
      ? []
      : [
          `${formatCount(sharedReleases, "release has", "releases have")} head commits in both: ${sharedReleases === 1 ? "it keeps the one" : "they keep the ones"} in ${into}.`,
        ]),
    `${from} is removed from the list.`,
  ];
}
