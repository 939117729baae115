"use client";

import { formatCount } from "@landfall/domain/format";
import { MAX_NOTES_LENGTH } from "@landfall/schema/constants";
import type { NotesView } from "@landfall/schema/releases/release-notes";
import { Button, SegmentedControl, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { startTransition, useCallback, useEffect, useRef, useState, useTransition } from "react";
import { CopyButton, DownloadButton } from "#ui/copy-download.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { callAction } from "#ui/forms/call-action.ts";
import { FormError } from "#ui/forms/form-error.tsx";
import type { Outcome } from "#ui/forms/outcome.ts";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import { showDone } from "#ui/notices/notices.tsx";
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

/** The notes of a release, with buttons to copy, download, edit, and revert them. */
export function Notes({ organization, version, notes, mayEdit }: NotesProps) {
  const draftInTab = useSessionDraft(`notes ${organization} ${version}`);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { markdown, html, isDraft, dateSaved, draft } = notes;
  if (mayEdit && draftInTab.text !== null) {
    return (
      <NotesEditor organization={organization} version={version} notes={notes} typed={draftInTab.text} setTyped={draftInTab.setText} />
    );
  }
  const edit = () => draftInTab.setText({ text: markdown, basedOn: dateSaved });
  const revert = async () => {
    const outcome = await callAction(() => saveNotes({ organization, version, markdown: null, basedOn: dateSaved }));
    if (outcome?.kind !== "done") return setRefusal(outcome?.message ?? "This did not work. Try again.");
    setRefusal(null);
    showDone("Reverted to the draft.", () => saveNotes({ organization, version, markdown, basedOn: null }));
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
            <Button variant="default" onClick={() => void revert()}>
              Revert to draft
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
        <EmptyState title={draft.commits.total === 0 ? "No commits to draft notes from" : "Nothing in the commits to draft notes from"}>
          {mayEdit && <p>To write notes yourself, choose Edit.</p>}
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
    const commits =
      read < total ? `the newest ${read.toLocaleString("en")} of ${total.toLocaleString("en")} commits` : formatCount(total, "commit");
    return (
      <p className={classes["status"]}>
        Draft from {commits}
        {draft.leftOut > 0 && `, without ${formatCount(draft.leftOut, "merge")}`}. It is updated with the commits until notes are saved.
      </p>
    );
  }
  return (
    <p className={classes["status"]}>
      Saved by {savedBy ? (savedBy.name ?? savedBy.email) : "an API token"} {dateSaved && <TimeAgo at={dateSaved} />}
    </p>
  );
}

type NotesEditorProps = Omit<NotesProps, "mayEdit"> & { readonly typed: NotesDraft; readonly setTyped: (typed: NotesDraft | null) => void };

/** An editor for Markdown with a preview. When someone else saved in the meantime, it shows their notes and lets the writer choose. */
function NotesEditor({ organization, version, notes, typed, setTyped }: NotesEditorProps) {
  const router = useRouter();
  const [outcome, setOutcome] = useState<Outcome<unknown>>(null);
  const [preview, setPreview] = useState<string | null>(null);
  const [isBusy, work] = useTransition();
  const field = useRef<HTMLTextAreaElement>(null);
  // The Edit button that had the focus no longer exists.
  useEffect(() => field.current?.focus(), []);
  const { text, basedOn } = typed;
  const isOutdated = notes.dateSaved !== basedOn;
  const send = () =>
    work(async () => {
      const saved = await callAction(() => saveNotes({ organization, version, markdown: text, basedOn }));
      setOutcome(saved);
      // Someone else saved: load and show their notes.
      if (saved?.kind === "refused" && saved.code === "conflict") return router.refresh();
      if (saved?.kind !== "done") return;
      // In one transition with the refreshed page, so that the old notes do not flash.
      startTransition(() => setTyped(null));
      notifications.show({ message: "Saved the notes." });
    });
  const show = (side: string) =>
    work(async () => {
      if (side === "write") return setPreview(null);
      const rendered = await callAction(() => previewNotes({ organization, version, markdown: text }));
      if (rendered?.kind === "done") setPreview(rendered.value);
      else setOutcome(rendered);
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
          <Button variant="default" onClick={() => setTyped(null)}>
            Cancel
          </Button>
          <Button loading={isBusy} onClick={() => send()} title="Save (Ctrl S)">
            Save
          </Button>
        </span>
      </div>
      <FormError message={refused?.message ?? refused?.fields["markdown"]} />
      {isOutdated && (
        <details className={classes["other"]} open>
          <summary>
            {notes.isDraft
              ? "The notes were reverted to the draft while you were editing"
              : "Someone else saved notes while you were editing"}
          </summary>
          <p>
            Copy what you need from below, then continue.{" "}
            <Button variant="default" onClick={() => setTyped({ text, basedOn: notes.dateSaved })}>
              Continue with my version
            </Button>{" "}
            <Button variant="default" onClick={() => setTyped(null)}>
              Discard my version
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
          onChange={(event) => setTyped({ text: event.currentTarget.value, basedOn })}
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
      <p className="soft">Your text is kept in this browser tab until you save or cancel.</p>
    </section>
  );
}

/** A text being edited, and the `dateSaved` of the notes it started from. */
type NotesDraft = { readonly text: string; readonly basedOn: string | null };

/** A text being edited, kept in session storage: it survives navigation and reloads in this browser tab. */
function useSessionDraft(name: string): { readonly text: NotesDraft | null; readonly setText: (draft: NotesDraft | null) => void } {
  const [text, setState] = useState<NotesDraft | null>(null);
  // oxlint-disable-next-line react/set-state-in-effect -- the server has no session storage; the draft shows after hydration
  useEffect(() => setState(readDraft(name)), [name]);
  const setText = useCallback(
    (draft: NotesDraft | null) => {
      setState(draft);
      writeDraft(name, draft);
    },
    [name],
  );
  return { text, setText };
}

function readDraft(name: string): NotesDraft | null {
  try {
    const draft: unknown = JSON.parse(sessionStorage.getItem(name) ?? "null");
    return isNotesDraft(draft) ? draft : null;
  } catch {
    return null;
  }
}

function writeDraft(name: string, draft: NotesDraft | null): void {
  try {
    if (draft) sessionStorage.setItem(name, JSON.stringify(draft));
    else sessionStorage.removeItem(name);
  } catch {
    // Without storage, editing still works.
  }
}

function isNotesDraft(value: unknown): value is NotesDraft {
  if (typeof value !== "object" || value === null || !("text" in value) || !("basedOn" in value)) return false;
  return typeof value.text === "string" && (value.basedOn === null || typeof value.basedOn === "string");
}
