import { expect } from "vitest";
import type { Scenario } from "./run-scenarios.ts";
import { as, at, del, get, id, post, put, type Step } from "./steps.ts";
import { activitiesAre, commitsAre, given, headsAre, noRelease, releaseIs, repositoriesAre } from "./stored-steps.ts";

const NOT_FOUND = { detail: "The requested resource does not exist" };
const DENIED = { detail: "You do not have permission to perform this action." };
const V65 = "v".repeat(65);
const A40 = "a".repeat(40);
const B40 = "b".repeat(40);

/** Makes a release of the given projects. */
const release = (version: string, ...projects: string[]): Step => as("manager").post("O/releases/", { version, projects }).answers(201);
const repository = (name: string): Step => given((rows, on) => rows.repository(on.organization.id, name));

/** One release read, changed and deleted, case by case (contract 17, D01–D15). */
export const releaseDetailsScenarios: readonly Scenario[] = [
  {
    name: "D01 a release of one's own project is found, of another team's it is not",
    steps: [
      release("mine", "foo"),
      release("theirs", "baz"),
      get("O/releases/mine/").answers(200, { version: "mine" }),
      get("O/releases/theirs/").answers(404, NOT_FOUND),
    ],
  },
  {
    name: "D02 ?project= must be a project of the release",
    steps: [
      release("1", "foo"),
      get("O/releases/1/?project={bar}").answers(404, NOT_FOUND),
      get("O/releases/1/?project={foo}").answers(200, { version: "1" }),
      get("O/releases/1/?project={baz}").answers(403, DENIED),
      get("O/releases/1/?project=99999999").answers(403, DENIED),
    ],
  },
  {
    name: "D03 with a project there are all six neighbours, without one there are none",
    steps: [
      release("1", "foo"),
      get("O/releases/1/").answers(200, { currentProjectMeta: {} }),
      async (on) => {
        const { body } = await on.wire.get(`/organizations/${on.organization.slug}/releases/1/?project=${on.projectId("foo")}`, {
          token: await on.token("member"),
        });
        expect(body).toHaveProperty("currentProjectMeta", {
          sessionsLowerBound: null,
          sessionsUpperBound: null,
          prevReleaseVersion: null,
          nextReleaseVersion: null,
          firstReleaseVersion: "1",
          lastReleaseVersion: "1",
        });
      },
    ],
  },
  {
    name: "D04 an unknown order is refused, if there is a project",
    steps: [
      release("1", "foo"),
      get("O/releases/1/?project={foo}&sort=invalid_sort").answers(400, { detail: "invalid sort" }),
      get("O/releases/1/?sort=invalid_sort").answers(200),
    ],
  },
  {
    name: "D05 the oldest has nothing before it, the newest nothing after",
    steps: [
      at("2026-01-01"),
      release("1", "foo"),
      at("2026-01-02"),
      release("2", "foo", "bar"),
      at("2026-01-03"),
      release("3", "foo"),
      get("O/releases/1/?project={foo}").answers(200, {
        currentProjectMeta: { prevReleaseVersion: null, nextReleaseVersion: "2", firstReleaseVersion: "1", lastReleaseVersion: "3" },
      }),
      get("O/releases/2/?project={foo}").answers(200, { currentProjectMeta: { prevReleaseVersion: "1", nextReleaseVersion: "3" } }),
      get("O/releases/3/?project={foo}").answers(200, { currentProjectMeta: { prevReleaseVersion: "2", nextReleaseVersion: null } }),
      get("O/releases/2/?project={bar}").answers(200, {
        currentProjectMeta: { prevReleaseVersion: null, nextReleaseVersion: null, firstReleaseVersion: "2", lastReleaseVersion: "2" },
      }),
    ],
  },
  {
    name: "D06 ref and refs are stored; an inaccessible release is not found",
    steps: [
      repository("owner/one"),
      repository("owner/two"),
      release("1", "foo"),
      release("theirs", "baz"),
      put("O/releases/1/", {
        ref: "main",
        refs: [
          { repository: "owner/one", commit: A40, previousCommit: B40 },
          { repository: "owner/two", commit: B40 },
        ],
      }).answers(200, { ref: "main", commitCount: 0, lastCommit: null }),
      headsAre("1", { repository: "owner/one", commit: A40, previous: B40 }, { repository: "owner/two", commit: B40, previous: null }),
      put("O/releases/theirs/", { ref: "main" }).answers(404, NOT_FOUND),
      releaseIs("theirs", { ref: null }),
    ],
  },
  {
    name: "D07 commits are linked",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { commits: [{ id: A40 }, { id: B40 }] }).answers(200, { commitCount: 2, lastCommit: { id: A40 } }),
      get("O/releases/1/commits/").listsBy("id", A40, B40),
    ],
  },
  {
    name: "D08 a path of 275 characters is fine, one of 511 is not",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { commits: [{ id: A40, patch_set: [{ path: "p".repeat(275), type: "M" }] }] }).answers(200),
      get("O/releases/1/commitfiles/").listsBy("filename", "p".repeat(275)),
      put("O/releases/1/", { commits: [{ id: B40, patch_set: [{ path: "p".repeat(511), type: "M" }] }] }).answers(400, {
        commits: { patch_set: { path: ["Ensure this field has no more than 510 characters."] } },
      }),
      get("O/releases/1/commits/").listsBy("id", A40),
    ],
  },
  {
    name: "D09 a release can be archived",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { status: "archived" }).answers(200, { status: "archived" }),
      get("O/releases/1/").answers(200, { status: "archived" }),
      get("O/releases/").lists(),
    ],
  },
  {
    name: "D10 finalizing sets the date and is told once, under 64 characters of the version",
    steps: [
      release(V65, "foo", "bar"),
      put(`O/releases/${V65}/`, { dateReleased: "2026-02-03T04:05:06.789Z" }).answers(200, { dateReleased: "2026-02-03T04:05:06.789Z" }),
      activitiesAre(
        { kind: "release", project: "foo", ident: "v".repeat(64), data: { version: V65 }, date: "2026-02-03T04:05:06.789Z" },
        { kind: "release", project: "bar", ident: "v".repeat(64) },
      ),
    ],
  },
  {
    name: "D11 a token of the organization may change a release",
    steps: [release("1", "foo"), as("ci").put("O/releases/1/", { ref: "main" }).answers(200, { ref: "main" })],
  },
  {
    name: "D12 an unknown repository is refused, whatever else the body says",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { version: "2", projects: ["baz"], refs: [{ repository: "not_a_repo", commit: A40 }] }).answers(400, {
        refs: ["Invalid repository names: not_a_repo"],
      }),
      get("O/releases/1/").answers(200, { version: "1", projects: [{ slug: "foo" }] }),
      headsAre("1"),
    ],
  },
  {
    name: "D13 a deleted release is gone, its commits and repositories stay (there are no issues here that could refer to it)",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { commits: [{ id: A40, repository: "owner/one" }] }).answers(200),
      post("O/releases/1/deploys/", { environment: "prod" }).answers(201),
      del("O/releases/1/").answers(204),
      get("O/releases/1/").answers(404, NOT_FOUND),
      del("O/releases/1/").answers(404, NOT_FOUND),
      get("O/releases/").lists(),
      noRelease("1"),
      commitsAre(A40, { sha: A40 }),
      repositoriesAre("owner/one"),
      release("1", "foo"),
      get("O/releases/1/").answers(200, { commitCount: 0, deployCount: 0, lastCommit: null, lastDeploy: null }),
      get("O/releases/1/commits/").listsBy("id"),
      get("O/releases/1/deploys/").listsBy("id"),
    ],
  },
  {
    name: "D14 changing needs every project of the release: one of two is not enough with closed membership",
    steps: [
      release("1", "foo", "baz"),
      put("O/releases/1/", { ref: "main" }).answers(404, NOT_FOUND),
      del("O/releases/1/").answers(404, NOT_FOUND),
      get("O/releases/1/").answers(200, { ref: null }),
      as("both").put("O/releases/1/", { ref: "main" }).answers(200, { ref: "main" }),
      as("both").del("O/releases/1/").answers(204),
    ],
  },
  {
    name: "D14 with open membership one of two projects is enough",
    given: { openMembership: true },
    steps: [
      release("1", "foo", "baz"),
      put("O/releases/1/", { ref: "main" }).answers(200, { ref: "main" }),
      del("O/releases/1/").answers(204),
      noRelease("1"),
    ],
  },
  {
    name: "D15 an author's address need not be one",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { commits: [{ id: A40, author_email: "email[test]@example.org" }] }).answers(200, {
        authors: [{ name: null, email: "email[test]@example.org" }],
      }),
    ],
  },
];

/** Reading a release: what may be asked for (contract 4.1). */
export const readScenarios: readonly Scenario[] = [
  {
    name: "4.1 an unknown version is not found; one that differs in case is another",
    steps: [
      release("Case", "foo"),
      get("O/releases/case/").answers(404, NOT_FOUND),
      get("O/releases/Case/").answers(200),
      get("O/releases/Case%20/").answers(404, NOT_FOUND),
    ],
  },
  {
    name: "4.1 a release of two teams is found by either",
    steps: [
      release("1", "foo", "baz"),
      get("O/releases/1/").answers(200),
      as("other").get("O/releases/1/").answers(200),
      as("loner").get("O/releases/1/").answers(404, NOT_FOUND),
    ],
  },
  {
    name: "4.1 with open membership every member finds it, and nobody else",
    given: { openMembership: true },
    steps: [
      release("1", "foo"),
      as("loner").get("O/releases/1/").answers(200),
      as("stranger").get("O/releases/1/").answers(403, DENIED),
      as("foreignCi").get("O/releases/1/").answers(403, DENIED),
    ],
  },
  {
    name: "4.1 periods are of the nine there are",
    steps: [
      release("1", "foo"),
      ...["1h", "24h", "1d", "48h", "2d", "7d", "14d", "30d", "90d"].map((period) =>
        get(`O/releases/1/?health=1&summaryStatsPeriod=${period}&healthStatsPeriod=${period}`).answers(200),
      ),
      ...["summaryStatsPeriod", "healthStatsPeriod"].map((name) =>
        get(`O/releases/1/?${name}=3d`).answers(400, {
          detail: `Invalid ${name}. Valid choices are '1h', '24h', '1d', '48h', '2d', '7d', '14d', '30d', '90d'`,
        }),
      ),
    ],
  },
  {
    name: "4.1 a bad status is refused, if there is a project",
    steps: [
      release("1", "foo"),
      get("O/releases/1/?project={foo}&status=gone").answers(400, { detail: "invalid value for status" }),
      get("O/releases/1/?status=gone").answers(200),
    ],
  },
  {
    name: "4.1 a project may be named by its slug",
    steps: [
      release("1", "foo"),
      get("O/releases/1/?project=foo").answers(200, { currentProjectMeta: { firstReleaseVersion: "1" } }),
      get("O/releases/1/?project=nope").answers(403, DENIED),
    ],
  },
  {
    name: "4.1 status, text and environment choose the neighbours; only the environment chooses first and last",
    steps: [
      ...["a1", "b2", "a3", "b4", "a5"].flatMap((version, index) => [at(`2026-01-0${index + 1}`), release(version, "foo")]),
      put("O/releases/b2/", { status: "archived" }).answers(200),
      ...["a1", "a3", "b4"].map((version) => post(`O/releases/${version}/deploys/`, { environment: "prod" }).answers(201)),
      get("O/releases/a3/?project={foo}").answers(200, {
        currentProjectMeta: { prevReleaseVersion: "a1", nextReleaseVersion: "b4", firstReleaseVersion: "a1", lastReleaseVersion: "a5" },
      }),
      get("O/releases/a3/?project={foo}&status=").answers(200, {
        currentProjectMeta: { prevReleaseVersion: "b2", nextReleaseVersion: "b4" },
      }),
      get("O/releases/a3/?project={foo}&status=archived").answers(200, {
        currentProjectMeta: { prevReleaseVersion: "b2", nextReleaseVersion: null, firstReleaseVersion: "a1", lastReleaseVersion: "a5" },
      }),
      get("O/releases/a3/?project={foo}&query=A").answers(200, {
        currentProjectMeta: { prevReleaseVersion: "a1", nextReleaseVersion: "a5", lastReleaseVersion: "a5" },
      }),
      get("O/releases/a3/?project={foo}&environment=prod").answers(200, {
        currentProjectMeta: { prevReleaseVersion: "a1", nextReleaseVersion: "b4", firstReleaseVersion: "a1", lastReleaseVersion: "b4" },
      }),
      get("O/releases/a3/?project={foo}&environment=nowhere").answers(404, NOT_FOUND),
    ],
  },
  {
    name: "E33 first and last are the oldest and the newest of the project; of equal dates the id decides",
    steps: [
      at("2026-01-05"),
      release("b", "foo"),
      release("a", "foo"),
      release("c", "foo"),
      get("O/releases/a/?project={foo}").answers(200, {
        currentProjectMeta: { prevReleaseVersion: "b", nextReleaseVersion: "c", firstReleaseVersion: "b", lastReleaseVersion: "c" },
      }),
    ],
  },
  {
    name: "4.1 health=1 and adoptionStages=1 add what they are about, empty without sessions",
    steps: [
      release("1", "foo"),
      get("O/releases/1/").answers(200, { projects: [{ id: id("foo"), hasHealthData: false }] }),
      get("O/releases/1/?health=1").answers(200, { projects: [{ healthData: { hasHealthData: false, crashFreeUsers: null, stats: {} } }] }),
      get("O/releases/1/?adoptionStages=1").answers(200, { adoptionStages: {} }),
      async (on) => {
        const { body } = await on.wire.get(`/organizations/${on.organization.slug}/releases/1/`, { token: await on.token("member") });
        expect(body).not.toHaveProperty("adoptionStages");
        expect(body).not.toHaveProperty("projects.0.healthData");
      },
    ],
  },
];

/** Changing and deleting a release (contract 4.2–4.4). */
export const updateScenarios: readonly Scenario[] = [
  {
    name: "4.2 an empty body changes nothing and is no error",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", {}).answers(200, { version: "1", ref: null, url: null, dateReleased: null, status: "open" }),
      put("O/releases/1/").answers(200),
      activitiesAre(),
    ],
  },
  {
    name: "4.2 version, projects and owner in the body are passed over",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { version: "", projects: ["nope"], owner: "nobody", ref: "x" }).answers(200, {
        version: "1",
        ref: "x",
        owner: null,
        projects: [{ slug: "foo" }],
      }),
    ],
  },
  {
    name: "4.2 null and empty texts clear nothing",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { ref: "main", url: "https://example.com", dateReleased: "2026-01-01" }).answers(200),
      put("O/releases/1/", { ref: null, url: null, dateReleased: null }).answers(200, {
        ref: "main",
        url: "https://example.com",
        dateReleased: "2026-01-01T00:00:00Z",
      }),
      put("O/releases/1/", { ref: "", url: "" }).answers(200, { ref: "main", url: "https://example.com" }),
    ],
  },
  {
    name: "4.2 the fields follow the rules of creation",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", {
        ref: "r".repeat(201),
        url: "x",
        dateReleased: "now",
        status: "gone",
        commits: null,
        refs: [{}],
        headCommits: [{}],
      }).answers(400, {
        ref: ["Ensure this field has no more than 200 characters."],
        url: ["Enter a valid URL."],
        dateReleased: ["Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."],
        status: ["Invalid status gone"],
        commits: ["This field may not be null."],
        refs: { commit: ["This field is required."], repository: ["This field is required."] },
        headCommits: { repository: ["This field is required."], currentId: ["This field is required."] },
      }),
    ],
  },
  {
    name: "4.2 an unknown release is told before a bad body",
    steps: [put("O/releases/none/", { ref: [] }).answers(404, NOT_FOUND), post("O/releases/none/deploys/", {}).answers(404, NOT_FOUND)],
  },
  {
    name: "4.2, 14.7 with commits and refs both are stored, and the head is the ref's",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { commits: [{ id: A40, repository: "owner/one" }], refs: [{ repository: "owner/one", commit: B40 }] }).answers(
        200,
        { commitCount: 1, lastCommit: { id: A40 } },
      ),
      headsAre("1", { repository: "owner/one", commit: B40, previous: null }),
    ],
  },
  {
    name: "4.2 headCommits count when refs are absent, and not when there are some",
    steps: [
      repository("owner/one"),
      release("1", "foo"),
      put("O/releases/1/", { headCommits: [{ repository: "owner/one", currentId: "1", previousId: "0" }] }).answers(200),
      headsAre("1", { repository: "owner/one", commit: "1", previous: "0" }),
      put("O/releases/1/", {
        refs: [{ repository: "owner/one", commit: "2" }],
        headCommits: [{ repository: "owner/one", currentId: "3" }],
      }).answers(200),
      headsAre("1", { repository: "owner/one", commit: "2", previous: null }),
      put("O/releases/1/", { refs: [], headCommits: [{ repository: "owner/one", currentId: "4" }] }).answers(200),
      headsAre("1", { repository: "owner/one", commit: "4", previous: null }),
    ],
  },
  {
    name: "4.2 a refusal of refs keeps what came before it",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", {
        ref: "main",
        commits: [{ id: A40 }],
        dateReleased: "2026-01-05",
        refs: [{ repository: "nope", commit: "1" }],
      }).answers(400, { refs: ["Invalid repository names: nope"] }),
      get("O/releases/1/").answers(200, { ref: "main", commitCount: 1, dateReleased: "2026-01-05T00:00:00Z" }),
    ],
  },
  {
    name: "4.2 another date replaces the first, and is told no second time",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { dateReleased: "2026-01-05" }).answers(200),
      put("O/releases/1/", { dateReleased: "2026-01-07" }).answers(200, { dateReleased: "2026-01-07T00:00:00Z" }),
      activitiesAre({ kind: "release", project: "foo", date: "2026-01-05T00:00:00.000Z" }),
    ],
  },
  {
    name: "4.3 deleting needs project:releases or project:admin; org:ci does not do",
    steps: [
      release("1", "foo"),
      as("ci").del("O/releases/1/").answers(403, DENIED),
      as("reader").del("O/releases/1/").answers(403, DENIED),
      as("releaser").del("O/releases/1/").answers(204),
      release("2", "foo"),
      as("admin").del("O/releases/2/").answers(204),
    ],
  },
  {
    name: "4.4 an archived release is hidden from lists only",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { status: "archived" }).answers(200),
      get("O/releases/").lists(),
      get("P/foo/releases/").lists(),
      get("O/releases/?status=").lists("1"),
      get("O/releases/1/").answers(200, { status: "archived" }),
      get("P/foo/releases/1/").answers(200, { status: "archived" }),
      put("O/releases/1/", { ref: "x" }).answers(200, { status: "archived", ref: "x" }),
      post("O/releases/", { version: "1", projects: ["foo"] }).answers(208, { status: "archived" }),
    ],
  },
];
