"use client";

import { formatCount } from "@landfall/domain/format";
import type { MailmapView } from "@landfall/schema/organizations/contributors";
import { Button, Textarea } from "@mantine/core";
import { type ChangeEvent, useRef } from "react";
import { FormError } from "#ui/forms/form-error.tsx";
import { useFormAction } from "#ui/forms/use-form-action.ts";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { importMailmap, type MailmapState } from "./actions.ts";
import classes from "./mailmap-form.module.css";

const EMPTY_STATE: MailmapState = { text: "", isImported: false, outcome: null };
const EXAMPLE = "Ada Lovelace <ada@acme.test> <ada@old.test>\nGrace Hopper <grace@acme.test> G. <1234+grace@users.noreply.github.com>";

/** A form to preview and import a .mailmap. */
export function MailmapForm({ organization }: { readonly organization: string }) {
  const { result, noResponse, isSending, form } = useFormAction(importMailmap, EMPTY_STATE);
  const { text, isImported, outcome } = result;
  const field = useRef<HTMLTextAreaElement>(null);
  const read = async ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const file = currentTarget.files?.item(0);
    if (file && field.current) field.current.value = await file.text();
  };
  const refused = outcome?.kind === "refused" ? outcome : null;
  const changes = outcome?.kind === "done" ? outcome.value : null;
  const isPreview = changes !== null && !isImported;
  const hasChanges = changes !== null && changes.merged + changes.renamed > 0;
  return (
    <form {...form} className={classes["form"]}>
      <input type="hidden" name="organization" value={organization} />
      <label className={classes["file"]}>
        Choose a file: <input type="file" onChange={(event) => void read(event)} />
      </label>
      <Textarea
        ref={field}
        name="text"
        label="Content of .mailmap"
        description="In the repository, `git shortlog -se` shows how git merges contributors with it."
        placeholder={EXAMPLE}
        defaultValue={text}
        error={refused?.fields["text"]}
        rows={10}
        spellCheck={false}
        classNames={{ input: classes["text"] ?? "" }}
      />
      <FormError message={noResponse ?? refused?.message} />
      <div className="row">
        <Button type="submit" name="do" value="preview" variant={isPreview && hasChanges ? "default" : "filled"} loading={isSending}>
          Preview
        </Button>
        {isPreview && hasChanges && (
          <Button type="submit" name="do" value="import" loading={isSending}>
            Import
          </Button>
        )}
      </div>
      {changes && <MailmapChanges changes={changes} isImported={isImported} />}
    </form>
  );
}

type Change = MailmapView["changes"][number];
type MailmapChangesProps = { readonly changes: MailmapView; readonly isImported: boolean };

/** The changes of a .mailmap, and its lines and addresses without effect. */
function MailmapChanges({ changes: { merged, renamed, changes, unknown, problems }, isImported }: MailmapChangesProps) {
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">{isImported ? "Changes" : "Preview"}</h2>
      <p>
        <output>{describeMailmap({ merged, renamed }, isImported)}</output>
      </p>
      {isImported && merged > 0 && <p>To undo a merge, separate the address on the contributor's page.</p>}
      <DataTable caption="Changes" columns={COLUMNS} rows={changes} keyOf={({ email }) => email} empty={null} />
      {problems.length > 0 && (
        <>
          <h3>Ignored lines</h3>
          <ul>
            {problems.map(({ line, message }) => (
              <li key={`${line} ${message}`}>
                Line {line}: {message}
              </li>
            ))}
          </ul>
        </>
      )}
      {unknown.length > 0 && (
        <details>
          <summary>{formatCount(unknown.length, "address", "addresses")} without a commit or member</summary>
          <p className="mono">{unknown.join(", ")}</p>
        </details>
      )}
    </section>
  );
}

const COLUMNS: readonly Column<Change>[] = [
  { key: "email", head: "Email address", grows: true, cell: ({ email }) => <span title={email}>{email}</span> },
  { key: "into", head: "Merged into", cell: ({ into }) => into ?? <span className="soft">—</span> },
  { key: "name", head: "Name", cell: ({ name }) => name ?? <span className="soft">unchanged</span> },
];

/** Describes the changes of a .mailmap. */
export function describeMailmap({ merged, renamed }: Pick<MailmapView, "merged" | "renamed">, isImported: boolean): string {
  if (merged + renamed === 0) return "No changes: the names are already correct, or no commit uses these addresses.";
  const verb = (count: number) => (isImported ? (count === 1 ? "was" : "were") : "would be");
  const parts = [
    ...(merged > 0 ? [`${formatCount(merged, "address", "addresses")} ${verb(merged)} merged`] : []),
    ...(renamed > 0 ? [`${formatCount(renamed, "name")} ${verb(renamed)} corrected`] : []),
  ];
  return `${parts.join(", ")}.`;
}
