"use client";

import { MAX_NOTES_LENGTH } from "@landfall/schema/constants";
import type { NotesView } from "@landfall/schema/releases/release-notes";
import { Button, SegmentedControl, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { startTransition, useCallback, useEffect, useRef, useState, useTransition } from "react";
import { CopyButton, DownloadButton } from "#ui/copy-download.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatCount } from "#ui/format.ts";
import { callAction } from "#ui/forms/call-action.ts";
import { FormError } from "#ui/forms/form-error.tsx";
import type { Outcome } from "#ui/forms/outcome.ts";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import { showUndo } from "#ui/notices/undo-notice.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { previewNotes, saveNotes } from "./actions.ts";
import { releaseFileName } from "./file-name.ts";
import classes from "./notes.module.css";

type NotesProps = {
  readonly organization: string;
  readonly version: string;
  readonly notes: NotesView;
  readonly mayEdit: boolean;
};

/** The notes of a release, to be read, copied, edited and given up for the draft. */
export function Notes({ organization, version, notes, mayEdit }: NotesProps) {
  const kept = useSessionDraft(`notes ${organization} ${version}`);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { markdown, html, isDraft, dateSaved, draft } = notes;
  if (mayEdit && kept.text !== null) {
    return <NotesEditor organization={organization} version={version} notes={notes} typed={kept.text} keep={kept.keep} />;
  }
  const edit = () => kept.keep({ text: markdown, basedOn: dateSaved });
  const discard = async () => {
    const outcome = await callAction(() => saveNotes({ organization, version, markdown: null, basedOn: dateSaved }));
    if (outcome?.kind !== "done") return setRefusal(outcome?.message ?? "This did not work. Try again.");
    setRefusal(null);
    showUndo("The notes were given up for the draft.", () => saveNotes({ organization, version, markdown, basedOn: null }));
  };
  return (
    <section aria-labelledby="notes">
      <div className={classes["bar"]}>
        <h2 id="notes">Notes</h2>
        <NotesStatus notes={notes} />
        <span className={classes["actions"]}>
          <CopyButton text={markdown} what="the Markdown">
            Copy Markdown
          </CopyButton>
          <DownloadButton text={markdown} name={releaseFileName(version, "md")} type="text/markdown">
            Download .md
          </DownloadButton>
          {mayEdit && !isDraft && (
            <Button variant="default" onClick={() => void discard()}>
              Discard, back to the draft
            </Button>
          )}
          {mayEdit && (
            <Button variant={isDraft ? "filled" : "default"} onClick={edit}>
              {isDraft ? "Edit the draft" : "Edit"}
            </Button>
          )}
        </span>
      </div>
      <FormError message={refusal} />
      {markdown.trim() === "" ? (
        <EmptyState
          title={draft.commits.total === 0 ? "There are no commits to draft notes from" : "The commits tell nothing to draft notes from"}
        >
          {mayEdit && <p>Write them yourself: choose Edit.</p>}
        </EmptyState>
      ) : (
        // Safe: rendered by the server from Markdown.
        <div className={`${classes["notes"]} prose`} dangerouslySetInnerHTML={{ __html: html }} />
      )}
    </section>
  );
}

function NotesStatus({ notes: { isDraft, dateSaved, savedBy, draft } }: Pick<NotesProps, "notes">) {
  const { read, total } = draft.commits;
  if (isDraft) {
    const of =
      read < total ? `the newest ${read.toLocaleString("en")} of ${total.toLocaleString("en")} commits` : formatCount(total, "commit");
    return (
      <p className={classes["state"]}>
        Draft from {of}
        {draft.leftOut > 0 && `, without ${formatCount(draft.leftOut, "merge")}`}. It follows the commits until somebody saves notes.
      </p>
    );
  }
  return (
    <p className={classes["state"]}>
      Saved by {savedBy ? (savedBy.name ?? savedBy.email) : "a program"} {dateSaved && <TimeAgo at={dateSaved} />}
    </p>
  );
}

type NotesEditorProps = Omit<NotesProps, "mayEdit"> & { readonly typed: NotesDraft; readonly keep: (typed: NotesDraft | null) => void };

/** Markdown to write, with what it will look like; tells when others saved meanwhile, and lets the writer choose. */
function NotesEditor({ organization, version, notes, typed, keep }: NotesEditorProps) {
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

/** What is typed, and the `dateSaved` of the notes it began from. */
type NotesDraft = { readonly text: string; readonly basedOn: string | null };

/**
 * A text being written. It outlives the page in this tab of the browser: whoever goes to another tab of the release, or loads the page
 * again, finds it as it was.
 */
function useSessionDraft(name: string): { readonly text: NotesDraft | null; readonly keep: (typed: NotesDraft | null) => void } {
  const [text, setText] = useState<NotesDraft | null>(null);
  // oxlint-disable-next-line react/set-state-in-effect -- the server knows no storage; what was kept shows after the first drawing
  useEffect(() => setText(readDraft(name)), [name]);
  const keep = useCallback(
    (typed: NotesDraft | null) => {
      setText(typed);
      writeDraft(name, typed);
    },
    [name],
  );
  return { text, keep };
}

function readDraft(name: string): NotesDraft | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(name) ?? "null");
    return isNotesDraft(kept) ? kept : null;
  } catch {
    return null;
  }
}

function writeDraft(name: string, typed: NotesDraft | null): void {
  try {
    if (typed) sessionStorage.setItem(name, JSON.stringify(typed));
    else sessionStorage.removeItem(name);
  } catch {
    // A browser that keeps nothing still lets people write.
  }
}

function isNotesDraft(value: unknown): value is NotesDraft {
  if (typeof value !== "object" || value === null || !("text" in value) || !("basedOn" in value)) return false;
  return typeof value.text === "string" && (value.basedOn === null || typeof value.basedOn === "string");
}
