import type { CommitBriefView } from "@landfall/schema/brief";
import type { ComparedSideView, ComparisonView, ContentDifferenceView, ReportedView } from "@landfall/schema/releases/compare";

const AT = "2026-01-02T03:04:05.000Z";
const WEB = { id: "1", slug: "web", name: "Web" };
const NONE = { total: 0, items: [] };

/** A side with a release, for tests. */
export const sideOf = (version: string, more: Partial<ComparedSideView> = {}): ComparedSideView => ({
  release: {
    version,
    description: version,
    package: null,
    status: "open",
    dateCreated: AT,
    dateReleased: AT,
    commitCount: 0,
    deployCount: 0,
  },
  projects: [WEB],
  place: null,
  deploys: NONE,
  ...more,
});

/** A commit, for tests. */
export const commitOf = (sha: string, subject: string, more: Partial<CommitBriefView> = {}): CommitBriefView => ({
  sha,
  subject,
  dateCreated: AT,
  repository: "acme/web",
  author: { name: "Ada", email: "ada@acme.test", userId: null, isBot: false },
  ...more,
});

/** A side that is the current release of an environment of the project "web", for tests. */
export const placedSide = (version: string, environment: string): ComparedSideView => {
  const deploy = { id: "1", environment, dateStarted: null, dateFinished: AT, name: null, url: null, deployer: null };
  return sideOf(version, { place: { project: WEB, deploy }, deploys: { total: 1, items: [deploy] } });
};

/** What one side contains, for tests: by default nothing. */
export const differenceOf = (more: Partial<ContentDifferenceView> = {}): ContentDifferenceView => ({
  releases: NONE,
  releasesWithoutCommits: 0,
  commits: NONE,
  people: NONE,
  files: NONE,
  isCapped: false,
  ...more,
});

/** The lists that were reported with two releases, for tests: by default empty. */
export const reportedOf = (more: Partial<ReportedView> = {}): ReportedView => ({
  sameCommits: false,
  commits: { onlyHead: NONE, onlyBase: NONE, both: NONE },
  people: NONE,
  files: { onlyHead: NONE, onlyBase: NONE, both: NONE },
  isCapped: false,
  ...more,
});

/** A comparison of two releases with the same content, for tests. */
export const comparisonOf = (more: Partial<ComparisonView> = {}): ComparisonView => ({
  base: sideOf("web@1"),
  head: sideOf("web@2"),
  relation: "same",
  line: { project: WEB, package: "web", lastCommon: sideOf("web@1").release },
  added: differenceOf(),
  missing: differenceOf(),
  reported: reportedOf(),
  ...more,
});
