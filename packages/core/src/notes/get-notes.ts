import { NoInput } from "@landfall/schema/inputs/nothing";
import { REL_READ } from "@landfall/schema/scope";
import { atRelease } from "../access/at-release.ts";
import { query } from "../operation.ts";
import { describeNotes } from "./describe-notes.ts";
import { findSavedNotes } from "./find-saved-notes.ts";
import { type MarkdownRenderer, plainHtml } from "./markdown.ts";

/**
 * The notes of a release: those somebody saved, and the draft made from its commits, of which at most the newest 5000 are read. The
 * Markdown of a draft holds no HTML and no links but to the commits and requests of repositories whose address is known.
 */
export const getNotes = query({
  scope: REL_READ,
  at: atRelease,
  input: NoInput,
  run: async ({ db, at: { release }, context }) => {
    const saved = await findSavedNotes(db, release.id);
    const isRendered = saved === undefined || saved.html !== null;
    return describeNotes(db, release, saved, isRendered ? null : await renderMissingHtml(context.markdown, saved.markdown));
  },
});

/** The HTML of notes that an earlier version saved without it. */
async function renderMissingHtml(renderer: MarkdownRenderer, markdown: string): Promise<string> {
  const rendered = await renderer.render(markdown);
  return "html" in rendered ? rendered.html : plainHtml(markdown);
}
