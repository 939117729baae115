import { defineActivity } from "./activity.ts";
import { defineArtifacts } from "./artifacts.ts";
import { defineCommits } from "./commits.ts";
import { defineSessions, defineTokens } from "./credentials.ts";
import { defineDeploys } from "./deploys.ts";
import type { Kit } from "./kit.sqlite.ts";
import { defineOrganizations } from "./organizations.ts";
import { defineProjects } from "./projects.ts";
import { defineNotes, defineReleases } from "./releases.ts";
import { defineRetention } from "./retention.ts";
import { defineStorage } from "./storage.ts";

/** Every table, with the column types of one dialect. The migrations of both dialects are generated from it. */
export function defineSchema(k: Kit) {
  const people = defineOrganizations(k);
  const projects = defineProjects(k, people);
  const sessions = defineSessions(k, people);
  const tokens = defineTokens(k, people, projects);
  const commits = defineCommits(k, people);
  const releases = defineReleases(k, people, projects, commits);
  const deploys = defineDeploys(k, people, projects, releases);
  const records = defineActivity(k, people, projects);
  const notes = defineNotes(k, people, releases);
  const artifacts = defineArtifacts(k, people, projects, releases);
  const retention = defineRetention(k, people, projects);
  const storage = defineStorage(k);
  return {
    ...people,
    ...sessions,
    ...projects,
    ...tokens,
    ...commits,
    ...releases,
    ...deploys,
    ...records,
    ...notes,
    ...artifacts,
    ...retention,
    ...storage,
  };
}

export type Schema = ReturnType<typeof defineSchema>;

/** A row of a select of the whole table. */
type Row<T extends keyof Schema> = Schema[T]["$inferSelect"];

export type OrganizationRow = Row<"organizations">;
export type UserRow = Row<"users">;
export type UserEmailRow = Row<"userEmails">;
export type InvitationRow = Row<"invitations">;
export type SavedViewRow = Row<"savedViews">;
export type SessionRow = Row<"sessions">;
export type TeamRow = Row<"teams">;
export type ProjectRow = Row<"projects">;
export type EnvironmentRow = Row<"environments">;
export type TokenRow = Row<"tokens">;
export type RepositoryRow = Row<"repositories">;
export type CommitAuthorRow = Row<"commitAuthors">;
export type CommitRow = Row<"commits">;
export type ReleaseRow = Row<"releases">;
export type DeployRow = Row<"deploys">;
export type AuditRow = Row<"auditLog">;
export type BlobRow = Row<"blobs">;
export type ReleaseFileRow = Row<"releaseFiles">;
export type ArtifactBundleRow = Row<"artifactBundles">;
export type ArtifactFileRow = Row<"artifactFiles">;
export type AssemblyRow = Row<"assemblies">;
export type RetentionRuleRow = Row<"retentionRules">;
export type RetentionRunRow = Row<"retentionRuns">;
export type DatabaseIdentityRow = Row<"databaseIdentity">;
