import type { CommitAuthorRow, CommitRow, RepositoryRow } from "@landfall/db/rows";
import { type SectionTitle, SECTION_TITLES } from "./commit-types.ts";
import { isBot } from "./is-bot.ts";
import { MOST_REFERENCES, type ParsedMessage, parseMessage } from "./parse-message.ts";

/** A commit as far as notes are made of it. */
export type NoteCommit = Pick<CommitRow, "sha" | "message"> & {
  readonly repositoryUrl: RepositoryRow["url"];
  readonly author: CommitAuthorRow | null;
};

/** A change with the newest commit that made it. */
export type DraftEntry = Omit<ParsedMessage, "section"> & { readonly commit: NoteCommit };

export type DraftSection = { readonly title: SectionTitle; readonly entries: readonly DraftEntry[] };

export type Draft = { readonly sections: readonly DraftSection[]; /** How many merge commits there were. */ readonly leftOut: number };

/**
 * The changes that commits, the newest first, tell of: by section, in the order of the commits. Those that say the same are one, with
 * the references of all.
 */
export function draftNotes(commits: readonly NoteCommit[]): Draft {
  const found = new Map<string, DraftEntry & { section: SectionTitle }>();
  let leftOut = 0;
  for (const commit of commits) {
    const parsed = parseMessage(commit.message, { isBot: commit.author !== null && isBot(commit.author) });
    if (parsed === null) leftOut += 1;
    else {
      const key = JSON.stringify([parsed.section, parsed.scope, parsed.text]);
      const known = found.get(key);
      const references = known ? [...new Set([...known.references, ...parsed.references])].slice(0, MOST_REFERENCES) : parsed.references;
      found.set(key, { ...(known ?? { ...parsed, commit }), references });
    }
  }
  const bySection = Map.groupBy(found.values(), ({ section }) => section);
  return {
    sections: SECTION_TITLES.flatMap((title) => {
      const entries = bySection.get(title)?.map(({ section: _, ...entry }) => entry);
      return entries ? [{ title, entries }] : [];
    }),
    leftOut,
  };
}
