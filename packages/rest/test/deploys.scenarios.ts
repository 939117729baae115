import { expect } from "vitest";
import { finalize, release } from "./setup-steps.ts";
import { BLANK, DENIED, most, NO_DATE, NO_TEXT, NO_URL, noList, NOT_FOUND, NULL, REQUIRED } from "./error-bodies.ts";
import type { Scenario, Sharing } from "./run-scenarios.ts";
import { as, at, del, get, id, idText, post, put } from "./steps.ts";
import { activitiesAre, environmentsAre, pointersAre, releaseIs } from "./stored-steps.ts";

type Body = Readonly<Record<string, unknown>>;

const DEPLOYS = "O/releases/1/deploys/";

/** Deploys, case by case (contract 17, E08–E13, E25). */
export const deployScenarios: readonly Scenario[] = [
  {
    name: "E08 a deploy is returned as sent; the release counts it and returns it as the last one",
    steps: [
      release("1"),
      post(DEPLOYS, { name: "foo", environment: "production", url: "https://www.example.com" })
        .returns(201)
        .exactly({
          id: expect.stringMatching(/^\d+$/),
          name: "foo",
          environment: "production",
          url: "https://www.example.com",
          dateStarted: null,
          dateFinished: "2026-01-02T03:04:05.678Z",
        }),
      get("O/releases/1/").returns(200, { deployCount: 1, lastDeploy: { name: "foo", environment: "production" } }),
      pointersAre("1", "foo/production"),
      activitiesAre({
        kind: "deploy",
        project: "foo",
        ident: "1",
        data: { version: "1", environment: "production", deployId: expect.any(Number) },
      }),
    ],
  },
  {
    name: "E09 projects of a deploy may be slugs or ids, and the deploy is the latest of each",
    steps: [
      release("1", "foo", "bar"),
      post(DEPLOYS, { environment: "prod", projects: ["foo", "bar"] }).returns(201),
      pointersAre("1", "foo/prod", "bar/prod"),
      post(DEPLOYS, { environment: "staging", projects: [id("foo"), idText("bar")] }).returns(201),
      pointersAre("1", "foo/prod", "foo/staging", "bar/prod", "bar/staging"),
    ],
  },
  {
    name: "E10 with one of two projects the deploy is the latest of that one only; both get an activity",
    steps: [
      release("1", "foo", "bar"),
      post(DEPLOYS, { environment: "prod", projects: ["bar"] }).returns(201),
      pointersAre("1", "bar/prod"),
      activitiesAre({ kind: "deploy", project: "foo" }, { kind: "deploy", project: "bar" }),
    ],
  },
  {
    name: "E11 an environment with a slash is rejected and not created",
    steps: [
      release("1"),
      post(DEPLOYS, { environment: "bad/name" }).returns(400, { environment: ["Invalid value for environment"] }),
      environmentsAre(),
      get(DEPLOYS).listsBy("id"),
      releaseIs("1", { deployCount: 0 }),
    ],
  },
  {
    name: "E12 a deploy requires access to every project of the release: with closed membership one of two is not enough",
    steps: [
      release("1", "foo", "baz"),
      post(DEPLOYS, { environment: "prod" }).returns(404, NOT_FOUND),
      post(DEPLOYS, { environment: "prod", projects: ["foo"] }).returns(404, NOT_FOUND),
      as("both").post(DEPLOYS, { environment: "prod" }).returns(201),
    ],
  },
  {
    name: "E12 with open membership one of two is enough",
    given: { openMembership: true },
    steps: [release("1", "foo", "baz"), post(DEPLOYS, { environment: "prod" }).returns(201), pointersAre("1", "foo/prod", "baz/prod")],
  },
  {
    name: "E13 deploys are listed by their finish, the last first; a version may have dashes of any length",
    steps: [
      post("O/releases/", { version: "1 – 2", projects: ["foo"] }).returns(201),
      ...(
        [
          ["a", "2026-01-02"],
          ["b", "2026-01-03"],
          ["c", "2026-01-01"],
        ] as const
      ).map(([environment, dateFinished]) => post("O/releases/1%20%E2%80%93%202/deploys/", { environment, dateFinished }).returns(201)),
      get("O/releases/1%20%E2%80%93%202/deploys/").listsBy("environment", "b", "a", "c"),
    ],
  },
  {
    name: "E25 a deploy is counted, and its id is a string",
    steps: [
      release("1"),
      post(DEPLOYS, { environment: "prod" }).returns(201),
      get("O/releases/").returns(200, [{ deployCount: 1, lastDeploy: { id: expect.stringMatching(/^\d+$/) } }]),
    ],
  },
];

const refused = (name: string, body: Body, expected: Body): Scenario => ({
  name,
  steps: [post(DEPLOYS, body).returns(400, expected), get(DEPLOYS).listsBy("id"), environmentsAre()],
});

/** The fields of a deploy, row by row (contract 7.1). */
export const refusedFields: Sharing = {
  before: [release("1")],
  sharing: [
    refused("7.1 an environment is required", {}, { environment: REQUIRED }),
    refused("7.1 an environment may not be empty", { environment: "" }, { environment: BLANK }),
    refused("7.1 an environment may not be blank", { environment: "  \n " }, { environment: BLANK }),
    refused("7.1 an environment may not be null", { environment: null }, { environment: NULL }),
    ...["bad/name", "a\nb", "a\rb", "a\fb"].map((environment) =>
      refused(
        `7.1 ${JSON.stringify(environment)} is not an environment`,
        { environment },
        { environment: ["Invalid value for environment"] },
      ),
    ),
    refused("7.1 an environment has at most 64 characters", { environment: "e".repeat(65) }, { environment: most(64) }),
    refused("7.1 a list is not an environment", { environment: [] }, { environment: NO_TEXT }),
    refused("7.1 a name has at most 64 characters", { environment: "e", name: "n".repeat(65) }, { name: most(64) }),
    refused("7.1 a URL is one", { environment: "e", url: "example.com" }, { url: NO_URL }),
    refused("19 a URL has at most 200 characters", { environment: "e", url: `https://example.com/${"p".repeat(181)}` }, { url: most(200) }),
    refused(
      "7.1 dates are dates",
      { environment: "e", dateStarted: "now", dateFinished: 1545247549 },
      { dateStarted: NO_DATE, dateFinished: NO_DATE },
    ),
    refused("7.1 projects may not be empty", { environment: "e", projects: [] }, { projects: ["This list may not be empty."] }),
    refused("7.1 projects may not be null", { environment: "e", projects: null }, { projects: NULL }),
    refused("7.1 a text is no list of projects", { environment: "e", projects: "p" }, { projects: noList("str") }),
    refused("7.1 an unknown project is none", { environment: "e", projects: ["nope"] }, { projects: ["Invalid project"] }),
    refused(
      "7.1 a project out of reach is rejected",
      { environment: "e", projects: ["baz"] },
      { projects: ["Insufficient access to project"] },
    ),
    {
      name: "7.1 projects that are not the release's are reported by their slugs",
      steps: [
        post(DEPLOYS, { environment: "e", projects: ["foo", "bar"] }).returns(400, {
          detail: { code: "parameter-validation-error", message: "Invalid projects (bar) for release 1", extra: { context: "" } },
        }),
        as("manager")
          .post(DEPLOYS, { environment: "e", projects: ["baz", id("bar")] })
          .returns(400, {
            detail: { code: "parameter-validation-error", message: "Invalid projects (baz, bar) for release 1", extra: { context: "" } },
          }),
        get(DEPLOYS).listsBy("id"),
        environmentsAre(),
      ],
    },
    refused(
      "1.19 all bad fields are reported at once",
      { environment: "", url: "x", projects: [] },
      { environment: BLANK, url: NO_URL, projects: ["This list may not be empty."] },
    ),
  ],
};

/** Accepted deploys and their effects (contract 7.1). */
export const effectScenarios: readonly Scenario[] = [
  {
    name: "7.1 other names of environments are accepted",
    steps: [
      release("1"),
      ...[".", "..", "none", "a b", "v1.2", "Produktion Ä", "e".repeat(64)].map((environment) =>
        post(DEPLOYS, { environment }).returns(201, { environment }),
      ),
      post(DEPLOYS, { environment: "  trimmed " }).returns(201, { environment: "trimmed" }),
      post(DEPLOYS, { environment: 7 }).returns(201, { environment: "7" }),
    ],
  },
  {
    name: "7.1 an empty name or URL is stored as null",
    steps: [
      release("1"),
      post(DEPLOYS, { environment: "e", name: null, url: null, dateStarted: null }).returns(201, {
        name: null,
        url: null,
        dateStarted: null,
      }),
      post(DEPLOYS, { environment: "e", name: "", url: "" }).returns(201, { name: null, url: null }),
    ],
  },
  {
    name: "7.1, 19 dateFinished is now when it is absent or null, and otherwise as sent",
    steps: [
      release("1"),
      at("2026-05-06T07:08:09.010Z"),
      post(DEPLOYS, { environment: "a" }).returns(201, { dateFinished: "2026-05-06T07:08:09.010Z" }),
      post(DEPLOYS, { environment: "b", dateFinished: null }).returns(201, { dateFinished: "2026-05-06T07:08:09.010Z" }),
      post(DEPLOYS, { environment: "c", dateStarted: "2026-01-01T10:00:00+02:00", dateFinished: "2026-01-01T11:30" }).returns(201, {
        dateStarted: "2026-01-01T08:00:00Z",
        dateFinished: "2026-01-01T11:30:00Z",
      }),
    ],
  },
  {
    name: "7.1 every report is a separate deploy; the last one created is the last, regardless of its dates",
    steps: [
      release("1"),
      post(DEPLOYS, { environment: "prod", name: "one", dateFinished: "2026-12-01" }).returns(201),
      post(DEPLOYS, { environment: "prod", name: "two", dateFinished: "2026-01-01" }).returns(201),
      get("O/releases/1/").returns(200, { deployCount: 2, lastDeploy: { name: "two" } }),
    ],
  },
  {
    name: "7.1 without projects every project of the release is deployed; they share one environment",
    steps: [
      release("1", "foo", "bar"),
      release("2", "foo"),
      post(DEPLOYS, { environment: "prod" }).returns(201),
      post("O/releases/2/deploys/", { environment: "prod" }).returns(201),
      environmentsAre("prod"),
      pointersAre("1", "foo/prod", "bar/prod"),
      pointersAre("2", "foo/prod"),
    ],
  },
  {
    name: "7.1 a deploy adds an activity to each project of the release, not only to its own",
    steps: [
      release("v".repeat(70), "foo", "bar"),
      finalize("v".repeat(70), "2026-01-01"),
      post(`O/releases/${"v".repeat(70)}/deploys/`, { environment: "prod", projects: ["foo"] }).returns(201),
      activitiesAre(
        { kind: "release", project: "foo" },
        { kind: "release", project: "bar" },
        { kind: "deploy", project: "foo", ident: "v".repeat(64), date: "2026-01-02T03:04:05.678Z" },
        { kind: "deploy", project: "bar", ident: "v".repeat(64) },
      ),
    ],
  },
  {
    name: "7.1 the release must exist and be within reach",
    steps: [
      post("O/releases/none/deploys/", { environment: "e" }).returns(404, NOT_FOUND),
      release("1", "baz"),
      post(DEPLOYS, { environment: "e" }).returns(404, NOT_FOUND),
      get(DEPLOYS).returns(404, NOT_FOUND),
      as("reader").post(DEPLOYS, { environment: "e" }).returns(403, DENIED),
      as("ci").post(DEPLOYS, { environment: "e" }).returns(201),
    ],
  },
];

/** Listing deploys (contract 7.2). */
export const listScenarios: readonly Scenario[] = [
  {
    name: "7.2 only the newest deploy of each project and environment is listed; all=1 lists all",
    steps: [
      release("1"),
      post(DEPLOYS, { environment: "prod", name: "one", dateFinished: "2026-01-01" }).returns(201),
      post(DEPLOYS, { environment: "prod", name: "two", dateFinished: "2026-01-02" }).returns(201),
      post(DEPLOYS, { environment: "staging", name: "three", dateFinished: "2026-01-03" }).returns(201),
      get(DEPLOYS).listsBy("name", "three", "two"),
      get(`${DEPLOYS}?all=1`).listsBy("name", "three", "two", "one"),
    ],
  },
  {
    name: "7.2 a deploy that was replaced in only one project is still listed for the other",
    steps: [
      release("1", "foo", "bar"),
      post(DEPLOYS, { environment: "prod", name: "both", dateFinished: "2026-01-01" }).returns(201),
      post(DEPLOYS, { environment: "prod", name: "only foo", projects: ["foo"], dateFinished: "2026-01-02" }).returns(201),
      get(DEPLOYS).listsBy("name", "only foo", "both"),
      get(`${DEPLOYS}?project={foo}`).listsBy("name", "only foo"),
      get(`${DEPLOYS}?project={bar}`).listsBy("name", "both"),
      get(`${DEPLOYS}?project=-1`).listsBy("name", "only foo", "both"),
      get(`${DEPLOYS}?project={baz}`).returns(403, DENIED),
    ],
  },
  {
    name: "7.2 only projects within reach count",
    steps: [
      release("1", "foo", "baz"),
      as("both")
        .post(DEPLOYS, { environment: "prod", name: "theirs", projects: ["baz"] })
        .returns(201),
      as("both")
        .post(DEPLOYS, { environment: "prod", name: "ours", projects: ["foo"] })
        .returns(201),
      get(DEPLOYS).listsBy("name", "ours"),
      as("other").get(DEPLOYS).listsBy("name", "theirs"),
    ],
  },
  {
    name: "7.2 deploys are paged",
    steps: [
      release("1"),
      ...["a", "b", "c"].map((environment, index) => post(DEPLOYS, { environment, dateFinished: `2026-01-0${index + 1}` }).returns(201)),
      get(`${DEPLOYS}?per_page=2`)
        .listsBy("environment", "c", "b")
        .links({ previous: ["2:-1:1", false], next: ["2:1:0", true] }),
      get(`${DEPLOYS}?per_page=2&cursor=2:1:0`)
        .listsBy("environment", "a")
        .links({ previous: ["2:0:1", true], next: ["2:2:0", false] }),
    ],
  },
  {
    name: "4.3 deploys are deleted with their release; its environments stay",
    steps: [
      release("1"),
      post(DEPLOYS, { environment: "prod" }).returns(201),
      del("O/releases/1/").returns(204),
      environmentsAre("prod"),
      release("1"),
      get(DEPLOYS).listsBy("id"),
      put("O/releases/1/", {}).returns(200, { deployCount: 0 }),
    ],
  },
];
