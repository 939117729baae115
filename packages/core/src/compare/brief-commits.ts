import type { Reader } from "@landfall/db/store";
import { instant } from "@landfall/schema/instant";
import type { CommitBriefView } from "@landfall/schema/views/brief";
import type { CommitWithSource } from "../commits/describe-commits.ts";
import { briefContributors } from "./brief-people.ts";

const LONGEST_SUBJECT = 200;

/** The first line of a commit message, cut to 200 characters; "" when there is none. */
export function subjectOf(message: string | null): string {
  const [line = ""] = (message ?? "").trimStart().split(/[\r\n]/, 1);
  // No character takes more than two units: what is cut here is behind the last one shown.
  const characters = [...line.slice(0, LONGEST_SUBJECT * 2 + 2).trimEnd()];
  return characters.length > LONGEST_SUBJECT ? `${characters.slice(0, LONGEST_SUBJECT - 1).join("")}…` : characters.join("");
}

/** Commits in one line each, in the order given. Three queries whatever their number. */
export async function briefCommits(db: Reader, organizationId: number, rows: readonly CommitWithSource[]): Promise<CommitBriefView[]> {
  if (rows.length === 0) return [];
  const people = await briefContributors(
    db,
    organizationId,
    rows.flatMap(({ author }) => author ?? []),
  );
  return rows.map(({ commit, repository, author }) => ({
    sha: commit.sha,
    subject: subjectOf(commit.message),
    dateCreated: instant(commit.dateCreated),
    repository: repository.name,
    author: (author && people.get(author.id)) ?? null,
  }));
}
