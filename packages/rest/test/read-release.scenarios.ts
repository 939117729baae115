import { expect } from "vitest";
import { release } from "./making.ts";
import { DENIED, NOT_FOUND } from "./refusals.ts";
import type { Scenario } from "./run-scenarios.ts";
import { as, at, get, id, post, put } from "./steps.ts";

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
