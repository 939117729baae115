import type { Schema } from "./schema.ts";

/** A row as a select of the whole table answers it. */
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
export type CommitFileRow = Row<"commitFiles">;
export type ReleaseRow = Row<"releases">;
export type ReleaseProjectRow = Row<"releaseProjects">;
export type DeployRow = Row<"deploys">;
export type ActivityRow = Row<"activities">;
export type AuditRow = Row<"auditLog">;
export type BlobRow = Row<"blobs">;
export type ReleaseFileRow = Row<"releaseFiles">;
export type ArtifactBundleRow = Row<"artifactBundles">;
export type ArtifactFileRow = Row<"artifactFiles">;
export type AssemblyRow = Row<"assemblies">;
export type RetentionRuleRow = Row<"retentionRules">;
export type RetentionRunRow = Row<"retentionRuns">;
export type DatabaseIdentityRow = Row<"databaseIdentity">;
