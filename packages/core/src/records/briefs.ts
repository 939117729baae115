import type { Reader } from "@landfall/db/store";
import type { ProjectRow, ReleaseRow, UserRow } from "@landfall/db/tables/schema";
import { isBot } from "@landfall/domain/commits/is-bot";
import { subjectOf } from "@landfall/domain/commits/subject";
import { versionInfo } from "@landfall/domain/versions/version-info";
import type { CommitBriefView, PersonBriefView, ProjectBriefView, ReleaseBriefView } from "@landfall/schema/brief";
import { instant, instantOrNull } from "@landfall/schema/instant";
import type { ReleaseLink } from "../access/find-release.ts";
import type { CommitWithSource } from "./commits.ts";
import { briefContributors } from "./contributors.ts";

type BriefedColumns = Pick<ReleaseRow, "version" | "isArchived" | "dateCreated" | "dateReleased" | "commitCount" | "deployCount">;

/** Returns the short form of a release, for the pages of other objects. */
export function briefRelease({
  version,
  isArchived,
  dateCreated,
  dateReleased,
  commitCount,
  deployCount,
}: BriefedColumns): ReleaseBriefView {
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

/** Returns the short form of a project, for the pages of other objects. */
export const briefProject = ({ id, slug, name }: Pick<ProjectRow, "id" | "slug" | "name">): ProjectBriefView => ({
  id: String(id),
  slug,
  name,
});

/** Returns the projects of release links in short form, in the order given. */
export const briefLinkedProjects = (links: readonly Pick<ReleaseLink, "projectId" | "slug" | "name">[]): ProjectBriefView[] =>
  links.map(({ projectId: id, slug, name }) => briefProject({ id, slug, name }));

/** Returns commits in one line each, in the order given. Three queries, for any number of commits. */
export async function briefCommits(db: Reader, organizationId: number, rows: readonly CommitWithSource[]): Promise<CommitBriefView[]> {
  if (rows.length === 0) return [];
  const contributors = await briefContributors(
    db,
    organizationId,
    rows.flatMap(({ author }) => author ?? []),
  );
  return rows.map(({ commit, repository, author }) => ({
    sha: commit.sha,
    subject: subjectOf(commit.message),
    dateCreated: instant(commit.dateCreated),
    repository: repository.name,
    author: (author && contributors.get(author.id)) ?? null,
  }));
}

/** Returns the short form of a user, for the pages of other objects. */
export const briefUser = ({ id, name, email }: Pick<UserRow, "id" | "name" | "email">): PersonBriefView => ({
  name,
  email,
  userId: String(id),
  isBot: isBot({ name, email }),
});
