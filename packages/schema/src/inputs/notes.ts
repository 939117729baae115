import * as z from "zod";
import { MAX_NOTES_LENGTH } from "../longest-notes.ts";
import { body } from "../fields/body.ts";
import { text } from "../fields/text.ts";

/**
 * Notes to save. Null or an empty text takes them away, which leaves the draft. `basedOn`: the `dateSaved` of the notes that were
 * edited, null for the draft; notes that others saved meanwhile are then not overwritten.
 */
export const SaveNotesInput = body({
  markdown: text({ max: MAX_NOTES_LENGTH, blank: true, trim: false }).nullable(),
  basedOn: z.union([z.string(), z.null()], "Not a valid string.").optional(),
});
export type SaveNotesInput = z.output<typeof SaveNotesInput>;

/** Markdown to look at before it is saved. */
export const PreviewNotesInput = body({ markdown: text({ max: MAX_NOTES_LENGTH, blank: true, trim: false }) });
