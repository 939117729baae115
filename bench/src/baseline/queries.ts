import type { Database } from "better-sqlite3";
import type {
  AuthorRow,
  CommitReleaseRow,
  CommitRow,
  DeployRow,
  LinkRow,
  MemberRow,
  OrganizationRow,
  ProjectRow,
  ReleaseRow,
  TokenRow,
} from "./rows.ts";
import { STATEMENTS } from "./statements.ts";

export type Queries = ReturnType<typeof prepareQueries>;

/** Every statement, compiled once on this connection. Rows are arrays, the cheapest form. */
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

/** The statements that write, for the connection that may. */
export function prepareChanges(db: Database) {
  return {
    insertRelease: db.prepare<unknown[], ReleaseRow>(STATEMENTS.insertRelease).raw(true),
    insertLink: db.prepare<unknown[], [id: number]>(STATEMENTS.insertLink).raw(true),
    insertAudit: db.prepare<unknown[]>(STATEMENTS.insertAudit),
  };
}
