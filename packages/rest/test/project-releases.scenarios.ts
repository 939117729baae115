import { archive, finalize, release, releaseOn, repository } from "./setup-steps.ts";
import { DENIED, NO_TEXT, NOT_FOUND, REQUIRED } from "./error-bodies.ts";
import type { Scenario } from "./run-scenarios.ts";
import { as, at, del, get, post, put } from "./steps.ts";
import { activitiesAre, given, headsAre, noRelease, releaseIs } from "./stored-steps.ts";

const A40 = "a".repeat(40);

/** Listing a project's releases (contract 5.1). */
export const listScenarios: readonly Scenario[] = [
  {
    name: "E22 an unknown environment lists nothing, without an error",
    steps: [release("1"), get("P/foo/releases/?environment=nowhere").lists()],
  },
  {
    name: "E32 releases are sorted by release date, or else creation, newest first; other projects' releases are absent; new issues are the project's",
    steps: [
      releaseOn("2026-01-12", "3", "foo"),
      releaseOn("2026-01-13", "1", "foo", "bar"),
      releaseOn("2026-01-14", "2", "foo"),
      releaseOn("2026-01-14", "4", "bar"),
      finalize("3", "2026-01-15"),
      given((rows, on) => rows.newGroups(on.organization.id, "1", on.projectId("foo"), 2)),
      given((rows, on) => rows.newGroups(on.organization.id, "1", on.projectId("bar"), 5)),
      get("P/foo/releases/").lists("3", "2", "1"),
      get("P/foo/releases/?query=1").returns(200, [
        {
          version: "1",
          newGroups: 2,
          projects: [
            { slug: "foo", newGroups: 2 },
            { slug: "bar", newGroups: 5 },
          ],
        },
      ]),
      get("P/bar/releases/?query=1").returns(200, [{ version: "1", newGroups: 5 }]),
    ],
  },
  {
    name: "5.1 only open releases are listed",
    steps: [release("1"), release("2"), archive("1"), get("P/foo/releases/").lists("2"), get("P/foo/releases/?status=archived").lists("2")],
  },
  {
    name: "5.1 query is a case-insensitive part of the version, not the query language",
    steps: [
      ...["foobar", "FOOBAR-2", "baz", "release:x", "100%", "a_b", "axb"].map((version) => release(version)),
      get("P/foo/releases/?query=oOb").lists("FOOBAR-2", "foobar"),
      get("P/foo/releases/?query=release:x").lists("release:x"),
      get("P/foo/releases/?query=finalized:true").lists(),
      get("P/foo/releases/?query=%25").lists("100%"),
      get("P/foo/releases/?query=a_b").lists("a_b"),
      get("P/foo/releases/?query=").lists("axb", "a_b", "100%", "release:x", "baz", "FOOBAR-2", "foobar"),
    ],
  },
  {
    name: "5.1 an environment lists the releases that the project deployed there",
    steps: [
      release("1", "foo", "bar"),
      release("2", "foo"),
      post("O/releases/1/deploys/", { environment: "prod", projects: ["bar"] }).returns(201),
      post("O/releases/2/deploys/", { environment: "prod" }).returns(201),
      get("P/foo/releases/?environment=prod").lists("2"),
      get("P/bar/releases/?environment=prod").lists("1"),
    ],
  },
  {
    name: "5.1 pages have a Link header",
    steps: [
      releaseOn("2026-01-01", "1"),
      releaseOn("2026-01-02", "2"),
      releaseOn("2026-01-03", "3"),
      get("P/foo/releases/?per_page=2")
        .lists("3", "2")
        .links({ previous: ["2:-1:1", false], next: ["2:1:0", true] }),
      get("P/foo/releases/?per_page=2&cursor=2:1:0")
        .lists("1")
        .links({ previous: ["2:0:1", true], next: ["2:2:0", false] }),
    ],
  },
  {
    name: "5.1 the project must exist and be within reach",
    steps: [
      get("P/nope/releases/").returns(404, NOT_FOUND),
      get("P/baz/releases/").returns(403, DENIED),
      as("ci").get("P/baz/releases/").lists(),
    ],
  },
];

/** Reporting a release of a project (contract 5.2). */
export const reportScenarios: readonly Scenario[] = [
  {
    name: "E20 a version is 201 the first time and 208 after that; the same from a second project, and it is one release of two projects",
    steps: [
      post("P/foo/releases/", { version: "1.2.1" }).returns(201, { version: "1.2.1", projects: [{ slug: "foo" }] }),
      post("P/foo/releases/", { version: "1.2.1" }).returns(208, { projects: [{ slug: "foo" }] }),
      post("P/bar/releases/", { version: "1.2.1" }).returns(201, { projects: [{ slug: "foo" }, { slug: "bar" }] }),
      post("P/bar/releases/", { version: "1.2.1" }).returns(208),
      get("O/releases/").lists("1.2.1"),
    ],
  },
  {
    name: "E21 a version may look like a description",
    steps: [post("P/foo/releases/", { version: "1.2.1 (123)" }).returns(201, { version: "1.2.1 (123)" })],
  },
  {
    name: "5.2 projects, refs and headCommits in the body are ignored",
    steps: [
      post("P/foo/releases/", { version: "1", projects: ["nope"], refs: [{ repository: "nope", commit: A40 }], headCommits: "x" }).returns(
        201,
        { projects: [{ slug: "foo" }] },
      ),
      headsAre("1"),
    ],
  },
  {
    name: "5.2 the fields follow the rules of the organization's path",
    steps: [
      post("P/foo/releases/", {}).returns(400, { version: REQUIRED }),
      post("P/foo/releases/", { version: "a/b", ref: [], commits: [{}] }).returns(400, {
        version: ["Release with name a/b is not allowed"],
        ref: NO_TEXT,
        commits: { id: REQUIRED },
      }),
      noRelease("a/b"),
    ],
  },
  {
    name: "5.2 a second report keeps and replaces the same fields",
    steps: [
      post("P/foo/releases/", { version: "1", ref: "one", dateReleased: "2026-01-01" }).returns(201),
      post("P/foo/releases/", { version: "1", ref: "two", dateReleased: "2026-02-02", status: "archived", commits: [{ id: A40 }] }).returns(
        208,
        {
          ref: "one",
          dateReleased: "2026-01-01T00:00:00Z",
          status: "archived",
          commitCount: 1,
        },
      ),
      activitiesAre({ kind: "release", project: "foo" }),
    ],
  },
  {
    name: "5.2 a finalized release adds an activity to the project that reported it",
    steps: [
      post("P/foo/releases/", { version: "1", dateReleased: "2026-01-01" }).returns(201),
      activitiesAre({ kind: "release", project: "foo", date: "2026-01-01T00:00:00.000Z" }),
    ],
  },
  {
    name: "5.2 the project must exist and be within reach",
    steps: [
      post("P/nope/releases/", { version: "1" }).returns(404, NOT_FOUND),
      post("P/baz/releases/", { version: "1" }).returns(403, DENIED),
      as("reader").post("P/foo/releases/", { version: "1" }).returns(403, DENIED),
      as("ci").post("P/baz/releases/", { version: "1" }).returns(201),
      as("ci")
        .post("P/{foo}/releases/", { version: "2" })
        .returns(201, { projects: [{ slug: "foo" }] }),
    ],
  },
];

/** One release of a project (contract 5.3). */
export const oneScenarios: readonly Scenario[] = [
  {
    name: "5.3 a release is found through its projects only",
    steps: [
      release("1", "foo"),
      get("P/foo/releases/1/").returns(200, { version: "1" }),
      ...(["get", "del"] as const).map((method) => as("member")[method]("P/bar/releases/1/").returns(404, NOT_FOUND)),
      put("P/bar/releases/1/", { ref: "x" }).returns(404, NOT_FOUND),
      get("P/foo/releases/none/").returns(404, NOT_FOUND),
      releaseIs("1", { ref: null }),
    ],
  },
  {
    name: "5.3, E23 new issues are those of the project",
    steps: [
      release("1", "foo", "bar"),
      given((rows, on) => rows.newGroups(on.organization.id, "1", on.projectId("foo"), 2)),
      given((rows, on) => rows.newGroups(on.organization.id, "1", on.projectId("bar"), 5)),
      get("P/foo/releases/1/").returns(200, { newGroups: 2 }),
      get("O/releases/1/").returns(200, { newGroups: 7 }),
    ],
  },
  {
    name: "5.3 health=1 and the periods are as on the organization's path",
    steps: [
      release("1"),
      get("P/foo/releases/1/?health=1&summaryStatsPeriod=7d").returns(200, { projects: [{ healthData: { hasHealthData: false } }] }),
      get("P/foo/releases/1/?healthStatsPeriod=5d").returns(400, {
        detail: "Invalid healthStatsPeriod. Valid choices are '1h', '24h', '1d', '48h', '2d', '7d', '14d', '30d', '90d'",
      }),
    ],
  },
  {
    name: "5.3 a release can be changed, but its refs are ignored",
    steps: [
      repository("owner/one"),
      release("1"),
      put("P/foo/releases/1/", {
        ref: "main",
        url: "https://example.com",
        status: "archived",
        commits: [{ id: A40 }],
        refs: [{ repository: "nope", commit: A40 }],
      }).returns(200, { ref: "main", url: "https://example.com", status: "archived", commitCount: 1 }),
      put("P/foo/releases/1/", { refs: [] }).returns(200, { commitCount: 1 }),
      put("P/foo/releases/1/", {}).returns(200, { ref: "main" }),
    ],
  },
  {
    name: "5.3 finalizing adds an activity to this project only, once",
    steps: [
      release("1", "foo", "bar"),
      put("P/bar/releases/1/", { dateReleased: "2026-01-05" }).returns(200, { dateReleased: "2026-01-05T00:00:00Z" }),
      put("P/foo/releases/1/", { dateReleased: "2026-01-06" }).returns(200, { dateReleased: "2026-01-06T00:00:00Z" }),
      activitiesAre({ kind: "release", project: "bar", date: "2026-01-05T00:00:00.000Z" }),
    ],
  },
  {
    name: "5.3 deleting deletes the whole release",
    steps: [
      release("1", "foo", "bar"),
      del("P/foo/releases/1/").returns(204),
      noRelease("1"),
      get("P/bar/releases/").lists(),
      as("ci").del("P/foo/releases/1/").returns(403, DENIED),
    ],
  },
  {
    name: "5.3 commits of a release by repository: externalId, name, both, and unknown ones",
    steps: [
      repository("owner/one", { externalId: "ext-1" }),
      repository("owner/two", { externalId: "ext-2" }),
      release("1"),
      put("O/releases/1/", {
        commits: [
          { id: "1", repository: "owner/one" },
          { id: "2", repository: "owner/two" },
          { id: "3", repository: "owner/one" },
        ],
      }).returns(200),
      get("P/foo/releases/1/commits/").listsBy("id", "1", "2", "3"),
      get("P/foo/releases/1/commits/?repo_name=owner/one").listsBy("id", "1", "3"),
      get("P/foo/releases/1/commits/?repo_id=ext-2").listsBy("id", "2"),
      get("P/foo/releases/1/commits/?repo_id=ext-2&repo_name=owner/two").listsBy("id", "2"),
      get("P/foo/releases/1/commits/?repo_id=ext-2&repo_name=owner/one").returns(404, NOT_FOUND),
      get("P/foo/releases/1/commits/?repo_name=owner/three").returns(404, NOT_FOUND),
      get("P/foo/releases/1/commits/?repo_id=").listsBy("id", "1", "2", "3"),
      get("P/bar/releases/1/commits/").returns(404, NOT_FOUND),
      get("P/foo/releases/1/repositories/").listsBy("name", "owner/one", "owner/two"),
    ],
  },
  {
    name: "6.5 the repositories of a release's commits, without duplicates, by name",
    steps: [
      release("1"),
      put("O/releases/1/", { commits: ["b", "c", "a", "b"].map((name, index) => ({ id: String(index), repository: name })) }).returns(200),
      get("P/foo/releases/1/repositories/").listsBy("name", "a", "b", "c"),
      get("P/bar/releases/1/repositories/").returns(404, NOT_FOUND),
    ],
  },
  {
    name: "6.2 of repositories with one name the newest active one is used",
    steps: [
      repository("owner/one", { status: "disabled" }),
      release("1"),
      put("O/releases/1/", { commits: [{ id: "1", repository: "owner/one" }] }).returns(200),
      get("P/foo/releases/1/commits/?repo_name=owner/one").listsBy("id", "1"),
      repository("owner/two", { status: "disabled" }),
      get("P/foo/releases/1/commits/?repo_name=owner/two").returns(404, NOT_FOUND),
    ],
  },
  {
    name: "2 row 34: a project's commits, newest first, filtered by the beginning of their sha",
    steps: [
      release("1", "foo"),
      release("2", "foo"),
      release("3", "bar"),
      put("O/releases/1/", {
        commits: [
          { id: "abc1", timestamp: "2026-01-01" },
          { id: "abd2", timestamp: "2026-01-03" },
        ],
      }).returns(200),
      put("O/releases/2/", {
        commits: [
          { id: "abc3", timestamp: "2026-01-02" },
          { id: "abc1", timestamp: "2026-01-01" },
        ],
      }).returns(200),
      put("O/releases/3/", { commits: [{ id: "abc4" }] }).returns(200),
      get("P/foo/commits/").listsBy("id", "abd2", "abc3", "abc1"),
      get("P/foo/commits/?query=abc").listsBy("id", "abc3", "abc1"),
      get("P/foo/commits/?query=ABC").listsBy("id"),
      get("P/foo/commits/?per_page=1")
        .listsBy("id", "abd2")
        .links({ previous: ["1:-1:1", false], next: ["1:1:0", true] }),
      get("P/baz/commits/").returns(403, DENIED),
    ],
  },
  {
    name: "10.3, 6.6 session figures and resolved issues are empty",
    steps: [
      at("2026-01-02"),
      release("1"),
      get("P/foo/releases/1/stats/").returns(200).exactly({ stats: [], statTotals: {}, usersBreakdown: [] }),
      get("P/foo/releases/1/stats/?type=users").returns(200),
      get("P/foo/releases/1/stats/?type=crashes").returns(400, { detail: "invalid stat" }),
      get("P/foo/releases/1/resolved/").returns(200).exactly([]),
      get("O/releases/1/resolved/").returns(200).exactly([]),
      as("ci").get("O/releases/1/resolved/").returns(403, DENIED),
      as("ci").get("P/foo/releases/1/resolved/").returns(403, DENIED),
    ],
  },
];
