"use server";

import type { NotesView } from "@landfall/schema/views/notes";
import { revalidatePath } from "next/cache";
import { runAction } from "../../../../../page-data/act.ts";
import type { Outcome } from "../../../../../page-data/outcome.ts";

type NotesInput = {
  readonly organization: string;
  readonly version: string;
  readonly markdown: string | null;
  /** Left out to write over whatever others saved meanwhile. */
  readonly basedOn?: string | null;
};

/** Saves notes, or with null leaves the draft. */
export async function saveNotes({ organization, version, markdown, ...rest }: NotesInput): Promise<Outcome<NotesView>> {
  const basedOn = "basedOn" in rest ? { basedOn: rest.basedOn ?? null } : {};
  const outcome = await runAction(({ call }) => call.notes.save({ organization, version, markdown, ...basedOn }));
  if (outcome.kind === "done") revalidatePath("/organizations/[organization]/releases/[version]", "layout");
  return outcome;
}

/** What Markdown looks like once it is saved, as HTML. */
export async function previewNotes(
  draft: Pick<NotesInput, "organization" | "version"> & { readonly markdown: string },
): Promise<Outcome<string>> {
  return runAction(async ({ call }) => (await call.notes.preview(draft)).html);
}
