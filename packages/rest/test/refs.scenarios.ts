import { release, repository } from "./setup-steps.ts";
import type { Scenario } from "./run-scenarios.ts";
import { as, get, post, put, type Step } from "./steps.ts";
import { commitsAre, headsAre, repositoriesAre } from "./stored-steps.ts";
import type { ScenarioContext } from "./scenario-context.ts";

type Commit = Readonly<Record<string, unknown>>;

/** Replaces the commits of release 1. */
const set = (...commits: readonly Commit[]) => put("O/releases/1/", { commits });

const T1 = "2025-12-01T00:00:00Z";
const T2 = "2025-12-02T00:00:00Z";
const T3 = "2025-12-03T00:00:00Z";

const first: Step = put("O/releases/1/", { commits: [{ id: "c", repository: "owner/one" }] }).returns(200);

/** Head commits (contract 14.6, 14.7; 17, E06, E07). */
export const refScenarios: readonly Scenario[] = [
  {
    name: "E06 of two refs to one repository the second is the head commit; both commits are stored, and nothing is fetched",
    steps: [
      repository("owner/one"),
      release("1"),
      put("O/releases/1/", {
        refs: [
          { repository: "owner/one", commit: "a" },
          { repository: "owner/one", commit: "b" },
        ],
      }).returns(200, { commitCount: 0, lastCommit: null }),
      headsAre("1", { repository: "owner/one", commit: "b", previous: null }),
      commitsAre("a", { message: null }),
      commitsAre("b", { message: null }),
      get("O/releases/1/commits/").listsBy("id"),
    ],
  },
  {
    name: "E07 with an unknown repository no ref is written",
    steps: [
      repository("owner/one"),
      release("1"),
      put("O/releases/1/", {
        refs: [
          { repository: "owner/one", commit: "a" },
          { repository: "nope", commit: "b" },
        ],
      }).returns(400, { refs: ["Invalid repository names: nope"] }),
      headsAre("1"),
      commitsAre("a"),
      repositoriesAre("owner/one"),
    ],
  },
  {
    name: "14.6a every unknown name is reported once",
    steps: [
      release("1"),
      put("O/releases/1/", { refs: ["x", "y", "x"].map((name) => ({ repository: name, commit: "a" })) }).returns(400, {
        refs: ["Invalid repository names: x,y"],
      }),
    ],
  },
  {
    name: "14.6a a repository of any status is known",
    steps: [
      repository("owner/one", { status: "disabled" }),
      release("1"),
      put("O/releases/1/", { refs: [{ repository: "owner/one", commit: "a" }] }).returns(200),
      headsAre("1", { repository: "owner/one", commit: "a", previous: null }),
    ],
  },
  {
    name: "14.6a a repository of another organization is not known",
    steps: [
      async (on) => {
        const { wire, organization } = on;
        const foreign = await wire.given.organization(`${organization.slug}-elsewhere`);
        await wire.given.project(foreign.slug, "foo");
        const token = await wire.given.orgToken(foreign.slug);
        await wire.post(
          `/organizations/${foreign.slug}/releases/`,
          { version: "1", projects: ["foo"], commits: [{ id: "a", repository: "theirs" }] },
          { token },
        );
      },
      release("1"),
      put("O/releases/1/", { refs: [{ repository: "theirs", commit: "a" }] }).returns(400, { refs: ["Invalid repository names: theirs"] }),
    ],
  },
  {
    name: "14.6b the start of a range replaces the previous commit",
    steps: [
      repository("owner/one"),
      release("1"),
      put("O/releases/1/", { refs: [{ repository: "owner/one", commit: "a..b", previousCommit: "z" }] }).returns(200),
      headsAre("1", { repository: "owner/one", commit: "b", previous: "a" }),
    ],
  },
  {
    name: "14.6c a known commit keeps its message when it becomes a head commit",
    steps: [
      release("1"),
      set({ id: "a", repository: "owner/one", message: "known" }).returns(200),
      put("O/releases/1/", { refs: [{ repository: "owner/one", commit: "a" }] }).returns(200, {
        commitCount: 1,
        lastCommit: { message: "known" },
      }),
      commitsAre("a", { message: "known" }),
    ],
  },
  {
    name: "14.7 commits add missing head commits, the first of each repository, and keep existing ones",
    steps: [
      repository("owner/one"),
      release("1"),
      put("O/releases/1/", { refs: [{ repository: "owner/one", commit: "head" }] }).returns(200),
      set(
        { id: "a", repository: "owner/one", timestamp: T1 },
        { id: "b", repository: "owner/two", timestamp: T2 },
        { id: "c", repository: "owner/two", timestamp: T3 },
      ).returns(200),
      headsAre("1", { repository: "owner/one", commit: "head", previous: null }, { repository: "owner/two", commit: "c", previous: null }),
    ],
  },
  {
    name: "14.7 a later list of commits does not change head commits",
    steps: [
      release("1"),
      first,
      set({ id: "d", repository: "owner/one" }).returns(200),
      headsAre("1", { repository: "owner/one", commit: "c", previous: null }),
    ],
  },
  {
    name: "20 set-commits as clients send it: repositories, then refs with commits, or commits alone",
    steps: [
      as("ci")
        .post("O/releases/", { version: "1", projects: ["foo"] })
        .returns(201),
      as("ci").get("O/releases/1/previous-with-commits/").returns(200).exactly({}),
      as("ci")
        .put("O/releases/1/", {
          commits: [
            {
              patch_set: [{ path: "a.py", type: "M" }],
              repository: "owner/one",
              author_name: "Ann",
              author_email: "ann@example.com",
              timestamp: T1,
              message: "Say\n\nhello",
              id: "a".repeat(40),
            },
            {
              patch_set: [],
              repository: "owner/one",
              author_name: "Bob",
              author_email: null,
              timestamp: T2,
              message: null,
              id: "b".repeat(40),
            },
          ],
        })
        .returns(200, { commitCount: 2, lastCommit: { id: "b".repeat(40), message: null, author: { email: "bob@localhost" } } }),
      as("ci")
        .put("O/releases/1/", { refs: [{ repository: "owner/one", commit: "b".repeat(40) }] })
        .returns(200, { commitCount: 2 }),
      as("ci").put("O/releases/1/", { refs: [] }).returns(200, { commitCount: 0 }),
    ],
  },
];

/** Reports as clients send them (contract 20). */
export const clientScenarios: readonly Scenario[] = [
  {
    name: "20 archive and restore are reports without projects",
    steps: [
      release("1", "foo", "bar"),
      as("ci")
        .post("O/releases/", { version: "1", projects: [], status: "archived" })
        .returns(208, { status: "archived", projects: [{ slug: "foo" }, { slug: "bar" }] }),
      get("O/releases/").lists(),
      as("ci").post("O/releases/", { version: "1", projects: [], status: "open" }).returns(208, { status: "open" }),
      get("O/releases/").lists("1"),
    ],
  },
  {
    name: "20 new sends dateStarted and projects as numbers; finalize sends projects",
    steps: [
      as("ci")
        .post("O/releases/", {
          version: "1",
          projects: [(on: ScenarioContext) => on.projectId("foo")],
          url: "https://example.com",
          dateStarted: T1,
        })
        .returns(201, { url: "https://example.com" }),
      as("ci")
        .put("O/releases/1/", { projects: ["foo"], dateReleased: T2 })
        .returns(200, { dateReleased: T2 }),
      post("O/releases/1/deploys/", { environment: "prod", name: null, url: null, dateStarted: null, dateFinished: T3 }).returns(201, {
        name: null,
        url: null,
        dateStarted: null,
        dateFinished: T3,
      }),
    ],
  },
];
