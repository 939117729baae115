"use client";

import { useCallback, useEffect, useState } from "react";

/** What is typed, and the `dateSaved` of the notes it began from. */
export type NotesDraft = { readonly text: string; readonly basedOn: string | null };

/**
 * A text being written. It outlives the page in this tab of the browser: whoever goes to another tab of the release, or loads the page
 * again, finds it as it was.
 */
export function useSessionDraft(name: string): { readonly text: NotesDraft | null; readonly keep: (typed: NotesDraft | null) => void } {
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
