"use client";

import { Button, Textarea } from "@mantine/core";
import { type ChangeEvent, useRef } from "react";
import { FormError } from "../../../../../ui/refusal.tsx";
import { useFormAction } from "../../../../../ui/sending/use-send.ts";
import { importMailmap, type MailmapState } from "./import-mailmap.ts";
import { MailmapChanges } from "./mailmap-changes.tsx";
import classes from "./mailmap-form.module.css";

const EMPTY_STATE: MailmapState = { text: "", isImported: false, outcome: null };
const EXAMPLE = "Ada Lovelace <ada@acme.test> <ada@old.test>\nGrace Hopper <grace@acme.test> G. <1234+grace@users.noreply.github.com>";

/** A field for the file, what it would change, and the button that changes it. */
export function MailmapForm({ organization }: { readonly organization: string }) {
  const { answer, unanswered, isSending, form } = useFormAction(importMailmap, EMPTY_STATE);
  const { text, isImported, outcome } = answer;
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
      <FormError message={unanswered ?? refused?.message} />
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
