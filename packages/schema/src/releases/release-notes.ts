import * as z from "zod";
import { PersonBriefView } from "../brief.ts";
import { MAX_NOTES_LENGTH } from "../constants.ts";
import { body } from "../fields/composites.ts";
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

/** A change as the draft of release notes tells it. */
const NoteEntryView = z.object({
  sha: z.string(),
  scope: z.string().nullable(),
  /** What was done, without type and scope. */
  text: z.string(),
  /** Requests and tickets the message names, as written: "#123", "PROJ-12". */
  references: z.array(z.string()),
  author: PersonBriefView.nullable(),
});

type NoteEntryView = z.infer<typeof NoteEntryView>;

/** A group of changes, with how many of it were left out. */
const NoteSectionView = z.object({ title: z.string(), entries: z.array(NoteEntryView), more: z.number().int() });

type NoteSectionView = z.infer<typeof NoteSectionView>;

/** The notes of a release. */
export const NotesView = z.object({
  version: z.string(),
  /** What to show, copy and export: the notes somebody saved, else the draft. */
  markdown: z.string(),
  /** The same as HTML that is safe to put into a page. */
  html: z.string(),
  isDraft: z.boolean(),
  dateSaved: z.iso.datetime().nullable(),
  savedBy: PersonBriefView.nullable(),
  /** Made anew from the commits at every call. */
  draft: z.object({
    markdown: z.string(),
    sections: z.array(NoteSectionView),
    /** How many commits were read; of more than 5000 only the newest are. */
    commits: z.object({ read: z.number().int(), total: z.number().int() }),
    /** Merge commits, which tell nothing that others do not. */
    leftOut: z.number().int(),
  }),
});

export type NotesView = z.infer<typeof NotesView>;

/** Markdown as the notes of a release would show it. */
export const NotesPreviewView = z.object({ html: z.string() });

export type NotesPreviewView = z.infer<typeof NotesPreviewView>;
