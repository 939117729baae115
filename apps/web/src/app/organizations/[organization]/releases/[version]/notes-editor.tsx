"use client";

import { MAX_NOTES_LENGTH } from "@landfall/schema/longest-notes";
import { Button, SegmentedControl, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { startTransition, useEffect, useRef, useState, useTransition } from "react";
import type { Outcome } from "../../../../../page-data/outcome.ts";
import { useShortcuts } from "../../../../../ui/keyboard/shortcuts.ts";
import { FormError } from "../../../../../ui/refusal.tsx";
import { callAction } from "../../../../../ui/sending/answer-of.ts";
import { previewNotes, saveNotes } from "./notes-actions.ts";
import type { NotesProps } from "./notes.tsx";
import type { NotesDraft } from "./use-kept-text.ts";
import classes from "./notes.module.css";

type NotesEditorProps = Omit<NotesProps, "mayEdit"> & { readonly typed: NotesDraft; readonly keep: (typed: NotesDraft | null) => void };

/** Markdown to write, with what it will look like; tells when others saved meanwhile, and lets the writer choose. */
export function NotesEditor({ organization, version, notes, typed, keep }: NotesEditorProps) {
  const router = useRouter();
  const [outcome, setOutcome] = useState<Outcome<unknown>>(null);
  const [preview, setPreview] = useState<string | null>(null);
  const [isBusy, work] = useTransition();
  const field = useRef<HTMLTextAreaElement>(null);
  // The button that led here is gone.
  useEffect(() => field.current?.focus(), []);
  const { text, basedOn } = typed;
  const isOvertaken = notes.dateSaved !== basedOn;
  const send = () =>
    work(async () => {
      const saved = await callAction(() => saveNotes({ organization, version, markdown: text, basedOn }));
      setOutcome(saved);
      // Somebody else saved: their notes are shown.
      if (saved?.kind === "refused" && saved.code === "conflict") return router.refresh();
      if (saved?.kind !== "done") return;
      // Together with the page that has them, so that the notes before do not show for a moment.
      startTransition(() => keep(null));
      notifications.show({ message: "Saved the notes." });
    });
  const show = (side: string) =>
    work(async () => {
      if (side === "write") return setPreview(null);
      const made = await callAction(() => previewNotes({ organization, version, markdown: text }));
      if (made?.kind === "done") setPreview(made.value);
      else setOutcome(made);
    });
  useShortcuts("Notes", [{ keys: "mod+s", label: "Save the notes", run: () => !isBusy && send() }]);
  const refused = outcome?.kind === "refused" ? outcome : null;
  return (
    <section aria-labelledby="notes">
      <div className={classes["bar"]}>
        <h2 id="notes">Notes</h2>
        <SegmentedControl
          size="xs"
          aria-label="Write or preview"
          value={preview === null ? "write" : "preview"}
          onChange={show}
          data={[
            { value: "write", label: "Write" },
            { value: "preview", label: "Preview" },
          ]}
        />
        <span className={classes["actions"]}>
          <Button variant="default" onClick={() => keep(null)}>
            Cancel
          </Button>
          <Button loading={isBusy} onClick={() => send()} title="Save (Ctrl S)">
            Save
          </Button>
        </span>
      </div>
      <FormError message={refused?.message ?? refused?.fields["markdown"]} />
      {isOvertaken && (
        <details className={classes["other"]} open>
          <summary>
            {notes.isDraft ? "The notes you edit were given up for the draft meanwhile" : "Others saved notes while you were writing"}
          </summary>
          <p>
            Take over what you need from below.{" "}
            <Button variant="default" onClick={() => keep({ text, basedOn: notes.dateSaved })}>
              I have: go on with mine
            </Button>{" "}
            <Button variant="default" onClick={() => keep(null)}>
              Drop mine
            </Button>
          </p>
          {/* Safe: rendered by the server from Markdown. */}
          <div className="prose" dangerouslySetInnerHTML={{ __html: notes.html }} />
        </details>
      )}
      {preview === null ? (
        <Textarea
          aria-label="Notes in Markdown"
          value={text}
          maxLength={MAX_NOTES_LENGTH}
          onChange={(event) => keep({ text: event.currentTarget.value, basedOn })}
          autosize
          minRows={14}
          maxRows={40}
          ref={field}
          classNames={{ input: classes["text"] ?? "" }}
        />
      ) : (
        // Safe: rendered by the server from Markdown.
        <div className={`${classes["notes"]} prose`} dangerouslySetInnerHTML={{ __html: preview }} />
      )}
      <p className="soft">Kept in this tab of your browser until you save or cancel.</p>
    </section>
  );
}
