import type { Scenario } from "./run-scenarios.ts";
import { as, at, emailOf, get, post, put } from "./steps.ts";
import { activitiesAre, given, headsAre, noRelease, releaseIs } from "./stored-steps.ts";
import type { ScenarioContext } from "./scenario-context.ts";

const A = { id: "a".repeat(40), repository: "owner/repo", timestamp: "2026-01-01T00:00:00Z" };
const B = { id: "b".repeat(40), repository: "owner/repo", timestamp: "2026-01-02T00:00:00Z" };

/** When a report returns 201 (something new) and when 208 (already reported): the truth table of contract 3.2, step 10. */
export const truthTableScenarios: readonly Scenario[] = [
  {
    name: "3.2 row 1: a new version with a project is 201",
    steps: [post("O/releases/", { version: "1", projects: ["foo"] }).returns(201)],
  },
  { name: "3.2 row 2: a new version without a project is 201", steps: [post("O/releases/", { version: "1", projects: [] }).returns(201)] },
  {
    name: "3.2 row 3: a known version with a new project is 201",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo"] }).returns(201),
      post("O/releases/", { version: "1", projects: ["foo", "bar"] }).returns(201, { projects: [{ slug: "foo" }, { slug: "bar" }] }),
    ],
  },
  {
    name: "3.2 row 4: a known version with known projects, or none, is 208",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo", "bar"] }).returns(201),
      post("O/releases/", { version: "1", projects: ["bar"] }).returns(208, { projects: [{ slug: "foo" }, { slug: "bar" }] }),
      post("O/releases/", { version: "1", projects: [] }).returns(208, { projects: [{ slug: "foo" }, { slug: "bar" }] }),
    ],
  },
  {
    name: "3.2 new commits, refs or a new status are 208",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo"] }).returns(201),
      post("O/releases/", { version: "1", projects: ["foo"], commits: [A] }).returns(208, { commitCount: 1 }),
      post("O/releases/", { version: "1", projects: ["foo"], refs: [{ repository: "owner/repo", commit: B.id }] }).returns(208),
      post("O/releases/", { version: "1", projects: ["foo"], status: "archived" }).returns(208, { status: "archived" }),
    ],
  },
];

/** The steps of a report, in order (contract 3.2). */
export const orderScenarios: readonly Scenario[] = [
  {
    name: "3.2 step 1: with any bad field nothing is written, and every bad field is reported",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo"], ref: [], commits: [{}] }).returns(400, {
        ref: ["Not a valid string."],
        commits: { id: ["This field is required."] },
      }),
      noRelease("1"),
    ],
  },
  {
    name: "3.2 step 3: the User-Agent is cut to 256 characters, and is empty when none was sent",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo"] }, { headers: { "User-Agent": "u".repeat(300) } }).returns(201, {
        userAgent: "u".repeat(256),
      }),
      post("O/releases/", { version: "2", projects: ["foo"] }).returns(201, { userAgent: "" }),
    ],
  },
  {
    name: "3.2 step 4: the error names every project of the release, in the order of linking, and nothing is written",
    steps: [
      post("O/releases/", { version: "1", projects: ["bar"] }).returns(201),
      post("O/releases/", { version: "1", projects: ["foo"] }).returns(201),
      as("other")
        .post("O/releases/", { version: "1", projects: ["baz"], status: "archived", commits: [A] })
        .returns(400, { projects: ["You do not have permission to one of the projects: bar, foo"] }),
      releaseIs("1", { isArchived: false, commitCount: 0 }),
      get("O/releases/1/").returns(200, { projects: [{ slug: "bar" }, { slug: "foo" }] }),
    ],
  },
  {
    name: "3.2 step 7: a release created as finalized adds an activity to each of its projects, with the release date",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo", "bar"], dateReleased: "2025-12-24T18:00:00Z" }).returns(201, {
        dateReleased: "2025-12-24T18:00:00Z",
      }),
      activitiesAre(
        { kind: "release", project: "foo", ident: "1", data: { version: "1" }, date: "2025-12-24T18:00:00.000Z" },
        { kind: "release", project: "bar", ident: "1", data: { version: "1" }, date: "2025-12-24T18:00:00.000Z" },
      ),
      post("O/releases/", { version: "1", projects: ["foo", "bar"], dateReleased: "2025-12-25T18:00:00Z" }).returns(208),
      activitiesAre({ project: "foo" }, { project: "bar" }),
    ],
  },
  {
    name: "3.2 step 7: a release that is not finalized adds no activity",
    steps: [post("O/releases/", { version: "1", projects: ["foo", "bar"] }).returns(201), activitiesAre()],
  },
  {
    name: "3.2 step 9: an error of refs keeps the release, its projects, status and commits",
    steps: [
      post("O/releases/", {
        version: "1",
        projects: ["foo"],
        status: "archived",
        dateReleased: "2026-01-01",
        commits: [A],
        refs: [
          { repository: "owner/repo", commit: B.id },
          { repository: "unknown", commit: "c" },
        ],
      }).returns(400, { refs: ["Invalid repository names: unknown"] }),
      get("O/releases/1/").returns(200, { status: "archived", commitCount: 1, projects: [{ slug: "foo" }] }),
      activitiesAre({ kind: "release", project: "foo" }),
      headsAre("1", { repository: "owner/repo", commit: A.id, previous: null }),
      post("O/releases/", { version: "1", projects: ["foo"], refs: [{ repository: "owner/repo", commit: B.id }] }).returns(208),
    ],
  },
  {
    name: "3.2 step 11: the response has no first and last event",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo"] }).returns(201, {
        firstEvent: null,
        lastEvent: null,
        currentProjectMeta: {},
        data: {},
      }),
    ],
  },
];

/** What a second report of a version keeps and what it replaces, row by row (contract 3.6). */
export const reportAgainScenarios: readonly Scenario[] = [
  {
    name: "3.6 ref, url, owner, dates and User-Agent are kept",
    steps: [
      post(
        "O/releases/",
        { version: "1", projects: ["foo"], ref: "one", url: "https://one.example", owner: emailOf("member"), dateReleased: "2026-01-01" },
        { headers: { "User-Agent": "one" } },
      ).returns(201),
      at("2026-03-01"),
      post(
        "O/releases/",
        { version: "1", projects: ["foo"], ref: "two", url: "https://two.example", owner: emailOf("other"), dateReleased: "2026-02-02" },
        { headers: { "User-Agent": "two" } },
      ).returns(208, {
        ref: "one",
        url: "https://one.example",
        owner: { email: emailOf("member") },
        dateReleased: "2026-01-01T00:00:00Z",
        dateCreated: "2026-01-02T03:04:05.678Z",
        userAgent: "one",
      }),
    ],
  },
  {
    name: "3.6 they are kept even if they are null",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo"] }).returns(201, { ref: null, url: null, owner: null, dateReleased: null }),
      post("O/releases/", {
        version: "1",
        projects: ["foo"],
        ref: "two",
        url: "https://two.example",
        owner: emailOf("other"),
        dateReleased: "2026-02-02",
      }).returns(208, {
        ref: null,
        url: null,
        owner: null,
        dateReleased: null,
      }),
      activitiesAre(),
    ],
  },
  {
    name: "3.6 the status is replaced when it is sent, and kept when it is not",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo"], status: "archived" }).returns(201, { status: "archived" }),
      post("O/releases/", { version: "1", projects: ["foo"] }).returns(208, { status: "archived" }),
      post("O/releases/", { version: "1", projects: ["foo"], status: "open" }).returns(208, { status: "open" }),
      post("O/releases/", { version: "1", projects: [], status: "archived" }).returns(208, { status: "archived" }),
      get("O/releases/").lists(),
      get("O/releases/?status=archived").lists("1"),
      post("O/releases/", { version: "1", projects: [], status: "open" }).returns(208, { status: "open" }),
      get("O/releases/").lists("1"),
      get("O/releases/?project={foo}").lists("1"),
    ],
  },
  {
    name: "3.6 projects are added and never removed",
    steps: [
      post("O/releases/", { version: "1", projects: ["bar"] }).returns(201),
      post("O/releases/", { version: "1", projects: ["foo"] }).returns(201, { projects: [{ slug: "bar" }, { slug: "foo" }] }),
      get("O/releases/1/").returns(200, { projects: [{ slug: "bar" }, { slug: "foo" }] }),
    ],
  },
  {
    name: "3.6 commits are replaced by a list that is not empty",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo"], commits: [A] }).returns(201, { commitCount: 1, lastCommit: { id: A.id } }),
      post("O/releases/", { version: "1", projects: ["foo"], commits: [] }).returns(208, { commitCount: 1 }),
      post("O/releases/", { version: "1", projects: ["foo"] }).returns(208, { commitCount: 1 }),
      post("O/releases/", { version: "1", projects: ["foo"], commits: [B] }).returns(208, { commitCount: 1, lastCommit: { id: B.id } }),
      get("O/releases/1/commits/").listsBy("id", B.id),
    ],
  },
  {
    name: "3.6 refs replace the head commit of their repository; an empty list does nothing",
    steps: [
      given((rows, on) => rows.repository(on.organization.id, "owner/one")),
      given((rows, on) => rows.repository(on.organization.id, "owner/two")),
      post("O/releases/", { version: "1", projects: ["foo"], refs: [{ repository: "owner/one", commit: "1" }] }).returns(201),
      post("O/releases/", { version: "1", projects: ["foo"], refs: [{ repository: "owner/two", commit: "2" }] }).returns(208),
      post("O/releases/", { version: "1", projects: ["foo"], refs: [{ repository: "owner/one", commit: "3" }] }).returns(208),
      post("O/releases/", { version: "1", projects: ["foo"], refs: [] }).returns(208),
      headsAre("1", { repository: "owner/one", commit: "3", previous: null }, { repository: "owner/two", commit: "2", previous: null }),
    ],
  },
  {
    name: "3.6 a finalized release adds an activity only to newly linked projects",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo"], dateReleased: "2026-01-01" }).returns(201),
      post("O/releases/", { version: "1", projects: ["foo", "bar"] }).returns(201),
      activitiesAre({ kind: "release", project: "foo" }, { kind: "release", project: "bar" }),
    ],
  },
  {
    name: "3.6 a later link does not change the date of the release",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo"] }).returns(201),
      at("2026-02-01"),
      post("O/releases/", { version: "2", projects: ["bar"] }).returns(201),
      at("2026-03-01"),
      post("O/releases/", { version: "1", projects: ["bar"] }).returns(201, { dateCreated: "2026-01-02T03:04:05.678Z" }),
      get("O/releases/?project={bar}").lists("2", "1"),
      put("O/releases/1/", { dateReleased: "2026-04-01" }).returns(200),
      get("P/bar/releases/").lists("1", "2"),
    ],
  },
  {
    name: "3.6 a later link copies the release's date and state",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo"], dateReleased: "2026-06-01" }).returns(201),
      post("O/releases/", { version: "hidden", projects: ["foo"], status: "archived" }).returns(201),
      at("2026-02-01"),
      post("O/releases/", { version: "2", projects: ["foo", "bar"] }).returns(201),
      post("O/releases/", { version: "1", projects: ["bar"] }).returns(201),
      post("O/releases/", { version: "hidden", projects: ["bar"] }).returns(201, { status: "archived" }),
      get("P/foo/releases/").lists("1", "2"),
      get("P/bar/releases/").lists("1", "2"),
      get("O/releases/?project={bar}").lists("2", "1"),
      get("O/releases/?project={bar}&status=archived").lists("hidden"),
      get("O/releases/1/previous-with-commits/").returns(200).exactly({}),
      put("O/releases/2/", { commits: [A] }).returns(200),
      get("O/releases/1/previous-with-commits/").returns(200, { version: "2" }),
    ],
  },
  {
    name: "3.5 with open membership every project is allowed",
    given: { openMembership: true },
    steps: [
      post("O/releases/", { version: "1", projects: ["foo", "baz"] }).returns(201, { projects: [{ slug: "foo" }, { slug: "baz" }] }),
      as("teamless")
        .post("O/releases/", { version: "1", projects: ["bar"] })
        .returns(201),
      as("ci")
        .post("O/releases/", { version: "1", projects: ["baz"] })
        .returns(208),
    ],
  },
  {
    name: "3.1 a username of digits has precedence over an id",
    steps: [
      async (on) => {
        const someone = await on.wire.given.user(`someone@${on.organization.slug}.example`, { organization: on.organization.slug });
        await on.wire.given.user(String(someone.id), { organization: on.organization.slug });
        await post("O/releases/", { version: "1", projects: ["foo"], owner: someone.id }).returns(201, {
          owner: { username: String(someone.id) },
        })(on);
      },
      post("O/releases/", {
        version: "2",
        projects: ["foo"],
        owner: async (on: ScenarioContext) => (await on.email("other")).toUpperCase(),
      }).returns(201, {
        owner: { email: emailOf("other") },
      }),
    ],
  },
];
