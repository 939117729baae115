type Text = string | null;
type Whole = number | null;

/** Rows as `better-sqlite3` answers them in raw mode: the columns in the order the statements name them. Dates are milliseconds. */
export type TokenRow = [
  id: number,
  kind: string,
  userId: Whole,
  organizationId: Whole,
  scopes: string,
  expires: Whole,
  revoked: Whole,
  isActive: Whole,
];

export type OrganizationRow = [
  id: number,
  slug: string,
  name: string,
  openMembership: number,
  isSample: number,
  created: number,
  role: Text,
];

export type ProjectRow = [
  id: number,
  organizationId: number,
  slug: string,
  name: string,
  platform: Text,
  releaseToken: Text,
  created: number,
];

export type ReleaseRow = [
  id: number,
  organizationId: number,
  version: string,
  isArchived: number,
  ref: Text,
  url: Text,
  ownerId: Whole,
  userAgent: Text,
  created: number,
  released: Whole,
  effective: number,
  commitCount: number,
  lastCommitId: Whole,
  authorIds: string,
  deployCount: number,
  lastDeployId: Whole,
  ...sortable: unknown[],
];

export type LinkRow = [releaseId: number, projectId: number, slug: string, name: string, platform: Text, newGroups: number, linkId: number];

export type AuthorRow = [id: number, organizationId: number, email: string, name: Text, mergedInto: Whole];

export type MemberRow = [email: string, userId: number];

export type CommitRow = [
  id: number,
  organizationId: number,
  repositoryId: number,
  sha: string,
  message: Text,
  authorId: Whole,
  fixes: Text,
  created: number,
  repository: number,
  repositoryOrganization: number,
  repositoryName: string,
  repositoryUrl: Text,
  repositoryExternalId: Text,
  repositoryStatus: string,
  repositoryCreated: number,
  author: Whole,
  authorOrganization: Whole,
  authorEmail: Text,
  authorName: Text,
  authorMergedInto: Whole,
];

export type CommitReleaseRow = [
  commitId: number,
  releaseId: number,
  version: string,
  ref: Text,
  url: Text,
  released: Whole,
  created: number,
];

export type DeployRow = [
  id: number,
  organizationId: number,
  releaseId: number,
  environmentId: number,
  name: Text,
  url: Text,
  started: Whole,
  finished: number,
  created: number,
  deployerId: Whole,
  environment: string,
];
