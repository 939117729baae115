import { getNotes } from "@landfall/core/notes/get-notes";
import { previewNotes, saveNotes } from "@landfall/core/notes/save-notes";
import { mutationOf, queryOf, router } from "../trpc.ts";

/** The notes of a release. */
export const notesRouter = router({ get: queryOf(getNotes), preview: queryOf(previewNotes), save: mutationOf(saveNotes) });
