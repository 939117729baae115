import { type DirectRows, directRows } from "@landfall/testing/rows/direct-rows";
import { stored, type StoredActivity, type StoredHead } from "@landfall/testing/rows/stored-rows";
import { expect } from "vitest";
import type { Step } from "./steps.ts";
import type { CallerName, ScenarioContext } from "./scenario-context.ts";

/** Expects these fields of the activities of the organization's projects, oldest first. */
export const activitiesAre =
  (...expected: readonly Partial<StoredActivity>[]): Step =>
  async ({ store, organization }) =>
    expect(await stored(store).activities(organization.id), "activities").toMatchObject(expected);

/** Expects the head commits of a release, by repository name. */
export const headsAre =
  (version: string, ...expected: readonly StoredHead[]): Step =>
  async ({ store, organization }) =>
    expect(await stored(store).heads(organization.id, version), `heads of ${version}`).toEqual(expected);

/** Expects the places where a release is the latest deploy, as `project/environment`, in the order of projects. */
export const pointersAre =
  (version: string, ...expected: readonly string[]): Step =>
  async ({ store, organization }) => {
    const pointers = await stored(store).pointers(organization.id, version);
    expect(
      pointers.map(({ project, environment }) => `${project}/${environment}`),
      `pointers of ${version}`,
    ).toEqual(expected);
  };

/** Expects these columns of a release; undefined if it must not exist. */
export const releaseIs =
  (version: string, expected: Readonly<Record<string, unknown>> | undefined): Step =>
  async ({ store, organization }) => {
    const row = await stored(store).release(organization.id, version);
    if (expected === undefined) expect(row, `release ${version}`).toBeUndefined();
    else expect(row, `release ${version}`).toMatchObject(expected);
  };

/** Expects that no release has this version. */
export const noRelease = (version: string): Step => releaseIs(version, undefined);

/** Expects these fields of the commits with a sha, one for each repository that has it. */
export const commitsAre =
  (sha: string, ...expected: readonly Readonly<Record<string, unknown>>[]): Step =>
  async ({ store, organization }) =>
    expect(await stored(store).commits(organization.id, sha), `commits ${sha}`).toMatchObject(expected);

/** Expects the names of the organization's repositories, in order. */
export const repositoriesAre =
  (...expected: readonly string[]): Step =>
  async ({ store, organization }) =>
    expect(await stored(store).repositories(organization.id), "repositories").toEqual(expected);

/** Expects the names of the organization's environments, in order. */
export const environmentsAre =
  (...expected: readonly string[]): Step =>
  async ({ store, organization }) =>
    expect(await stored(store).environments(organization.id), "environments").toEqual(expected);

/** Creates rows that no call can create. */
export const given =
  (make: (rows: DirectRows, on: ScenarioContext) => Promise<unknown>): Step =>
  async (on) =>
    void (await make(directRows(on.store), on));

/** Expects the last use of a caller's token: the first named project, and the client. */
export const tokenUseIs =
  (who: CallerName, expected: { readonly project: string | null; readonly client: string | null; readonly date: string | null }): Step =>
  async ({ wire, store, token, projectId }) => {
    await wire.recordTokenUses();
    const use = await stored(store).tokenUse((await token(who)) ?? "");
    const { project, client, date } = expected;
    expect(use, `use of the token of ${who}`).toEqual({
      dateLastUsed: date === null ? null : new Date(date),
      lastUsedClient: client,
      projectLastUsedId: project === null ? null : projectId(project),
    });
  };
