import { sql } from "drizzle-orm";
import type { Kit } from "./kit.sqlite.ts";
import type { OrganizationTables } from "./organizations.ts";

/** `LinkSettings` of packages/schema, which this package does not import. */
type RepositoryLinkSettings = {
  host?: "github" | "gitlab" | "bitbucket" | "bitbucket-server" | "gitea" | "azure" | undefined;
  templates?: Partial<Record<"commit" | "request" | "issue" | "file" | "compare", string | undefined>> | undefined;
};

/** Repositories, their commits, the authors of those, and the changed files. */
export function defineCommits(k: Kit, { organizations }: OrganizationTables) {
  const repositories = k.table(
    "repositories",
    {
      id: k.id("id"),
      organizationId: k
        .int("organization_id")
        .notNull()
        .references(() => organizations.id, { onDelete: "cascade" }),
      name: k.text("name").notNull(),
      url: k.text("url"),
      /** The product that serves it and the templates of its links; null if nothing was set. */
      links: k.json<RepositoryLinkSettings>("links"),
      externalId: k.text("external_id"),
      status: k.text("status").notNull().default("active"),
      dateCreated: k.time("date_created").notNull(),
    },
    (t) => [
      k
        .uniqueIndex("repositories_active_name")
        .on(t.organizationId, t.name)
        .where(sql`${t.status} = 'active'`),
      k.index("repositories_organization_name").on(t.organizationId, t.name),
    ],
  );

  /** Other names that clients use for a repository: its names before it was renamed, and those of repositories merged into it. */
  const repositoryAliases = k.table(
    "repository_aliases",
    {
      id: k.id("id"),
      organizationId: k
        .int("organization_id")
        .notNull()
        .references(() => organizations.id, { onDelete: "cascade" }),
      name: k.text("name").notNull(),
      repositoryId: k
        .int("repository_id")
        .notNull()
        .references(() => repositories.id, { onDelete: "cascade" }),
    },
    (t) => [
      k.uniqueIndex("repository_aliases_name").on(t.organizationId, t.name),
      k.index("repository_aliases_repository").on(t.repositoryId),
    ],
  );

  const commitAuthors = k.table(
    "commit_authors",
    {
      id: k.id("id"),
      organizationId: k
        .int("organization_id")
        .notNull()
        .references(() => organizations.id, { onDelete: "cascade" }),
      email: k.text("email").notNull(),
      name: k.text("name"),
      /** The main author email that this one is merged into, in the same organization; that one is never merged itself. */
      mergedInto: k.int("merged_into"),
    },
    (t) => [
      k.uniqueIndex("commit_authors_organization_email").on(t.organizationId, t.email),
      k.index("commit_authors_merged_into").on(t.mergedInto),
    ],
  );

  const commits = k.table(
    "commits",
    {
      id: k.id("id"),
      organizationId: k
        .int("organization_id")
        .notNull()
        .references(() => organizations.id, { onDelete: "cascade" }),
      repositoryId: k
        .int("repository_id")
        .notNull()
        .references(() => repositories.id, { onDelete: "cascade" }),
      sha: k.text("sha").notNull(),
      message: k.text("message"),
      authorId: k.int("author_id").references(() => commitAuthors.id, { onDelete: "set null" }),
      /** Issue keys that the message resolves ("PROJ-1A2"), upper case; null if there are none. */
      fixes: k.json<string[]>("fixes"),
      dateCreated: k.time("date_created").notNull(),
    },
    (t) => [
      k.uniqueIndex("commits_repository_sha").on(t.repositoryId, t.sha),
      k.index("commits_organization_sha").on(t.organizationId, t.sha),
      k.index("commits_repository_date").on(t.repositoryId, t.dateCreated, t.id),
      k.index("commits_author_date").on(t.authorId, t.dateCreated, t.id),
    ],
  );

  const commitFiles = k.table(
    "commit_files",
    {
      id: k.id("id"),
      commitId: k
        .int("commit_id")
        .notNull()
        .references(() => commits.id, { onDelete: "cascade" }),
      path: k.text("path").notNull(),
      /** "A" added, "M" modified, "D" deleted. */
      type: k.text("type").notNull(),
    },
    (t) => [k.uniqueIndex("commit_files_commit_path").on(t.commitId, t.path)],
  );

  return { repositories, repositoryAliases, commitAuthors, commits, commitFiles };
}

export type CommitTables = ReturnType<typeof defineCommits>;
