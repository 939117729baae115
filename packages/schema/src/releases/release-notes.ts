import * as z from "zod";
import { PersonBriefView } from "../brief.ts";
import { MAX_NOTES_LENGTH } from "../constants.ts";
import { body } from "../fields/composites.ts";
import { text } from "../fields/text.ts";

/**
 * Notes to save. Null or an empty text deletes them, which restores the draft. `basedOn`: the `dateSaved` of the edited notes, null for
 * the draft; notes that others saved since are then not overwritten.
 */
export const SaveNotesInput = body({
  markdown: text({ max: MAX_NOTES_LENGTH, blank: true, trim: false }).nullable(),
  basedOn: z.union([z.string(), z.null()], "Not a valid string.").optional(),
});

export type SaveNotesInput = z.output<typeof SaveNotesInput>;

/** Markdown to preview. */
export const PreviewNotesInput = body({ markdown: text({ max: MAX_NOTES_LENGTH, blank: true, trim: false }) });

/** A change in the draft of release notes. */
const NoteEntryView = z.object({
  sha: z.string(),
  scope: z.string().nullable(),
  /** The description, without type and scope. */
  text: z.string(),
  /** Pull requests and issues in the message, as written: "#123", "PROJ-12". */
  references: z.array(z.string()),
  author: PersonBriefView.nullable(),
});

type NoteEntryView = z.infer<typeof NoteEntryView>;

/** A group of changes; `more` is the number of omitted ones. */
const NoteSectionView = z.object({ title: z.string(), entries: z.array(NoteEntryView), more: z.number().int() });

type NoteSectionView = z.infer<typeof NoteSectionView>;

/** The notes of a release. */
export const NotesView = z.object({
  version: z.string(),
  /** The saved notes, else the draft. */
  markdown: z.string(),
  /** The same as sanitized HTML. */
  html: z.string(),
  isDraft: z.boolean(),
  dateSaved: z.iso.datetime().nullable(),
  savedBy: PersonBriefView.nullable(),
  /** Generated from the commits at every call. */
  draft: z.object({
    markdown: z.string(),
    sections: z.array(NoteSectionView),
    /** The number of commits that were read: at most the newest 5000. */
    commits: z.object({ read: z.number().int(), total: z.number().int() }),
    /** The number of omitted merge commits. */
    leftOut: z.number().int(),
  }),
});

export type NotesView = z.infer<typeof NotesView>;

/** The rendered preview of release notes. */
export const NotesPreviewView = z.object({ html: z.string() });

export type NotesPreviewView = z.infer<typeof NotesPreviewView>;
