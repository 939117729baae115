import { archive, finalize, release, releaseOn } from "./setup-steps.ts";
import { DENIED, NOT_FOUND } from "./error-bodies.ts";
import type { Scenario } from "./run-scenarios.ts";
import { as, at, get, post } from "./steps.ts";
import { given } from "./stored-steps.ts";

/** The parameters of the list, row by row (contract 15.1, 15.2). */
export const parameterScenarios: readonly Scenario[] = [
  {
    name: "15.1 status is open by default, archived, or empty for both",
    steps: [
      release("1"),
      release("2"),
      archive("1"),
      get("O/releases/").lists("2"),
      get("O/releases/?status=open").lists("2"),
      get("O/releases/?status=archived").lists("1"),
      get("O/releases/?status=").lists("2", "1"),
      get("O/releases/?status=archived&project={foo}").lists("1"),
      get("O/releases/?status=gone").returns(400, { detail: "invalid value for status" }),
    ],
  },
  {
    name: "15.1 sort=date is by creation, not by release date",
    steps: [
      releaseOn("2026-01-01", "1"),
      releaseOn("2026-01-02", "2"),
      finalize("1", "2026-02-01"),
      get("O/releases/?sort=date").lists("2", "1"),
      get("O/releases/?sort=").returns(400, { detail: "invalid sort" }),
    ],
  },
  {
    name: "15.1 sort=build is by build number, of releases that have one",
    steps: [
      ...["a@1.0+7", "a@1.0+12", "a@1.0+abc", "plain", "b@2.0+9"].map((version) => release(version)),
      get("O/releases/?sort=build").lists("a@1.0+12", "b@2.0+9", "a@1.0+7"),
    ],
  },
  {
    name: "15.1 sort=semver is by version; other versions are last, newest first",
    steps: [
      ...["a@1.10.0", "plain-1", "a@1.9.0", "b@1.10.0-rc10", "b@1.10.0-rc2", "plain-2", "a@1.10.0+2", "a@2.0.0-alpha"].map(
        (version, index) => releaseOn(`2026-01-0${index + 1}`, version),
      ),
      get("O/releases/?sort=semver").lists(
        "a@2.0.0-alpha",
        "a@1.10.0+2",
        "a@1.10.0",
        "b@1.10.0-rc2",
        "b@1.10.0-rc10",
        "a@1.9.0",
        "plain-2",
        "plain-1",
      ),
      get("O/releases/?sort=semver&project={foo}&per_page=3").lists("a@2.0.0-alpha", "a@1.10.0+2", "a@1.10.0"),
    ],
  },
  {
    name: "15.1 sort=adoption is newest first without sessions",
    steps: [releaseOn("2026-01-01", "1"), releaseOn("2026-01-02", "2"), get("O/releases/?sort=adoption").lists("2", "1")],
  },
  { name: "15.1 an unknown order is rejected", steps: [get("O/releases/?sort=fame").returns(400, { detail: "invalid sort" })] },
  {
    name: "15.1 orders by sessions require a flat list",
    steps: ["crash_free_sessions", "crash_free_users", "sessions", "users", "sessions_24h", "users_24h"].map((sort) =>
      get(`O/releases/?sort=${sort}`).returns(400, { detail: "sorting by crash statistics requires flattening (flatten=1)" }),
    ),
  },
  {
    name: "15.1 a flat list has a row for each release and selected project, with that project's new issues",
    steps: [
      release("1", "foo", "bar"),
      given((rows, on) => rows.newGroups(on.organization.id, "1", on.projectId("foo"), 2)),
      given((rows, on) => rows.newGroups(on.organization.id, "1", on.projectId("bar"), 5)),
      get("O/releases/?flatten=1").returns(200, [{ newGroups: 2 }, { newGroups: 5 }]),
      get("O/releases/?flatten=1&project={bar}").returns(200, [{ version: "1", newGroups: 5 }]),
      get("O/releases/").returns(200, [{ newGroups: 7 }]),
    ],
  },
  {
    name: "15.1 a project that is unknown or out of reach is rejected",
    steps: [
      release("1"),
      get("O/releases/?project={baz}").returns(403, DENIED),
      get("O/releases/?project={foo}&project={baz}").returns(403, DENIED),
      get("O/releases/?project=99999999").returns(403, DENIED),
      get("O/releases/?projectSlug=baz").returns(403, DENIED),
      get("O/releases/?project=nope").returns(403, DENIED),
      get("O/releases/?project={foo}&projectSlug=baz").lists("1"),
    ],
  },
  {
    name: "15.1 for a caller without projects the list is empty and has no next page",
    steps: [
      release("1"),
      as("teamless").get("O/releases/").lists().links(null),
      as("teamless").get("O/releases/stats/").returns(200).exactly([]).links(null),
      get("O/releases/?query=none")
        .lists()
        .links({ previous: ["100:-1:1", false], next: ["100:1:0", false] }),
    ],
  },
  {
    name: "15.1 a release of two selected projects appears once",
    steps: [release("1", "foo", "bar"), get("O/releases/").lists("1"), get("O/releases/?project={foo}&project={bar}").lists("1")],
  },
  {
    name: "15.1 periods are relative to now and filter by dateCreated",
    steps: [
      releaseOn("2026-01-01T00:00:00Z", "1"),
      releaseOn("2026-01-08T00:00:00Z", "2"),
      releaseOn("2026-01-09T23:59:30Z", "3"),
      at("2026-01-10T00:00:00Z"),
      get("O/releases/?statsPeriod=2d").lists("3", "2"),
      get("O/releases/?statsPeriod=1h").lists("3"),
      get("O/releases/?statsPeriod=1m").lists("3"),
      get("O/releases/?statsPeriod=20").lists(),
      get("O/releases/?statsPeriod=30s").lists("3"),
      get("O/releases/?statsPeriod=2w").lists("3", "2", "1"),
      get("O/releases/?statsPeriodStart=10d&statsPeriodEnd=1d").lists("2", "1"),
      get("O/releases/stats/?statsPeriod=2d").lists("3", "2"),
    ],
  },
  {
    name: "15.1 bad periods are rejected with a reason",
    steps: (
      [
        ["statsPeriod=x", "Invalid statsPeriod: 'x'"],
        ["statsPeriod=", "Invalid statsPeriod: ''"],
        ["statsPeriod=1y", "Invalid statsPeriod: '1y'"],
        ["start=2026-01-01", "start and end are both required"],
        ["end=2026-01-01", "start and end are both required"],
        ["statsPeriodStart=1d", "statsPeriodStart and statsPeriodEnd are both required"],
        ["start=2026-01-02&end=2026-01-01", "start must be before end"],
        ["start=2026-01-01&end=2026-01-01", "start must be before end"],
        ["start=yesterday&end=2026-01-01", "yesterday is not a valid ISO8601 date query"],
      ] as const
    ).flatMap(([query, why]) => [
      get(`O/releases/?${query}`).returns(400, { detail: `Invalid date range: ${why}` }),
      get(`O/releases/stats/?${query}`).returns(400, { detail: `Invalid date range: ${why}` }),
    ]),
  },
  {
    name: "15.1 unknown figures and stages are rejected",
    steps: [
      get("O/releases/?healthStat=crashes").returns(400, { detail: "invalid healthStat" }),
      get("O/releases/?healthStat=users&health=1").lists(),
      get("O/releases/?summaryStatsPeriod=5d").returns(400, {
        detail: "Invalid summaryStatsPeriod. Valid choices are '1h', '24h', '1d', '48h', '2d', '7d', '14d', '30d', '90d'",
      }),
      get("O/releases/?healthStatsPeriod=5d").returns(400, {
        detail: "Invalid healthStatsPeriod. Valid choices are '1h', '24h', '1d', '48h', '2d', '7d', '14d', '30d', '90d'",
      }),
    ],
  },
  {
    name: "15.1 health=1 adds the figures of each project",
    steps: [
      release("1"),
      get("O/releases/?health=1").returns(200, [{ projects: [{ healthData: { hasHealthData: false, totalSessions: null } }] }]),
    ],
  },
  {
    name: "15.2 of equal dates the one created later is first",
    steps: [
      ...["b", "a", "c"].map((version) => release(version)),
      get("O/releases/").lists("c", "a", "b"),
      get("O/releases/?project={foo}").lists("c", "a", "b"),
    ],
  },
  {
    name: "1.5 a release called stats is shadowed on the organization's path, not on a project's",
    steps: [
      releaseOn("2026-01-01", "stats"),
      get("O/releases/stats/")
        .returns(200)
        .exactly([{ version: "stats", date: "2026-01-01T00:00:00Z" }]),
      get("P/foo/releases/stats/").returns(200, { version: "stats" }),
    ],
  },
  {
    name: "10.2 the chart has at most 1000 items per page",
    steps: [
      release("1"),
      get("O/releases/stats/")
        .lists("1")
        .links({ previous: ["1000:-1:1", false], next: ["1000:1:0", false] }),
      get("O/releases/stats/?per_page=1000").lists("1"),
      get("O/releases/stats/?per_page=1001").returns(400, { detail: "Invalid per_page value. Cannot exceed 1000." }),
    ],
  },
  {
    name: "16.3 a list requires a scope, membership and an organization",
    steps: [
      as("anonymous").get("O/releases/").returns(401, { detail: "Authentication credentials were not provided." }),
      as("outOfScope").get("O/releases/").returns(403, DENIED),
      as("reader").get("O/releases/").lists(),
      as("stranger").get("O/releases/").returns(403, DENIED),
      as("foreignCi").get("O/releases/").returns(403, DENIED),
      get("/organizations/nowhere/releases/").returns(404, NOT_FOUND),
      as("outOfScope").get("/organizations/nowhere/releases/").returns(403, DENIED),
      get("/organizations/{org}/releases/").lists(),
      post("O/releases/", { version: "1", projects: ["foo"] }).returns(201),
      as("reader")
        .post("O/releases/", { version: "2", projects: ["foo"] })
        .returns(403, DENIED),
    ],
  },
];
