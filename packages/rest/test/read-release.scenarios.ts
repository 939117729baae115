import { expect } from "vitest";
import { release } from "./setup-steps.ts";
import { DENIED, NOT_FOUND } from "./error-bodies.ts";
import type { Scenario } from "./run-scenarios.ts";
import { as, at, get, id, post, put } from "./steps.ts";

/** Reading a release: its parameters (contract 4.1). */
export const readScenarios: readonly Scenario[] = [
  {
    name: "4.1 an unknown version is not found, and versions are case-sensitive",
    steps: [
      release("Case", "foo"),
      get("O/releases/case/").returns(404, NOT_FOUND),
      get("O/releases/Case/").returns(200),
      get("O/releases/Case%20/").returns(404, NOT_FOUND),
    ],
  },
  {
    name: "4.1 a release of two teams is found by members of either",
    steps: [
      release("1", "foo", "baz"),
      get("O/releases/1/").returns(200),
      as("other").get("O/releases/1/").returns(200),
      as("teamless").get("O/releases/1/").returns(404, NOT_FOUND),
    ],
  },
  {
    name: "4.1 with open membership every member finds it, and nobody else",
    given: { openMembership: true },
    steps: [
      release("1", "foo"),
      as("teamless").get("O/releases/1/").returns(200),
      as("stranger").get("O/releases/1/").returns(403, DENIED),
      as("foreignCi").get("O/releases/1/").returns(403, DENIED),
    ],
  },
  {
    name: "4.1 nine periods are allowed",
    steps: [
      release("1", "foo"),
      ...["1h", "24h", "1d", "48h", "2d", "7d", "14d", "30d", "90d"].map((period) =>
        get(`O/releases/1/?health=1&summaryStatsPeriod=${period}&healthStatsPeriod=${period}`).returns(200),
      ),
      ...["summaryStatsPeriod", "healthStatsPeriod"].map((name) =>
        get(`O/releases/1/?${name}=3d`).returns(400, {
          detail: `Invalid ${name}. Valid choices are '1h', '24h', '1d', '48h', '2d', '7d', '14d', '30d', '90d'`,
        }),
      ),
    ],
  },
  {
    name: "4.1 a bad status is rejected, if there is a project",
    steps: [
      release("1", "foo"),
      get("O/releases/1/?project={foo}&status=gone").returns(400, { detail: "invalid value for status" }),
      get("O/releases/1/?status=gone").returns(200),
    ],
  },
  {
    name: "4.1 a project may be given by its slug",
    steps: [
      release("1", "foo"),
      get("O/releases/1/?project=foo").returns(200, { currentProjectMeta: { firstReleaseVersion: "1" } }),
      get("O/releases/1/?project=nope").returns(403, DENIED),
    ],
  },
  {
    name: "4.1 status, text and environment filter the neighbors; only the environment filters first and last",
    steps: [
      ...["a1", "b2", "a3", "b4", "a5"].flatMap((version, index) => [at(`2026-01-0${index + 1}`), release(version, "foo")]),
      put("O/releases/b2/", { status: "archived" }).returns(200),
      ...["a1", "a3", "b4"].map((version) => post(`O/releases/${version}/deploys/`, { environment: "prod" }).returns(201)),
      get("O/releases/a3/?project={foo}").returns(200, {
        currentProjectMeta: { prevReleaseVersion: "a1", nextReleaseVersion: "b4", firstReleaseVersion: "a1", lastReleaseVersion: "a5" },
      }),
      get("O/releases/a3/?project={foo}&status=").returns(200, {
        currentProjectMeta: { prevReleaseVersion: "b2", nextReleaseVersion: "b4" },
      }),
      get("O/releases/a3/?project={foo}&status=archived").returns(200, {
        currentProjectMeta: { prevReleaseVersion: "b2", nextReleaseVersion: null, firstReleaseVersion: "a1", lastReleaseVersion: "a5" },
      }),
      get("O/releases/a3/?project={foo}&query=A").returns(200, {
        currentProjectMeta: { prevReleaseVersion: "a1", nextReleaseVersion: "a5", lastReleaseVersion: "a5" },
      }),
      get("O/releases/a3/?project={foo}&environment=prod").returns(200, {
        currentProjectMeta: { prevReleaseVersion: "a1", nextReleaseVersion: "b4", firstReleaseVersion: "a1", lastReleaseVersion: "b4" },
      }),
      get("O/releases/a3/?project={foo}&environment=nowhere").returns(404, NOT_FOUND),
    ],
  },
  {
    name: "E33 first and last are the oldest and the newest of the project; of equal dates the id decides",
    steps: [
      at("2026-01-05"),
      release("b", "foo"),
      release("a", "foo"),
      release("c", "foo"),
      get("O/releases/a/?project={foo}").returns(200, {
        currentProjectMeta: { prevReleaseVersion: "b", nextReleaseVersion: "c", firstReleaseVersion: "b", lastReleaseVersion: "c" },
      }),
    ],
  },
  {
    name: "4.1 health=1 and adoptionStages=1 add their fields, empty without sessions",
    steps: [
      release("1", "foo"),
      get("O/releases/1/").returns(200, { projects: [{ id: id("foo"), hasHealthData: false }] }),
      get("O/releases/1/?health=1").returns(200, { projects: [{ healthData: { hasHealthData: false, crashFreeUsers: null, stats: {} } }] }),
      get("O/releases/1/?adoptionStages=1").returns(200, { adoptionStages: {} }),
      async (on) => {
        const { body } = await on.wire.get(`/organizations/${on.organization.slug}/releases/1/`, { token: await on.token("member") });
        expect(body).not.toHaveProperty("adoptionStages");
        expect(body).not.toHaveProperty("projects.0.healthData");
      },
    ],
  },
];
