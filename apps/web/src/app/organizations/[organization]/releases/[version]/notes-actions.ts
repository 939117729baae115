"use server";

import { LONGEST_NOTES } from "@landfall/schema/longest-notes";
import type { NotesView } from "@landfall/schema/views/notes";
import { revalidatePath } from "next/cache";
import { act, type Outcome } from "../../../../../page-data/act.ts";
import { renderMarkdown } from "./render-markdown.ts";

type ToSave = {
  readonly organization: string;
  readonly version: string;
  readonly markdown: string | null;
  /** Left out to write over whatever others saved meanwhile. */
  readonly basedOn?: string | null;
};

/** Saves notes, or with null leaves the draft. */
export async function saveNotes({ organization, version, markdown, ...rest }: ToSave): Promise<Outcome<NotesView>> {
  const basedOn = "basedOn" in rest ? { basedOn: rest.basedOn ?? null } : {};
  const outcome = await act(({ call }) => call.notes.save({ organization, version, markdown, ...basedOn }));
  if (outcome.kind === "done") revalidatePath("/organizations/[organization]/releases/[version]", "layout");
  return outcome;
}

/** What Markdown looks like once it is saved. */
export async function previewNotes(markdown: unknown): Promise<Outcome<string>> {
  return act(async () => renderMarkdown(typeof markdown === "string" ? markdown.slice(0, LONGEST_NOTES) : "", NOTES_TOP));
}

/** Headings of notes stand below that of their tab. */
const NOTES_TOP = 3;
