import { type DirectRows, directRows } from "@landfall/testing/rows/direct-rows";
import { stored, type StoredActivity, type StoredHead } from "@landfall/testing/rows/stored-rows";
import { expect } from "vitest";
import type { Step } from "./steps.ts";
import type { Who, World } from "./world.ts";

/** The activities of the organization's projects, oldest first, told in part. */
export const activitiesAre =
  (...expected: readonly Partial<StoredActivity>[]): Step =>
  async ({ store, organization }) =>
    expect(await stored(store).activities(organization.id), "activities").toMatchObject(expected);

/** The head commits of a release, by the name of the repository. */
export const headsAre =
  (version: string, ...expected: readonly StoredHead[]): Step =>
  async ({ store, organization }) =>
    expect(await stored(store).heads(organization.id, version), `heads of ${version}`).toEqual(expected);

/** Where a release was deployed to last, as `project/environment`, in the order of projects. */
export const pointersAre =
  (version: string, ...expected: readonly string[]): Step =>
  async ({ store, organization }) => {
    const pointers = await stored(store).pointers(organization.id, version);
    expect(
      pointers.map(({ project, environment }) => `${project}/${environment}`),
      `pointers of ${version}`,
    ).toEqual(expected);
  };

/** Columns of a release, told in part; undefined for a release that is not there. */
export const releaseIs =
  (version: string, expected: Readonly<Record<string, unknown>> | undefined): Step =>
  async ({ store, organization }) => {
    const row = await stored(store).release(organization.id, version);
    if (expected === undefined) expect(row, `release ${version}`).toBeUndefined();
    else expect(row, `release ${version}`).toMatchObject(expected);
  };

/** Nothing of this version is there. */
export const noRelease = (version: string): Step => releaseIs(version, undefined);

/** The commits of a sha, told in part, one for each repository that has it. */
export const commitsAre =
  (sha: string, ...expected: readonly Readonly<Record<string, unknown>>[]): Step =>
  async ({ store, organization }) =>
    expect(await stored(store).commits(organization.id, sha), `commits ${sha}`).toMatchObject(expected);

/** The names of the organization's repositories, in order. */
export const repositoriesAre =
  (...expected: readonly string[]): Step =>
  async ({ store, organization }) =>
    expect(await stored(store).repositories(organization.id), "repositories").toEqual(expected);

/** The names of the organization's environments, in order. */
export const environmentsAre =
  (...expected: readonly string[]): Step =>
  async ({ store, organization }) =>
    expect(await stored(store).environments(organization.id), "environments").toEqual(expected);

/** Makes rows that no call can make. */
export const given =
  (make: (rows: DirectRows, on: World) => Promise<unknown>): Step =>
  async (on) =>
    void (await make(directRows(on.store), on));

/** What a caller's token was last used for: the project that was named first, and the client. */
export const tokenUseIs =
  (who: Who, expected: { readonly project: string | null; readonly client: string | null; readonly date: string | null }): Step =>
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
