"use client";

import type { NotesView } from "@landfall/schema/views/notes";
import { Button } from "@mantine/core";
import { useState } from "react";
import { CopyButton } from "../../../../../ui/copy-button.tsx";
import { formatCount } from "../../../../../ui/counted.ts";
import { DownloadButton } from "../../../../../ui/download-button.tsx";
import { EmptyState } from "../../../../../ui/nothing-here.tsx";
import { FormError } from "../../../../../ui/refusal.tsx";
import { callAction } from "../../../../../ui/sending/answer-of.ts";
import { TimeAgo } from "../../../../../ui/time-ago.tsx";
import { showUndo } from "../../../../../ui/undo-notice.tsx";
import { releaseFileName } from "./file-name-of.ts";
import { saveNotes } from "./notes-actions.ts";
import { NotesEditor } from "./notes-editor.tsx";
import { useSessionDraft } from "./use-kept-text.ts";
import classes from "./notes.module.css";

export type NotesProps = {
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
    const of = read < total ? `the newest ${read.toLocaleString("en")} of ${total.toLocaleString("en")} commits` : formatCount(total, "commit");
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
