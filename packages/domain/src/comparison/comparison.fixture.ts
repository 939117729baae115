import type { CommitBriefView } from "@landfall/schema/brief";
import type { ComparedSideView, ComparisonView } from "@landfall/schema/releases/compare";

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

/** A comparison of two empty releases, for tests. */
export const comparisonOf = (more: Partial<ComparisonView> = {}): ComparisonView => ({
  base: sideOf("web@1"),
  head: sideOf("web@2"),
  sameCommits: false,
  distance: { project: WEB, newer: "head", releases: 1, commits: 0, isCapped: false },
  between: { releases: { total: 1, items: [sideOf("web@2").release] }, commits: NONE },
  commits: { onlyHead: NONE, onlyBase: NONE, both: NONE },
  people: NONE,
  files: { onlyHead: NONE, onlyBase: NONE, both: NONE },
  ...more,
});
