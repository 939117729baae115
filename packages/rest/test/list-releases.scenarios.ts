import { archive, finalize, release, releaseOn } from "./setup-steps.ts";
import { NOT_FOUND } from "./error-bodies.ts";
import type { Scenario } from "./run-scenarios.ts";
import { as, get, type Step } from "./steps.ts";
import { given } from "./stored-steps.ts";

const deploy = (version: string, environment: string, ...projects: string[]): Step =>
  as("manager")
    .post(`O/releases/${version}/deploys/`, { environment, ...(projects.length > 0 ? { projects } : {}) })
    .returns(201);

/** Listing releases, case by case (contract 17, L01–L06, L12–L22). */
export const listScenarios: readonly Scenario[] = [
  {
    name: "L01 the newest created is first, regardless of its release date; other organizations' are absent",
    steps: [
      releaseOn("2026-01-13", "1"),
      releaseOn("2026-01-14", "4"),
      releaseOn("2026-01-12", "3"),
      finalize("3", "2026-01-15"),
      async (on) => {
        const { wire, organization } = on;
        const foreign = await wire.given.organization(`${organization.slug}-elsewhere`);
        await wire.given.project(foreign.slug, "foo");
        const token = await wire.given.orgToken(foreign.slug);
        await wire.post(`/organizations/${foreign.slug}/releases/`, { version: "2", projects: ["foo"] }, { token });
      },
      get("O/releases/").lists("4", "1", "3"),
    ],
  },
  {
    name: "L02 dateReleased does not affect the order",
    steps: [
      releaseOn("2026-01-10", "6"),
      releaseOn("2026-01-12", "7"),
      releaseOn("2026-01-14", "8"),
      finalize("6", "2026-01-20"),
      finalize("7", "2026-01-18"),
      finalize("8", "2026-01-16"),
      get("O/releases/").lists("8", "7", "6"),
    ],
  },
  {
    name: "L03 a word without a key matches part of a version",
    steps: [release("foobar"), release("sdfsdfsdf"), get("O/releases/?query=oob").lists("foobar"), get("O/releases/?query=baz").lists()],
  },
  {
    name: "L04 release: matches a version, a prefix, or a list",
    steps: [
      release("foobar"),
      release("sdfsdfsdf"),
      ...["release:foobar", "release:foo*", "release:[foobar]"].map((query) => get(`O/releases/?query=${query}`).lists("foobar")),
      get("O/releases/?query=release:baz").lists(),
    ],
  },
  {
    name: "L05 the chart supports stars at either end",
    steps: [
      releaseOn("2026-01-01", "foobar"),
      releaseOn("2026-01-02", "sdfsdfsdf"),
      ...["release:*oob*", "release:foob*", "release:*bar"].map((query) =>
        get(`O/releases/stats/?query=${query}`)
          .returns(200)
          .exactly([{ version: "foobar", date: "2026-01-01T00:00:00Z" }]),
      ),
    ],
  },
  {
    name: "L06 !release: excludes matches",
    steps: [
      release("foobar"),
      release("release2"),
      get("O/releases/?query=!release:foobar").lists("release2"),
      get("O/releases/?query=!release:[foobar,release2]").lists(),
      get("O/releases/?query=!release:foo*").lists("release2"),
    ],
  },
  {
    name: "L12 an unknown key is rejected",
    steps: [release("1"), get("O/releases/?query=invalid_query:y").returns(400, { detail: "Invalid key for this search: invalid_query" })],
  },
  {
    name: "L13 a member sees the releases of their teams, also with open membership",
    given: { openMembership: true },
    steps: [
      release("1", "foo"),
      release("2", "baz"),
      get("O/releases/").lists("1"),
      get("O/releases/?project=-1").lists("2", "1"),
      get("O/releases/?projectSlug=$all").lists("2", "1"),
      as("manager").get("O/releases/").lists("2", "1"),
      as("ci").get("O/releases/").lists("2", "1"),
    ],
  },
  {
    name: "L13 with closed membership only releases of the member's teams are within reach",
    steps: [
      release("1", "foo"),
      release("2", "baz"),
      get("O/releases/").lists("1"),
      get("O/releases/?project=-1").lists("1"),
      as("both").get("O/releases/").lists("2", "1"),
    ],
  },
  { name: "L14 without releases the list is empty", steps: [get("O/releases/").lists()] },
  {
    name: "L15 adoptionStages=1 adds the key to each release",
    steps: [
      release("1"),
      release("2"),
      get("O/releases/?adoptionStages=1").returns(200, [{ adoptionStages: {} }, { adoptionStages: {} }]),
      get("O/releases/?adoptionStages=1").lists("2", "1"),
    ],
  },
  {
    name: "L16 an environment filters by deploys to it; an unknown one is not found",
    steps: [
      release("1"),
      release("2"),
      release("3"),
      deploy("1", "prod"),
      deploy("3", "prod"),
      deploy("2", "staging"),
      get("O/releases/?environment=prod").lists("3", "1"),
      get("O/releases/?environment=prod&environment=staging").lists("3", "2", "1"),
      get("O/releases/?environment=nowhere").returns(404, NOT_FOUND),
      get("O/releases/?environment=prod&environment=nowhere").returns(404, NOT_FOUND),
      get("O/releases/").lists("3", "2", "1"),
    ],
  },
  {
    name: "L16 an environment applies to the selected projects only",
    steps: [
      release("1", "foo", "bar"),
      deploy("1", "prod", "bar"),
      get("O/releases/?environment=prod").lists("1"),
      get("O/releases/?environment=prod&project={foo}").lists(),
      get("O/releases/?environment=prod&project={bar}").lists("1"),
    ],
  },
  {
    name: "L17 an empty environment is the one with an empty name",
    steps: [
      release("1"),
      release("2"),
      given((rows, on) => rows.seenIn(on.organization.id, "1", "", on.projectId("foo"))),
      get("O/releases/?environment=").lists("1"),
      get("O/releases/").lists("2", "1"),
    ],
  },
  {
    name: "L18 selected projects are combined with OR",
    steps: [
      release("1", "foo"),
      release("2", "bar"),
      release("3", "foo", "bar"),
      get("O/releases/?project={foo}").lists("3", "1"),
      get("O/releases/?project={bar}").lists("3", "2"),
      get("O/releases/?project={foo}&project={bar}").lists("3", "2", "1"),
      get("O/releases/?projectSlug=bar").lists("3", "2"),
      get("O/releases/?project=bar").lists("3", "2"),
    ],
  },
  {
    name: "L19 from start to end; invalid dates are rejected",
    steps: [
      releaseOn("2026-01-10T12:00:00Z", "1"),
      releaseOn("2026-01-11T12:00:00Z", "2"),
      releaseOn("2026-01-12T00:00:00Z", "3"),
      get("O/releases/?start=2026-01-11T00:00:00&end=2026-01-11T23:59:59").lists("2"),
      get("O/releases/?start=2026-01-11T12:00:00&end=2026-01-12").lists("3", "2"),
      get("O/releases/?start=null&end=null").returns(400, { detail: "Invalid date range: null is not a valid ISO8601 date query" }),
    ],
  },
  {
    name: "L20 the chart returns version and date, newest first",
    steps: [
      releaseOn("2026-01-11", "1"),
      releaseOn("2026-01-13", "2"),
      releaseOn("2026-01-12", "3"),
      archive("1"),
      get("O/releases/stats/")
        .returns(200)
        .exactly([
          { version: "2", date: "2026-01-13T00:00:00Z" },
          { version: "3", date: "2026-01-12T00:00:00Z" },
          { version: "1", date: "2026-01-11T00:00:00Z" },
        ]),
    ],
  },
  {
    name: "L21 finalized: true, false, and other values",
    steps: [
      release("1"),
      release("2"),
      finalize("1", "2026-01-05"),
      get("O/releases/?query=finalized:true").lists("1"),
      get("O/releases/?query=finalized:false").lists("2"),
      get("O/releases/?query=finalized:wrong_value").lists("2", "1"),
      get("O/releases/?query=!finalized:true").lists("2"),
    ],
  },
  {
    name: "L22 orders by sessions are newest first without sessions, in a flat list",
    steps: [
      releaseOn("2026-01-01", "1", "foo", "bar"),
      releaseOn("2026-01-02", "2", "foo"),
      get("O/releases/?sort=sessions&flatten=1").lists("2", "1", "1"),
      ...["crash_free_sessions", "crash_free_users", "users", "sessions_24h", "users_24h"].map((sort) =>
        get(`O/releases/?sort=${sort}&flatten=1`).lists("2", "1", "1"),
      ),
    ],
  },
];
