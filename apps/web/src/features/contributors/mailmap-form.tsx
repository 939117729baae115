"use client";

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

/** A field for the file, what it would change, and the button that changes it. */
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
  const isSomething = changes !== null && changes.merged + changes.renamed > 0;
  return (
    <form {...form} className={classes["form"]}>
      <input type="hidden" name="organization" value={organization} />
      <label className={classes["file"]}>
        Take a file: <input type="file" onChange={(event) => void read(event)} />
      </label>
      <Textarea
        ref={field}
        name="text"
        label="The content of .mailmap"
        description="In the repository's folder: git shortlog -se shows whom git takes for whom with it."
        placeholder={EXAMPLE}
        defaultValue={text}
        error={refused?.fields["text"]}
        rows={10}
        spellCheck={false}
        classNames={{ input: classes["text"] ?? "" }}
      />
      <FormError message={noResponse ?? refused?.message} />
      <div className="row">
        <Button type="submit" name="do" value="preview" variant={isPreview && isSomething ? "default" : "filled"} loading={isSending}>
          Show what it changes
        </Button>
        {isPreview && isSomething && (
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

/** What a .mailmap changes, or has changed, and what of it does nothing. */
function MailmapChanges({ changes: { merged, renamed, changes, unknown, problems }, isImported }: MailmapChangesProps) {
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">{isImported ? "What was changed" : "What would change"}</h2>
      <p>
        <output>{describeMailmap({ merged, renamed }, isImported)}</output>
      </p>
      {isImported && merged > 0 && <p>An address that went wrong is separated again on the page of the person.</p>}
      <DataTable caption="Changes" columns={COLUMNS} rows={changes} keyOf={({ email }) => email} empty={null} />
      {problems.length > 0 && (
        <>
          <h3>Lines that are left out</h3>
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
          <summary>
            {unknown.length === 1
              ? "1 address that no commit and no member has"
              : `${unknown.length} addresses that no commit and no member has`}
          </summary>
          <p className="mono">{unknown.join(", ")}</p>
        </details>
      )}
    </section>
  );
}

const COLUMNS: readonly Column<Change>[] = [
  { key: "email", head: "Address", grows: true, cell: ({ email }) => <span title={email}>{email}</span> },
  { key: "into", head: "Becomes one of", cell: ({ into }) => into ?? <span className="soft">—</span> },
  { key: "name", head: "Name", cell: ({ name }) => name ?? <span className="soft">as before</span> },
];

/** What a .mailmap changes, in a sentence. */
export function describeMailmap({ merged, renamed }: Pick<MailmapView, "merged" | "renamed">, isImported: boolean): string {
  if (merged + renamed === 0) return "It changes nothing: everybody is called so already, or known by none of these addresses.";
  const addresses = merged === 1 ? "1 address" : `${merged.toLocaleString("en")} addresses`;
  const names = renamed === 1 ? "1 name" : `${renamed.toLocaleString("en")} names`;
  const parts = [
    ...(merged > 0 ? [`${addresses} ${isImported ? (merged === 1 ? "was" : "were") : "would be"} merged`] : []),
    ...(renamed > 0 ? [`${names} ${isImported ? "corrected" : "would be corrected"}`] : []),
  ];
  return `${parts.join(", ")}.`;
}
