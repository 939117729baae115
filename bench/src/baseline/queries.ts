import type { Database } from "better-sqlite3";

export type Queries = ReturnType<typeof prepareQueries>;

/** Prepares all statements that read. Rows are arrays, which is fastest. */
export function prepareQueries(db: Database) {
  const rows = <Row>(text: string) => db.prepare<unknown[], Row>(text).raw(true);
  return {
    token: rows<TokenRow>(STATEMENTS.token),
    organization: rows<OrganizationRow>(STATEMENTS.organization),
    projectsNamed: rows<ProjectRow>(STATEMENTS.projectsNamed),
    release: rows<ReleaseRow>(STATEMENTS.release),
    listReleases: rows<ReleaseRow>(STATEMENTS.listReleases),
    linksOf: rows<LinkRow>(STATEMENTS.linksOf),
    linksIn: rows<LinkRow>(STATEMENTS.linksIn),
    authors: rows<AuthorRow>(STATEMENTS.authors),
    membersByEmail: rows<MemberRow>(STATEMENTS.membersByEmail),
    commits: rows<CommitRow>(STATEMENTS.commits),
    releasesOfCommits: rows<CommitReleaseRow>(STATEMENTS.releasesOfCommits),
    deploys: rows<DeployRow>(STATEMENTS.deploys),
  };
}

export type Changes = ReturnType<typeof prepareChanges>;

/** Prepares the statements that write. */
export function prepareChanges(db: Database) {
  return {
    insertRelease: db.prepare<unknown[], ReleaseRow>(STATEMENTS.insertRelease).raw(true),
    insertLink: db.prepare<unknown[], [id: number]>(STATEMENTS.insertLink).raw(true),
    insertAudit: db.prepare<unknown[]>(STATEMENTS.insertAudit),
  };
}

const RELEASE = `"id", "organization_id", "version", "is_archived", "ref", "url", "owner_id", "user_agent", "date_created", "date_released", "date_effective", "commit_count", "last_commit_id", "author_ids", "deploy_count", "last_deploy_id", "package", "major", "minor", "patch", "revision", "is_final", "prerelease", "build_code", "build_number"`;

/** The columns of a new release that the application leaves to the database. */
const UNSET = new Set([`"id"`, `"last_commit_id"`, `"last_deploy_id"`]);

const NEW_RELEASE = RELEASE.split(", ")
  .map((column) => (UNSET.has(column) ? "null" : "?"))
  .join(", ");

const LINK = `"release_projects"."release_id", "projects"."id", "projects"."slug", "projects"."name", "projects"."platform", "release_projects"."new_groups", "release_projects"."id"`;

/**
 * The exact statements that the application runs for the measured requests. The benchmark records the statements of both servers
 * and reports differences.
 */
const STATEMENTS = {
  token: `select "tokens"."id", "tokens"."kind", "tokens"."user_id", "tokens"."organization_id", "tokens"."scopes", "tokens"."date_expires", "tokens"."date_revoked", "users"."is_active" from "tokens" left join "users" on "users"."id" = "tokens"."user_id" where "tokens"."token_hash" = +?`,

  organization: `select "organizations"."id", "organizations"."slug", "organizations"."name", "organizations"."open_membership", "organizations"."members_create_tokens", "organizations"."is_sample", "organizations"."date_sampled", "organizations"."date_removed", "organizations"."storage_quota", "organizations"."ticket_url", "organizations"."date_created", "members"."role" from "organizations" left join "members" on ("members"."organization_id" = "organizations"."id" and "members"."user_id" = +?) where "organizations"."slug" = +?`,

  projectsNamed: `select "id", "organization_id", "slug", "name", "platform", "release_token", "date_created" from "projects" where ("projects"."organization_id" = ? and ("projects"."slug" in (select value from json_each(?)) or "projects"."id" in (select value from json_each(?))))`,

  release: `select ${RELEASE} from "releases" where ("releases"."organization_id" = ? and "releases"."version" = ?)`,

  insertRelease: `insert into "releases" (${RELEASE}) values (${NEW_RELEASE}) on conflict do nothing returning ${RELEASE}`,

  insertLink: `insert into "release_projects" ("id", "release_id", "project_id", "is_archived", "date_created", "date_effective", "new_groups") values (null, ?, ?, ?, ?, ?, ?) on conflict do nothing returning "id"`,

  insertAudit: `insert into "audit_log" ("id", "organization_id", "actor", "action", "target", "details", "request_id", "date_created") values (null, ?, ?, ?, ?, ?, ?, ?)`,

  listReleases: `select ${RELEASE} from "releases" where (("releases"."organization_id" = ? and "releases"."is_archived" = ?) and exists (select 1 from "release_projects" where "release_projects"."release_id" = "releases"."id")) order by "releases"."date_created" desc, "releases"."id" desc limit ?`,

  linksOf: `select ${LINK} from "release_projects" inner join "projects" on "projects"."id" = "release_projects"."project_id" where "release_projects"."release_id" = +?`,

  linksIn: `select ${LINK} from "release_projects" inner join "projects" on "projects"."id" = "release_projects"."project_id" where "release_projects"."release_id" in (select value from json_each(?))`,

  authors: `select "id", "organization_id", "email", "name", "merged_into" from "commit_authors" where "commit_authors"."id" in (select value from json_each(?))`,

  membersByEmail: `select "user_emails"."email", "user_emails"."user_id" from "user_emails" inner join "users" on ("users"."id" = "user_emails"."user_id" and "users"."is_active" = +?) inner join "members" on ("members"."user_id" = "users"."id" and "members"."organization_id" = +?) where "user_emails"."email" in (select value from json_each(?))`,

  commits: `select "commits"."id", "commits"."organization_id", "commits"."repository_id", "commits"."sha", "commits"."message", "commits"."author_id", "commits"."fixes", "commits"."date_created", "repositories"."id", "repositories"."organization_id", "repositories"."name", "repositories"."url", "repositories"."links", "repositories"."external_id", "repositories"."status", "repositories"."date_created", "commit_authors"."id", "commit_authors"."organization_id", "commit_authors"."email", "commit_authors"."name", "commit_authors"."merged_into" from "commits" inner join "repositories" on "repositories"."id" = "commits"."repository_id" left join "commit_authors" on "commit_authors"."id" = "commits"."author_id" where "commits"."id" in (select value from json_each(?))`,

  releasesOfCommits: `select "release_commits"."commit_id", "releases"."id", "releases"."version", "releases"."ref", "releases"."url", "releases"."date_released", "releases"."date_created" from "release_commits" inner join "releases" on "releases"."id" = "release_commits"."release_id" where "release_commits"."commit_id" in (select value from json_each(?)) order by "releases"."id" asc limit 1000`,

  deploys: `select "deploys"."id", "deploys"."organization_id", "deploys"."release_id", "deploys"."environment_id", "deploys"."name", "deploys"."url", "deploys"."date_started", "deploys"."date_finished", "deploys"."date_created", "deploys"."deployer_id", "environments"."name" from "deploys" inner join "environments" on "environments"."id" = "deploys"."environment_id" where "deploys"."id" in (select value from json_each(?))`,
} as const;

type Text = string | null;
type NullableNumber = number | null;

/** Rows of `better-sqlite3` in raw mode: columns in the order of the statement. Dates are in milliseconds. */
type TokenRow = [
  id: number,
  kind: string,
  userId: NullableNumber,
  organizationId: NullableNumber,
  scopes: string,
  expires: NullableNumber,
  revoked: NullableNumber,
  isActive: NullableNumber,
];

type OrganizationRow = [id: number, slug: string, name: string, openMembership: number, isSample: number, created: number, role: Text];

type ProjectRow = [id: number, organizationId: number, slug: string, name: string, platform: Text, releaseToken: Text, created: number];

export type ReleaseRow = [
  id: number,
  organizationId: number,
  version: string,
  isArchived: number,
  ref: Text,
  url: Text,
  ownerId: NullableNumber,
  userAgent: Text,
  created: number,
  released: NullableNumber,
  effective: number,
  commitCount: number,
  lastCommitId: NullableNumber,
  authorIds: string,
  deployCount: number,
  lastDeployId: NullableNumber,
  ...sortable: unknown[],
];

export type LinkRow = [releaseId: number, projectId: number, slug: string, name: string, platform: Text, newGroups: number, linkId: number];

export type AuthorRow = [id: number, organizationId: number, email: string, name: Text, mergedInto: NullableNumber];

type MemberRow = [email: string, userId: number];

export type CommitRow = [
  id: number,
  organizationId: number,
  repositoryId: number,
  sha: string,
  message: Text,
  authorId: NullableNumber,
  fixes: Text,
  created: number,
  repository: number,
  repositoryOrganization: number,
  repositoryName: string,
  repositoryUrl: Text,
  repositoryLinks: Text,
  repositoryExternalId: Text,
  repositoryStatus: string,
  repositoryCreated: number,
  author: NullableNumber,
  authorOrganization: NullableNumber,
  authorEmail: Text,
  authorName: Text,
  authorMergedInto: NullableNumber,
];

type CommitReleaseRow = [
  commitId: number,
  releaseId: number,
  version: string,
  ref: Text,
  url: Text,
  released: NullableNumber,
  created: number,
];

export type DeployRow = [
  id: number,
  organizationId: number,
  releaseId: number,
  environmentId: number,
  name: Text,
  url: Text,
  started: NullableNumber,
  finished: number,
  created: number,
  deployerId: NullableNumber,
  environment: string,
];
