import { getNotes } from "@landfall/core/notes/get-notes";
import { saveNotes } from "@landfall/core/notes/save-notes";
import { mutationOf, queryOf, router } from "../trpc.ts";

/** The notes of a release. */
export const notesRouter = router({ get: queryOf(getNotes), save: mutationOf(saveNotes) });
