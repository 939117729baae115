import type { Tx } from "@landfall/db/store";
import type { MarkdownRenderer, RenderedMarkdown } from "@landfall/domain/release-notes/markdown";
import { instant } from "@landfall/schema/instant";
import { type NotesPreviewView, type NotesView, PreviewNotesInput, SaveNotesInput } from "@landfall/schema/releases/release-notes";
import { NOTES_WRITE } from "@landfall/schema/scope";
import { eq } from "drizzle-orm";
import { atWholeRelease } from "../../access/at-release.ts";
import { findRelease } from "../../access/find-release.ts";
import { AppError, invalidField } from "../../kernel/app-error.ts";
import { mutationWithPreparation, query } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";
import { findSavedNotes, type SavedNotes } from "../../records/release-notes.ts";
import { lockRelease, releaseDeleted } from "../../records/releases.ts";
import { describeNotes, findNoteCommits } from "./get.ts";

/** How many characters of notes the audit log contains. */
const MAX_AUDITED_LENGTH = 1000;

/**
 * Saves the notes of a release. Null or blank notes delete the saved ones, so that the draft is shown. Saving the same notes again changes
 * nothing.
 *
 * @throws `conflict` with reason "notes_changed" if `basedOn` is set and is not the date of the saved notes
 * @throws `invalid` at `basedOn` if it is not a date, and at `markdown` if rendering takes too long
 */
export const saveNotes = mutationWithPreparation({
  scope: NOTES_WRITE,
  at: atWholeRelease,
  input: SaveNotesInput,
  prepare: async ({ at: { release }, context }, { markdown: source, basedOn }) => {
    const markdown = source === null || source.trim() === "" ? null : source;
    return { release, basedOn, notes: markdown === null ? null : { markdown, ...(await renderOrThrow(context.markdown, markdown)) } };
  },
  run: async (on, { release: found, basedOn, notes }): Promise<NotesView> => {
    const { tx, actor, now } = on;
    const current = await findRelease(tx, found.organizationId, found.version);
    const release = current?.id === found.id ? await lockRelease(tx, current) : undefined;
    if (!release) throw releaseDeleted(found);
    const saved = await findSavedNotes(tx, release.id);
    const markdown = notes?.markdown ?? null;
    if (markdown === (saved?.markdown ?? null) && (saved === undefined || saved.html !== null)) {
      return describeNotes(tx, release, await findNoteCommits(tx, release), saved);
    }
    assertUnchanged(saved, basedOn);
    // Later than the previous notes even within a millisecond, because the date identifies a version of the notes.
    const dateSaved = new Date(Math.max(now.getTime(), saved ? saved.dateSaved.getTime() + 1 : 0));
    await storeNotes(tx, release.id, notes === null ? null : { ...notes, dateSaved, savedBy: actor.kind === "user" ? actor.userId : null });
    const details = { before: auditedText(saved?.markdown ?? null), after: auditedText(markdown) };
    await recordAudit(on, { organizationId: release.organizationId, action: "notes.save", target: release.version, details });
    return describeNotes(tx, release, await findNoteCommits(tx, release), await findSavedNotes(tx, release.id));
  },
});

/** Returns the HTML of notes before they are saved. Throws `invalid` as `saveNotes` would. */
export const previewNotes = query({
  scope: NOTES_WRITE,
  at: atWholeRelease,
  input: PreviewNotesInput,
  run: async ({ context }, { markdown }): Promise<NotesPreviewView> => ({ html: (await renderOrThrow(context.markdown, markdown)).html }),
});

async function renderOrThrow(renderer: MarkdownRenderer, markdown: string): Promise<RenderedMarkdown> {
  const result = await renderer.render(markdown);
  if ("problem" in result) throw invalidField("markdown", result.problem);
  return result;
}

function assertUnchanged(saved: SavedNotes | undefined, basedOn: string | null | undefined): void {
  if (basedOn === undefined) return;
  const base = basedOn === null ? null : Date.parse(basedOn);
  if (Number.isNaN(base)) throw invalidField("basedOn", "Must be the dateSaved of the edited notes, or null.");
  if (base === (saved?.dateSaved.getTime() ?? null)) return;
  const advice = "Copy your text, reload the notes, and merge both.";
  if (!saved) throw new AppError("conflict", `The notes you edited have been deleted. ${advice}`, { reason: "notes_changed" });
  const who = saved.savedBy ? (saved.savedBy.name ?? saved.savedBy.email) : "Another user";
  throw new AppError("conflict", `${who} saved other notes for this release at ${instant(saved.dateSaved)}. ${advice}`, {
    reason: "notes_changed",
  });
}

type StoredNotes = RenderedMarkdown & { readonly markdown: string; readonly dateSaved: Date; readonly savedBy: number | null };

async function storeNotes(tx: Tx, releaseId: number, notes: StoredNotes | null): Promise<void> {
  const { releaseNotes } = tx.tables;
  if (notes === null) await tx.delete(releaseNotes).where(eq(releaseNotes.releaseId, releaseId));
  else
    await tx
      .insert(releaseNotes)
      .values({ releaseId, ...notes })
      .onConflictDoUpdate({ target: releaseNotes.releaseId, set: notes });
}

function auditedText(markdown: string | null): string | null {
  if (markdown === null || markdown.length <= MAX_AUDITED_LENGTH) return markdown;
  return `${markdown.slice(0, MAX_AUDITED_LENGTH).toWellFormed()}…`;
}
