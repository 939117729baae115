import type { Reader } from "@landfall/db/store";
import type { ReleaseRow, UserRow } from "@landfall/db/tables/schema";
import { isBot } from "@landfall/domain/commits/is-bot";
import { versionInfo } from "@landfall/domain/versions/version-info";
import type { CommitBriefView, PersonBriefView, ReleaseBriefView } from "@landfall/schema/brief";
import { instant, instantOrNull } from "@landfall/schema/instant";
import type { CommitWithSource } from "./commits.ts";
import { briefContributors } from "./contributors.ts";

type Shown = Pick<ReleaseRow, "version" | "isArchived" | "dateCreated" | "dateReleased" | "commitCount" | "deployCount">;

/** A release as pages name it in passing. */
export function briefRelease({ version, isArchived, dateCreated, dateReleased, commitCount, deployCount }: Shown): ReleaseBriefView {
  const info = versionInfo(version);
  return {
    version,
    description: info?.description ?? version,
    package: info?.package ?? null,
    status: isArchived ? "archived" : "open",
    dateCreated: instant(dateCreated),
    dateReleased: instantOrNull(dateReleased),
    commitCount,
    deployCount,
  };
}

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

/** A person of this server as pages name them in passing. */
export const briefUser = ({ id, name, email }: Pick<UserRow, "id" | "name" | "email">): PersonBriefView => ({
  name,
  email,
  userId: String(id),
  isBot: isBot({ name, email }),
});
