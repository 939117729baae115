import { release, releaseOn, repository } from "./setup-steps.ts";
import { NOT_FOUND } from "./error-bodies.ts";
import type { Scenario } from "./run-scenarios.ts";
import { get, put } from "./steps.ts";
import { commitsAre, headsAre } from "./stored-steps.ts";
import type { ScenarioContext } from "./scenario-context.ts";

type Commit = Readonly<Record<string, unknown>>;

/** Replaces the commits of release 1. */
const set = (...commits: readonly Commit[]) => put("O/releases/1/", { commits });

const T1 = "2025-12-01T00:00:00Z";
const T2 = "2025-12-02T00:00:00Z";
const T3 = "2025-12-03T00:00:00Z";

/** Reading commits and their files (contract 6; 17, E01, E02). */
export const readScenarios: readonly Scenario[] = [
  {
    name: "E01 commits are listed in stored order, the last one committed first",
    steps: [
      release("1"),
      set({ id: "old", timestamp: T1 }, { id: "new", timestamp: T3 }, { id: "mid", timestamp: T2 }).returns(200),
      get("O/releases/1/commits/").listsBy("id", "new", "mid", "old"),
    ],
  },
  {
    name: "E02 the files of a release by name, filtered by a repository's name or externalId",
    steps: [
      repository("owner/one", { externalId: "ext-1" }),
      release("1"),
      set(
        {
          id: "a",
          repository: "owner/one",
          message: "fix",
          author_name: "Ann",
          author_email: "ann@example.com",
          patch_set: [{ path: "z.py", type: "M" }],
        },
        { id: "b", repository: "owner/two", patch_set: [{ path: "a.py", type: "A" }] },
      ).returns(200),
      get("O/releases/1/commitfiles/").returns(200, [
        { filename: "a.py", type: "A", repoName: "owner/two", commitMessage: null, author: {} },
        {
          filename: "z.py",
          type: "M",
          repoName: "owner/one",
          commitMessage: "fix",
          author: { name: "Ann", email: "ann@example.com" },
          orgId: (on: ScenarioContext) => on.organization.id,
        },
      ]),
      get("O/releases/1/commitfiles/?repo_name=owner/two").listsBy("filename", "a.py"),
      get("O/releases/1/commitfiles/?repo_id=ext-1").listsBy("filename", "z.py"),
      get("O/releases/1/commitfiles/?repo_id=ext-1&repo_name=owner/one").listsBy("filename", "z.py"),
      get("O/releases/1/commitfiles/?repo_name=owner/three").returns(404, NOT_FOUND),
      get("O/releases/1/commitfiles/?repo_id=ext-9").returns(404, NOT_FOUND),
    ],
  },
  {
    name: "6.3 a file that two commits changed is listed twice",
    steps: [
      release("1"),
      set({ id: "a", patch_set: [{ path: "x", type: "M" }] }, { id: "b", patch_set: [{ path: "x", type: "D" }] }).returns(200),
      get("O/releases/1/commitfiles/").listsBy("filename", "x", "x"),
    ],
  },
  {
    name: "6.1 commits of an unknown release, or of another team's, are not found",
    steps: [
      release("1", "baz"),
      get("O/releases/none/commits/").returns(404, NOT_FOUND),
      get("O/releases/1/commits/").returns(404, NOT_FOUND),
      get("O/releases/1/commitfiles/").returns(404, NOT_FOUND),
    ],
  },
  {
    name: "12.3 a commit with all fields",
    steps: [
      release("1"),
      set({
        id: "a",
        repository: "owner/one",
        message: "Say hello",
        author_name: "Ann",
        author_email: "Ann@Example.com",
        timestamp: T1,
      }).returns(200),
      get("O/releases/1/commits/").returns(200, [
        {
          id: "a",
          message: "Say hello",
          dateCreated: T1,
          pullRequest: null,
          suspectCommitType: "",
          author: { name: "Ann", email: "ann@example.com" },
          repository: {
            name: "owner/one",
            url: null,
            provider: { id: "unknown", name: "Unknown Provider" },
            status: "active",
            dateCreated: "2026-01-02T03:04:05.678Z",
            integrationId: null,
            externalSlug: null,
            externalId: null,
          },
          releases: [
            { version: "1", shortVersion: "1", ref: null, url: null, dateReleased: null, dateCreated: "2026-01-02T03:04:05.678Z" },
          ],
        },
      ]),
    ],
  },
  {
    name: "12.3 a commit lists all its releases, in order of creation",
    steps: [
      release("2"),
      release("1"),
      put("O/releases/2/", { commits: [{ id: "a" }] }).returns(200),
      set({ id: "a" }).returns(200),
      get("O/releases/1/commits/").returns(200, [{ id: "a", releases: [{ version: "2" }, { version: "1" }] }]),
    ],
  },
  {
    name: "6.4 previous-with-commits is the newest release up to this one that shares a project and has commits",
    steps: [
      releaseOn("2026-01-01", "first"),
      releaseOn("2026-01-02", "bare"),
      releaseOn("2026-01-03", "elsewhere", "bar"),
      releaseOn("2026-01-04", "this"),
      releaseOn("2026-01-05", "later"),
      get("O/releases/this/previous-with-commits/").returns(200).exactly({}),
      ...["first", "elsewhere", "later"].map((version) =>
        put(`O/releases/${version}/`, { commits: [{ id: `of-${version}` }] }).returns(200),
      ),
      get("O/releases/this/previous-with-commits/").returns(200, { version: "first", lastCommit: { id: "of-first" } }),
      get("O/releases/first/previous-with-commits/").returns(200).exactly({}),
      put("O/releases/bare/", { commits: [{ id: "of-bare" }], dateReleased: "2026-01-06" }).returns(200),
      get("O/releases/this/previous-with-commits/").returns(200, { version: "first" }),
      get("O/releases/none/previous-with-commits/").returns(404, NOT_FOUND),
    ],
  },
  {
    name: "design 9: previous-with-commits is never the release itself",
    steps: [
      releaseOn("2026-01-01", "1"),
      set({ id: "a" }).returns(200),
      get("O/releases/1/previous-with-commits/").returns(200).exactly({}),
      releaseOn("2026-01-02", "2"),
      put("O/releases/2/", { commits: [{ id: "b" }] }).returns(200),
      get("O/releases/2/previous-with-commits/").returns(200, { version: "1" }),
    ],
  },
];

/** A list of commits applied to a release (contract 14.1). */
export const applyScenarios: readonly Scenario[] = [
  {
    name: "14.1a without any timestamp the order is as sent",
    steps: [
      release("1"),
      set({ id: "c" }, { id: "a" }, { id: "b" }).returns(200, { lastCommit: { id: "c" } }),
      get("O/releases/1/commits/").listsBy("id", "c", "a", "b"),
    ],
  },
  {
    name: "14.1a commits of equal timestamps keep the order as sent",
    steps: [
      release("1"),
      set({ id: "b", timestamp: T1 }, { id: "a", timestamp: T1 }, { id: "z", timestamp: T2 }).returns(200, { lastCommit: { id: "z" } }),
      get("O/releases/1/commits/").listsBy("id", "z", "b", "a"),
    ],
  },
  {
    name: "19 commits without a timestamp are the oldest, in the order sent",
    steps: [
      release("1"),
      set({ id: "x" }, { id: "old", timestamp: T1 }, { id: "y", timestamp: null }, { id: "new", timestamp: T2 }).returns(200, {
        commitCount: 4,
      }),
      get("O/releases/1/commits/").listsBy("id", "new", "old", "x", "y"),
    ],
  },
  {
    name: "14.1b commits with #skipsentry are left out",
    steps: [
      release("1"),
      set({ id: "a", message: "one" }, { id: "b", message: "two #skipsentry" }, { id: "c", message: "three #SkipSentry" }).returns(200, {
        commitCount: 2,
      }),
      get("O/releases/1/commits/").listsBy("id", "a", "c"),
      commitsAre("b"),
    ],
  },
  {
    name: "14.1f when every commit is left out the release has none",
    steps: [
      release("1"),
      set({ id: "a", author_email: "a@example.com" }).returns(200, { commitCount: 1 }),
      set({ id: "b", message: "#skipsentry" }).returns(200, { commitCount: 0, lastCommit: null, authors: [] }),
      get("O/releases/1/commits/").listsBy("id"),
    ],
  },
  {
    name: "14.1d a second list replaces the first",
    steps: [
      release("1"),
      set({ id: "a", author_email: "a@example.com" }, { id: "b" }).returns(200, { commitCount: 2 }),
      set({ id: "c", author_email: "c@example.com" }).returns(200, {
        commitCount: 1,
        lastCommit: { id: "c" },
        authors: [{ email: "c@example.com" }],
      }),
      get("O/releases/1/commits/").listsBy("id", "c"),
      get("O/releases/1/").returns(200, { commitCount: 1, lastCommit: { id: "c" }, authors: [{ email: "c@example.com" }] }),
      commitsAre("a", { sha: "a" }),
    ],
  },
  {
    name: "14.1e, 19 a sha sent twice counts twice and is linked once",
    steps: [
      release("1"),
      set({ id: "a" }, { id: "b" }, { id: "a" }).returns(200, { commitCount: 3, lastCommit: { id: "a" } }),
      get("O/releases/1/commits/").listsBy("id", "a", "b"),
    ],
  },
  {
    name: "14.1e the authors are those of the commits, without duplicates, in the order of the commits",
    steps: [
      release("1"),
      set(
        { id: "a", author_name: "Bob", author_email: "bob@example.com" },
        { id: "b", author_name: "Ann", author_email: "ann@example.com" },
        { id: "c", author_email: "BOB@example.com" },
        { id: "d" },
      ).returns(200, {
        authors: [
          { name: "Bob", email: "bob@example.com" },
          { name: "Ann", email: "ann@example.com" },
        ],
      }),
    ],
  },
  {
    name: "14.8 an empty list of refs clears the commits of the release, and keeps the commits themselves",
    steps: [
      release("1"),
      put("O/releases/1/", {
        commits: [
          { id: "a", repository: "owner/one", author_email: "a@example.com" },
          { id: "b", repository: "owner/two" },
        ],
      }).returns(200),
      put("O/releases/1/", { refs: [] }).returns(200, { commitCount: 0, lastCommit: null, authors: [] }),
      get("O/releases/1/").returns(200, { commitCount: 0, lastCommit: null, authors: [] }),
      get("O/releases/1/commits/").listsBy("id"),
      headsAre("1"),
      commitsAre("a", { sha: "a" }),
      put("O/releases/1/", { refs: [] }).returns(200, { commitCount: 0 }),
    ],
  },
  {
    name: "14.8 refs: [] in a request with commits clears them again",
    steps: [release("1"), put("O/releases/1/", { commits: [{ id: "a" }], refs: [] }).returns(200, { commitCount: 0, lastCommit: null })],
  },
  {
    name: "14.9 the issues that a message resolves are stored with the commit",
    steps: [
      release("1"),
      set(
        { id: "a", message: "Fixes APP-12, app-7" },
        { id: "b", message: "closes: X-1A2 and says so" },
        { id: "c", message: "prefixes APP-3" },
      ).returns(200),
      commitsAre("a", { fixes: ["APP-12", "APP-7"] }),
      commitsAre("b", { fixes: ["X-1A2"] }),
      commitsAre("c", { fixes: null }),
      set({ id: "a" }, { id: "b", message: "Says nothing" }).returns(200),
      commitsAre("a", { fixes: ["APP-12", "APP-7"] }),
      commitsAre("b", { message: "Says nothing", fixes: null }),
    ],
  },
];
