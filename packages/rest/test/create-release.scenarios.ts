import { repository } from "./setup-steps.ts";
import { DENIED } from "./error-bodies.ts";
import type { Scenario } from "./run-scenarios.ts";
import { as, asKey, at, del, emailOf, get, id, idText, post, put } from "./steps.ts";
import { activitiesAre, headsAre, noRelease, releaseIs, repositoriesAre, tokenUseIs } from "./stored-steps.ts";

const A40 = "a".repeat(40);
const B40 = "b".repeat(40);

const REPOSITORIES = [repository("owner/one"), repository("owner/two")];
const INVALID_PROJECTS = { projects: ["Invalid project ids or slugs"] };

/** Creating a release, case by case (contract 17, C01–C26). The caller is a member of team t, which has foo and bar; baz is team u's. */
export const createReleaseScenarios: readonly Scenario[] = [
  {
    name: "C01 an empty version is rejected",
    steps: [
      post("O/releases/", { version: "", projects: ["foo", "bar"] }).returns(400, { version: ["This field may not be blank."] }),
      get("O/releases/").lists(),
    ],
  },
  {
    name: "C02 a release of two projects is created, with the User-Agent and without an owner",
    steps: [
      post("O/releases/", { version: "1.2.1", projects: ["foo", "bar"] }, { headers: { "User-Agent": "sentry-cli/2.77.4" } }).returns(201, {
        version: "1.2.1",
        userAgent: "sentry-cli/2.77.4",
        owner: null,
        projects: [{ slug: "foo" }, { slug: "bar" }],
        dateCreated: "2026-01-02T03:04:05.678Z",
      }),
      get("O/releases/1.2.1/").returns(200, { userAgent: "sentry-cli/2.77.4", projects: [{ slug: "foo" }, { slug: "bar" }] }),
    ],
  },
  {
    name: "C03 projects may be ids",
    steps: [
      post("O/releases/", { version: "1.2.1", projects: [id("foo"), id("bar")] }).returns(201, {
        projects: [{ id: id("foo") }, { id: id("bar") }],
      }),
    ],
  },
  {
    name: "C04 projects may be an id and a slug, or an id as text",
    steps: [
      post("O/releases/", { version: "1.2.1", projects: [id("foo"), "bar"] }).returns(201, {
        projects: [{ slug: "foo" }, { slug: "bar" }],
      }),
      post("O/releases/", { version: "1.2.2", projects: [idText("foo"), "foo"] }).returns(201, {
        projects: [{ slug: "foo" }],
      }),
    ],
  },
  {
    name: "C05 white space other than a space is rejected at any position, and + is kept",
    steps: [
      ...["1.2.3\n", "\n1.2.3", "1.\n2.3", "1.2.3\f", "1.2.3\t"].map((version) =>
        post("O/releases/", { version, projects: ["foo"] }).returns(400, { version: [`Release with name ${version} is not allowed`] }),
      ),
      post("O/releases/", { version: "1.2.3+dev", projects: ["foo"] }).returns(201, { version: "1.2.3+dev" }),
      get("O/releases/1.2.3+dev/").returns(200, { version: "1.2.3+dev" }),
      get("O/releases/").lists("1.2.3+dev"),
    ],
  },
  {
    name: "C06 the owner may be another member, by email, username or id",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo"], owner: emailOf("other") }).returns(201, {
        owner: { email: emailOf("other"), name: "other" },
      }),
      get("O/releases/1/").returns(200, { owner: { email: emailOf("other") } }),
    ],
  },
  {
    name: "C07 an owner who is not a member is rejected",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo"], owner: emailOf("stranger") }).returns(400, {
        owner: ["User does not have access to this organization"],
      }),
      post("P/foo/releases/", { version: "1", owner: emailOf("stranger") }).returns(400, {
        owner: ["User does not have access to this organization"],
      }),
      noRelease("1"),
    ],
  },
  {
    name: "C08 commits are linked in the order sent",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo"], commits: [{ id: A40 }, { id: B40 }] }).returns(201, {
        commitCount: 2,
        lastCommit: { id: A40 },
      }),
      get("O/releases/1/commits/").listsBy("id", A40, B40),
    ],
  },
  {
    name: "C09 refs set the head commits of known repositories; the project's earlier release comes before",
    steps: [
      ...REPOSITORIES,
      post("O/releases/", { version: "1", projects: ["foo"], commits: [{ id: "c".repeat(40), repository: "owner/one" }] }).returns(201),
      at("2026-02-01"),
      post("O/releases/", {
        version: "2",
        projects: ["foo"],
        refs: [
          { repository: "owner/one", commit: A40, previousCommit: "9".repeat(40) },
          { repository: "owner/two", commit: B40 },
        ],
      }).returns(201, { commitCount: 0, lastCommit: null, authors: [] }),
      headsAre(
        "2",
        { repository: "owner/one", commit: A40, previous: "9".repeat(40) },
        { repository: "owner/two", commit: B40, previous: null },
      ),
      get("O/releases/2/previous-with-commits/").returns(200, { version: "1" }),
    ],
  },
  {
    name: "C10 headCommits do the same as refs",
    steps: [
      ...REPOSITORIES,
      post("O/releases/", {
        version: "1",
        projects: ["foo"],
        headCommits: [
          { repository: "owner/one", currentId: A40 },
          { repository: "owner/two", currentId: B40, previousId: null },
        ],
      }).returns(201, { commitCount: 0 }),
      headsAre("1", { repository: "owner/one", commit: A40, previous: null }, { repository: "owner/two", commit: B40, previous: null }),
    ],
  },
  {
    name: "C12 an unknown project is rejected, and nothing is created",
    steps: [post("O/releases/", { version: "1", projects: ["foo", "banana"] }).returns(400, INVALID_PROJECTS), noRelease("1")],
  },
  {
    name: "C13 a project of another team is rejected, and one of the caller's team is accepted",
    steps: [
      post("O/releases/", { version: "1", projects: ["baz"] }).returns(400, INVALID_PROJECTS),
      post("O/releases/", { version: "1", projects: ["foo", "baz"] }).returns(400, INVALID_PROJECTS),
      noRelease("1"),
      post("O/releases/", { version: "1", projects: ["foo"] }).returns(201),
      as("teamless")
        .post("O/releases/", { version: "2", projects: ["foo"] })
        .returns(400, INVALID_PROJECTS),
      as("manager")
        .post("O/releases/", { version: "2", projects: ["foo", "baz"] })
        .returns(201),
    ],
  },
  {
    name: "C14 an API key reads with project:read, writes with project:write, and only in its own organization",
    steps: [
      asKey("readKey")
        .post("O/releases/", { version: "1", projects: ["foo"] })
        .returns(403, DENIED),
      asKey("foreignKey")
        .post("O/releases/", { version: "1", projects: ["foo"] })
        .returns(403, DENIED),
      noRelease("1"),
      asKey("writeKey")
        .post("O/releases/", { version: "1", projects: ["foo"] })
        .returns(201),
      asKey("readKey").get("O/releases/").lists("1"),
    ],
  },
  {
    name: "C15 an organization token needs org:ci and its own organization; its use is recorded, with the first project",
    steps: [
      as("emptyToken")
        .post("O/releases/", { version: "1", projects: ["foo"] })
        .returns(403, DENIED),
      as("foreignCi")
        .post("O/releases/", { version: "1", projects: ["foo"] })
        .returns(403, DENIED),
      as("ci")
        .post("O/releases/", { version: "1", projects: ["bar", "foo"] }, { headers: { "User-Agent": "sentry-cli/3.8.0" } })
        .returns(201),
      tokenUseIs("ci", { project: "bar", client: "sentry-cli/3.8.0", date: "2026-01-02T03:04:05.678Z" }),
      tokenUseIs("emptyToken", { project: null, client: null, date: "2026-01-02T03:04:05.678Z" }),
    ],
  },
  {
    name: "C16 project:releases is enough, with refs with and without a previous commit",
    steps: [
      ...REPOSITORIES,
      as("releaser")
        .post("O/releases/", { version: "1", projects: ["foo"], refs: [{ repository: "owner/one", commit: A40 }] })
        .returns(201),
      as("releaser")
        .post("O/releases/", { version: "2", projects: ["foo"], refs: [{ repository: "owner/one", commit: A40, previousCommit: B40 }] })
        .returns(201),
      headsAre("2", { repository: "owner/one", commit: A40, previous: B40 }),
    ],
  },
  {
    name: "C17 refs to an unknown repository are rejected, and the release is kept",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo"], refs: [{ repository: "not_a_repo", commit: A40 }] }).returns(400, {
        refs: ["Invalid repository names: not_a_repo"],
      }),
      get("O/releases/1/").returns(200, { version: "1", projects: [{ slug: "foo" }] }),
      headsAre("1"),
      repositoriesAre(),
    ],
  },
  {
    name: "C18 version and ref have at most 200 characters",
    steps: [
      ...["v".repeat(200), "é".repeat(200), "😀".repeat(200)].map((version) =>
        post("O/releases/", { version, projects: ["foo"] }).returns(201, { version }),
      ),
      post("O/releases/", { version: "v".repeat(201), projects: ["foo"] }).returns(400, {
        version: ["Ensure this field has no more than 200 characters."],
      }),
      post("O/releases/", { version: "1", projects: ["foo"], ref: "r".repeat(200) }).returns(201, { ref: "r".repeat(200) }),
      post("O/releases/", { version: "2", projects: ["foo"], ref: "r".repeat(201) }).returns(400, {
        ref: ["Ensure this field has no more than 200 characters."],
      }),
    ],
  },
  {
    name: "C19 reserved names and every forbidden character are rejected",
    steps: [
      ...[".", "..", "Latest", "\r", "\n", "\f", "\t", "/", "\\", "1\r0", "1/0", "1\\0"].map((version) =>
        post("O/releases/", { version, projects: ["foo"] }).returns(400, { version: [`Release with name ${version} is not allowed`] }),
      ),
      post("O/releases/", { version: null, projects: ["foo"] }).returns(400, { version: ["This field may not be null."] }),
      post("O/releases/", { version: "", projects: ["foo"] }).returns(400, { version: ["This field may not be blank."] }),
    ],
  },
  {
    name: "C20 null commits, headCommits and refs are rejected",
    steps: [
      ...["commits", "headCommits", "refs"].map((name) =>
        post("O/releases/", { version: "1", projects: ["foo"], [name]: null }).returns(400, { [name]: ["This field may not be null."] }),
      ),
      noRelease("1"),
    ],
  },
  {
    name: "C21 a release date in the year 1000 is accepted",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo"], dateReleased: "1000-10-10T06:06" }).returns(201, {
        dateReleased: "1000-10-10T06:06:00Z",
      }),
      get("O/releases/1/").returns(200, { dateReleased: "1000-10-10T06:06:00Z" }),
      activitiesAre({ kind: "release", project: "foo", date: "1000-10-10T06:06:00.000Z" }),
    ],
  },
  {
    name: "C22 the previous commit of a ref may be null or empty, and nothing else",
    steps: [
      ...REPOSITORIES,
      ...[null, "", "p".repeat(64)].map((previousCommit, index) =>
        post("O/releases/", {
          version: `${index}`,
          projects: ["foo"],
          refs: [{ repository: "owner/one", commit: "c".repeat(64), previousCommit }],
        }).returns(201),
      ),
      headsAre("1", { repository: "owner/one", commit: "c".repeat(64), previous: null }),
      headsAre("2", { repository: "owner/one", commit: "c".repeat(64), previous: "p".repeat(64) }),
      ...(
        [
          [{ commit: null }, { commit: ["This field may not be null."] }],
          [{ commit: "" }, { commit: ["This field may not be blank."] }],
          [{ commit: "c".repeat(65) }, { commit: ["Commit too long - max is 64 chars"] }],
          [{ repository: null }, { repository: ["This field may not be null."] }],
          [{ repository: "" }, { repository: ["This field may not be blank."] }],
          [{ previousCommit: "p".repeat(65) }, { previousCommit: ["Ensure this field has no more than 64 characters."] }],
        ] as const
      ).map(([ref, refs]) =>
        post("O/releases/", { version: "x", projects: ["foo"], refs: [{ repository: "owner/one", commit: A40, ...ref }] }).returns(400, {
          refs,
        }),
      ),
      noRelease("x"),
    ],
  },
  {
    name: "C23 a range has two ends of at most 64 characters, and its start is the previous commit",
    steps: [
      ...REPOSITORIES,
      ...[`..${"b".repeat(64)}`, `${"a".repeat(64)}..`].map((commit) =>
        post("O/releases/", { version: "x", projects: ["foo"], refs: [{ repository: "owner/one", commit }] }).returns(400, {
          refs: { commit: ["Commit cannot begin or end with .."] },
        }),
      ),
      ...[`${"a".repeat(65)}..${"b".repeat(64)}`, `${"a".repeat(64)}..${"b".repeat(65)}`].map((commit) =>
        post("O/releases/", { version: "x", projects: ["foo"], refs: [{ repository: "owner/one", commit }] }).returns(400, {
          refs: { commit: ["Start or end commit too long - max is 64 chars each"] },
        }),
      ),
      noRelease("x"),
      post("O/releases/", {
        version: "1",
        projects: ["foo"],
        refs: [{ repository: "owner/one", commit: `${"a".repeat(64)}..${"b".repeat(64)}`, previousCommit: "no" }],
      }).returns(201),
      headsAre("1", { repository: "owner/one", commit: "b".repeat(64), previous: "a".repeat(64) }),
    ],
  },
  {
    name: "C24 a finalized release that gains a project gets an activity there, with the first 64 characters of its version",
    steps: [
      post("O/releases/", { version: "v".repeat(65), projects: ["foo"] }).returns(201),
      put(`O/releases/${"v".repeat(65)}/`, { dateReleased: "2026-01-05T00:00:00Z" }).returns(200),
      post("O/releases/", { version: "v".repeat(65), projects: ["foo", "bar"] }).returns(201),
      activitiesAre(
        { kind: "release", project: "foo", ident: "v".repeat(64), date: "2026-01-05T00:00:00.000Z" },
        { kind: "release", project: "bar", ident: "v".repeat(64), date: "2026-01-05T00:00:00.000Z", data: { version: "v".repeat(65) } },
      ),
    ],
  },
  {
    name: "C25 a caller without access to any of a release's projects cannot archive it",
    steps: [
      post("O/releases/", { version: "1", projects: ["bar"] }).returns(201),
      as("other")
        .post("O/releases/", { version: "1", projects: [], status: "archived" })
        .returns(400, {
          projects: ["You do not have permission to one of the projects: bar"],
        }),
      get("O/releases/1/").returns(200, { status: "open" }),
    ],
  },
  {
    name: "C26 a project cannot be added to a release that has a project out of reach",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo", "bar"] }).returns(201),
      as("other")
        .post("O/releases/", { version: "1", projects: ["baz"] })
        .returns(400, {
          projects: ["You do not have permission to one of the projects: foo, bar"],
        }),
      as("both")
        .post("O/releases/", { version: "1", projects: ["baz"] })
        .returns(201, { projects: [{ slug: "foo" }, { slug: "bar" }, { slug: "baz" }] }),
      post("O/releases/", { version: "1", projects: ["foo"] }).returns(400, {
        projects: ["You do not have permission to one of the projects: foo, bar, baz"],
      }),
      releaseIs("1", { isArchived: false }),
      del("O/releases/1/").returns(404, { detail: "The requested resource does not exist" }),
    ],
  },
];
