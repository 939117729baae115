import type { Tx } from "@landfall/db/store";
import type { MarkdownRenderer, RenderedMarkdown } from "@landfall/domain/release-notes/markdown";
import { instant } from "@landfall/schema/instant";
import { type NotesPreviewView, type NotesView, PreviewNotesInput, SaveNotesInput } from "@landfall/schema/releases/release-notes";
import { NOTES_WRITE } from "@landfall/schema/scope";
import { eq } from "drizzle-orm";
import { atWholeRelease } from "../../access/at-release.ts";
import { findRelease } from "../../access/find-release.ts";
import { AppError, invalidField, notFound } from "../../kernel/app-error.ts";
import { mutationWithPreparation, query } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";
import { findSavedNotes, type SavedNotes } from "../../records/release-notes.ts";
import { lockRelease } from "../../records/releases.ts";
import { describeNotes } from "./get.ts";

/** The audit log keeps the beginning of long notes. */
const MAX_AUDITED_LENGTH = 1000;

/**
 * Saves the notes of a release; null or blank ones take them away, which leaves the draft. Throws `conflict` (reason "notes_changed")
 * when `basedOn` is given and others saved meanwhile, with who it was; `invalid` at `basedOn` for what is no moment, and at `markdown` for
 * what takes too long to render. Saving what is there already changes nothing.
 */
export const saveNotes = mutationWithPreparation({
  scope: NOTES_WRITE,
  at: atWholeRelease,
  input: SaveNotesInput,
  prepare: async ({ at: { release }, context }, { markdown: given, basedOn }) => {
    const markdown = given === null || given.trim() === "" ? null : given;
    return { release, basedOn, notes: markdown === null ? null : { markdown, ...(await renderOrThrow(context.markdown, markdown)) } };
  },
  run: async (on, { release: found, basedOn, notes }): Promise<NotesView> => {
    const { tx, actor, now } = on;
    const current = await findRelease(tx, found.organizationId, found.version);
    const release = current?.id === found.id ? await lockRelease(tx, current) : undefined;
    if (!release) throw notFound();
    const saved = await findSavedNotes(tx, release.id);
    const markdown = notes?.markdown ?? null;
    if (markdown === (saved?.markdown ?? null) && (saved === undefined || saved.html !== null)) return describeNotes(tx, release, saved);
    assertUnchanged(saved, basedOn);
    // Later than the notes before even within a millisecond: the date tells them apart.
    const dateSaved = new Date(Math.max(now.getTime(), saved ? saved.dateSaved.getTime() + 1 : 0));
    await storeNotes(tx, release.id, notes === null ? null : { ...notes, dateSaved, savedBy: actor.kind === "user" ? actor.userId : null });
    const details = { before: auditedText(saved?.markdown ?? null), after: auditedText(markdown) };
    await recordAudit(on, { organizationId: release.organizationId, action: "notes.save", target: release.version, details });
    return describeNotes(tx, release, await findSavedNotes(tx, release.id));
  },
});

/** Shows what Markdown will look like once it is saved. Throws `invalid` as `saveNotes` would. */
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
  const moment = basedOn === null ? null : Date.parse(basedOn);
  if (Number.isNaN(moment)) throw invalidField("basedOn", "This must be the dateSaved of the notes that were edited, or null.");
  if (moment === (saved?.dateSaved.getTime() ?? null)) return;
  const keep = "Copy what you wrote, load the notes again, and put both together.";
  if (!saved) throw new AppError("conflict", `The notes you edited were taken away meanwhile. ${keep}`, { reason: "notes_changed" });
  const who = saved.savedBy ? (saved.savedBy.name ?? saved.savedBy.email) : "Somebody";
  throw new AppError("conflict", `${who} saved other notes of this release meanwhile, at ${instant(saved.dateSaved)}. ${keep}`, {
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
