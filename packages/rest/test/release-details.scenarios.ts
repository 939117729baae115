import { expect } from "vitest";
import { release, repository } from "./setup-steps.ts";
import { DENIED, NOT_FOUND } from "./error-bodies.ts";
import type { Scenario } from "./run-scenarios.ts";
import { as, at, del, get, post, put } from "./steps.ts";
import { activitiesAre, commitsAre, headsAre, noRelease, releaseIs, repositoriesAre } from "./stored-steps.ts";

const V65 = "v".repeat(65);
const A40 = "a".repeat(40);
const B40 = "b".repeat(40);

/** Reading, changing and deleting one release, case by case (contract 17, D01–D15). */
export const releaseDetailsScenarios: readonly Scenario[] = [
  {
    name: "D01 a release of the caller's project is found, and one of another team is not",
    steps: [
      release("mine", "foo"),
      release("theirs", "baz"),
      get("O/releases/mine/").returns(200, { version: "mine" }),
      get("O/releases/theirs/").returns(404, NOT_FOUND),
    ],
  },
  {
    name: "D02 ?project= must be a project of the release",
    steps: [
      release("1", "foo"),
      get("O/releases/1/?project={bar}").returns(404, NOT_FOUND),
      get("O/releases/1/?project={foo}").returns(200, { version: "1" }),
      get("O/releases/1/?project={baz}").returns(403, DENIED),
      get("O/releases/1/?project=99999999").returns(403, DENIED),
    ],
  },
  {
    name: "D03 with a project there are all six neighbors, without one there are none",
    steps: [
      release("1", "foo"),
      get("O/releases/1/").returns(200, { currentProjectMeta: {} }),
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
    name: "D04 an unknown order is rejected, if there is a project",
    steps: [
      release("1", "foo"),
      get("O/releases/1/?project={foo}&sort=invalid_sort").returns(400, { detail: "invalid sort" }),
      get("O/releases/1/?sort=invalid_sort").returns(200),
    ],
  },
  {
    name: "D05 the oldest has no previous release, the newest no next one",
    steps: [
      at("2026-01-01"),
      release("1", "foo"),
      at("2026-01-02"),
      release("2", "foo", "bar"),
      at("2026-01-03"),
      release("3", "foo"),
      get("O/releases/1/?project={foo}").returns(200, {
        currentProjectMeta: { prevReleaseVersion: null, nextReleaseVersion: "2", firstReleaseVersion: "1", lastReleaseVersion: "3" },
      }),
      get("O/releases/2/?project={foo}").returns(200, { currentProjectMeta: { prevReleaseVersion: "1", nextReleaseVersion: "3" } }),
      get("O/releases/3/?project={foo}").returns(200, { currentProjectMeta: { prevReleaseVersion: "2", nextReleaseVersion: null } }),
      get("O/releases/2/?project={bar}").returns(200, {
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
      }).returns(200, { ref: "main", commitCount: 0, lastCommit: null }),
      headsAre("1", { repository: "owner/one", commit: A40, previous: B40 }, { repository: "owner/two", commit: B40, previous: null }),
      put("O/releases/theirs/", { ref: "main" }).returns(404, NOT_FOUND),
      releaseIs("theirs", { ref: null }),
    ],
  },
  {
    name: "D07 commits are linked",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { commits: [{ id: A40 }, { id: B40 }] }).returns(200, { commitCount: 2, lastCommit: { id: A40 } }),
      get("O/releases/1/commits/").listsBy("id", A40, B40),
    ],
  },
  {
    name: "D08 a path of 275 characters is accepted, one of 511 is not",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { commits: [{ id: A40, patch_set: [{ path: "p".repeat(275), type: "M" }] }] }).returns(200),
      get("O/releases/1/commitfiles/").listsBy("filename", "p".repeat(275)),
      put("O/releases/1/", { commits: [{ id: B40, patch_set: [{ path: "p".repeat(511), type: "M" }] }] }).returns(400, {
        commits: { patch_set: { path: ["Ensure this field has no more than 510 characters."] } },
      }),
      get("O/releases/1/commits/").listsBy("id", A40),
    ],
  },
  {
    name: "D09 a release can be archived",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { status: "archived" }).returns(200, { status: "archived" }),
      get("O/releases/1/").returns(200, { status: "archived" }),
      get("O/releases/").lists(),
    ],
  },
  {
    name: "D10 finalizing sets the date and adds one activity, with at most 64 characters of the version",
    steps: [
      release(V65, "foo", "bar"),
      put(`O/releases/${V65}/`, { dateReleased: "2026-02-03T04:05:06.789Z" }).returns(200, { dateReleased: "2026-02-03T04:05:06.789Z" }),
      activitiesAre(
        { kind: "release", project: "foo", ident: "v".repeat(64), data: { version: V65 }, date: "2026-02-03T04:05:06.789Z" },
        { kind: "release", project: "bar", ident: "v".repeat(64) },
      ),
    ],
  },
  {
    name: "D11 an organization token may change a release",
    steps: [release("1", "foo"), as("ci").put("O/releases/1/", { ref: "main" }).returns(200, { ref: "main" })],
  },
  {
    name: "D12 an unknown repository is rejected, regardless of the other fields",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { version: "2", projects: ["baz"], refs: [{ repository: "not_a_repo", commit: A40 }] }).returns(400, {
        refs: ["Invalid repository names: not_a_repo"],
      }),
      get("O/releases/1/").returns(200, { version: "1", projects: [{ slug: "foo" }] }),
      headsAre("1"),
    ],
  },
  {
    name: "D13 a deleted release is not found; its commits and repositories stay (there are no issues here that could refer to it)",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { commits: [{ id: A40, repository: "owner/one" }] }).returns(200),
      post("O/releases/1/deploys/", { environment: "prod" }).returns(201),
      del("O/releases/1/").returns(204),
      get("O/releases/1/").returns(404, NOT_FOUND),
      del("O/releases/1/").returns(404, NOT_FOUND),
      get("O/releases/").lists(),
      noRelease("1"),
      commitsAre(A40, { sha: A40 }),
      repositoriesAre("owner/one"),
      release("1", "foo"),
      get("O/releases/1/").returns(200, { commitCount: 0, deployCount: 0, lastCommit: null, lastDeploy: null }),
      get("O/releases/1/commits/").listsBy("id"),
      get("O/releases/1/deploys/").listsBy("id"),
    ],
  },
  {
    name: "D14 a change requires access to every project of the release: with closed membership one of two is not enough",
    steps: [
      release("1", "foo", "baz"),
      put("O/releases/1/", { ref: "main" }).returns(404, NOT_FOUND),
      del("O/releases/1/").returns(404, NOT_FOUND),
      get("O/releases/1/").returns(200, { ref: null }),
      as("both").put("O/releases/1/", { ref: "main" }).returns(200, { ref: "main" }),
      as("both").del("O/releases/1/").returns(204),
    ],
  },
  {
    name: "D14 with open membership one of two projects is enough",
    given: { openMembership: true },
    steps: [
      release("1", "foo", "baz"),
      put("O/releases/1/", { ref: "main" }).returns(200, { ref: "main" }),
      del("O/releases/1/").returns(204),
      noRelease("1"),
    ],
  },
  {
    name: "D15 an author's email need not be valid",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { commits: [{ id: A40, author_email: "email[test]@example.org" }] }).returns(200, {
        authors: [{ name: null, email: "email[test]@example.org" }],
      }),
    ],
  },
];
