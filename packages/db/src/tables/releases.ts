import { sql } from "drizzle-orm";
import type { CommitTables } from "./commits.ts";
import type { Kit } from "./kit.sqlite.ts";
import type { OrganizationTables } from "./organizations.ts";
import type { ProjectTables } from "./projects.ts";

/** Releases with their projects, commits and head commits. */
export function defineReleases(
  k: Kit,
  { organizations, users }: OrganizationTables,
  { projects }: ProjectTables,
  { commits, repositories }: CommitTables,
) {
  const releases = k.table(
    "releases",
    {
      id: k.id("id"),
      organizationId: k
        .int("organization_id")
        .notNull()
        .references(() => organizations.id, { onDelete: "cascade" }),
      version: k.text("version").notNull(),
      isArchived: k.bool("is_archived").notNull().default(false),
      ref: k.text("ref"),
      url: k.text("url"),
      ownerId: k.int("owner_id").references(() => users.id, { onDelete: "set null" }),
      userAgent: k.text("user_agent"),
      dateCreated: k.time("date_created").notNull(),
      dateReleased: k.time("date_released"),
      /** dateReleased, else dateCreated: the date that orders the releases of a project. */
      dateEffective: k.time("date_effective").notNull(),
      commitCount: k.int("commit_count").notNull().default(0),
      lastCommitId: k.int("last_commit_id"),
      /** The ids of commit_authors in order of appearance, so that reading a release does not read its commits. */
      authorIds: k.json<number[]>("author_ids").notNull(),
      deployCount: k.int("deploy_count").notNull().default(0),
      lastDeployId: k.int("last_deploy_id"),
      package: k.text("package"),
      major: k.bigint("major"),
      minor: k.bigint("minor"),
      patch: k.bigint("patch"),
      revision: k.bigint("revision"),
      /** 1 if there is no prerelease, so that a final release sorts above its candidates. */
      isFinal: k.int("is_final"),
      prerelease: k.text("prerelease"),
      buildCode: k.text("build_code"),
      buildNumber: k.bigint("build_number"),
    },
    (t) => [
      k.uniqueIndex("releases_organization_version").on(t.organizationId, t.version),
      k.index("releases_created").on(t.organizationId, t.isArchived, t.dateCreated, t.id),
      k.index("releases_created_any").on(t.organizationId, t.dateCreated, t.id),
      k
        .index("releases_finalized")
        .on(t.organizationId, t.dateCreated, t.id)
        .where(sql`${t.dateReleased} is not null`),
      k
        .index("releases_unfinalized")
        .on(t.organizationId, t.dateCreated, t.id)
        .where(sql`${t.dateReleased} is null`),
      k.index("releases_semver").on(t.organizationId, t.major, t.minor, t.patch, t.revision, t.isFinal, t.prerelease, t.dateCreated, t.id),
      k.index("releases_build").on(t.organizationId, t.buildNumber, t.id),
      k.index("releases_package").on(t.organizationId, t.package, t.dateCreated, t.id),
    ],
  );

  const releaseProjects = k.table(
    "release_projects",
    {
      id: k.id("id"),
      releaseId: k
        .int("release_id")
        .notNull()
        .references(() => releases.id, { onDelete: "cascade" }),
      projectId: k
        .int("project_id")
        .notNull()
        .references(() => projects.id, { onDelete: "cascade" }),
      /** Copies of the release's dates and state, so that an index has a project's newest releases in order. */
      isArchived: k.bool("is_archived").notNull().default(false),
      dateCreated: k.time("date_created").notNull(),
      dateEffective: k.time("date_effective").notNull(),
      newGroups: k.int("new_groups").notNull().default(0),
    },
    (t) => [
      k.uniqueIndex("release_projects_release_project").on(t.releaseId, t.projectId),
      k.index("release_projects_created").on(t.projectId, t.dateCreated, t.releaseId, t.isArchived),
      k.index("release_projects_effective").on(t.projectId, t.dateEffective, t.releaseId, t.isArchived),
    ],
  );

  const releaseCommits = k.table(
    "release_commits",
    {
      releaseId: k
        .int("release_id")
        .notNull()
        .references(() => releases.id, { onDelete: "cascade" }),
      /** 0 is the newest. */
      position: k.int("position").notNull(),
      commitId: k
        .int("commit_id")
        .notNull()
        .references(() => commits.id, { onDelete: "cascade" }),
    },
    (t) => [
      k.primaryKey({ columns: [t.releaseId, t.commitId] }),
      k.index("release_commits_commit").on(t.commitId),
      k.index("release_commits_order").on(t.releaseId, t.position),
    ],
  );

  const releaseHeads = k.table(
    "release_heads",
    {
      releaseId: k
        .int("release_id")
        .notNull()
        .references(() => releases.id, { onDelete: "cascade" }),
      repositoryId: k
        .int("repository_id")
        .notNull()
        .references(() => repositories.id, { onDelete: "cascade" }),
      commitId: k
        .int("commit_id")
        .notNull()
        .references(() => commits.id, { onDelete: "cascade" }),
      previousSha: k.text("previous_sha"),
    },
    // Without the index, deleting a commit would read every row.
    (t) => [k.primaryKey({ columns: [t.releaseId, t.repositoryId] }), k.index("release_heads_commit").on(t.commitId)],
  );

  return { releases, releaseProjects, releaseCommits, releaseHeads };
}

export type ReleaseTables = ReturnType<typeof defineReleases>;

/** Saved notes of releases. A release without a row only has the draft generated from its commits. */
export function defineNotes(k: Kit, { users }: OrganizationTables, { releases }: ReleaseTables) {
  const releaseNotes = k.table(
    "release_notes",
    {
      releaseId: k
        .int("release_id")
        .notNull()
        .references(() => releases.id, { onDelete: "cascade" }),
      markdown: k.text("markdown").notNull(),
      /** The Markdown as HTML, and its first lines. Null for notes that were saved by a version that did not store them. */
      html: k.text("html"),
      excerptHtml: k.text("excerpt_html"),
      /** Null if an organization token saved them, or the account was deleted. */
      savedBy: k.int("saved_by").references(() => users.id, { onDelete: "set null" }),
      dateSaved: k.time("date_saved").notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.releaseId] })],
  );

  return { releaseNotes };
}
