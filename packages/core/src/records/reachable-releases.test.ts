import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "../kernel/context.ts";
import { listReleaseCommits } from "../operations/commits/list-in-release.ts";
import { createRelease } from "../operations/releases/create.ts";
import { getPreviousWithCommits, getRelease } from "../operations/releases/get.ts";
import { listRepositoryCommits } from "../operations/repositories/list-commits.ts";

describe("a release of a project out of reach is not returned", () => {
  let bench: TestApp;
  let member: Context;
  let ci: Context;
  const organization = "acme";

  beforeAll(async () => {
    bench = await createTestApp();
    const { given, clock } = bench;
    await given.organization(organization, { openMembership: false });
    for (const team of ["near", "far"]) await given.team(organization, team);
    await given.project(organization, "pump", { teams: ["near"] });
    await given.project(organization, "valve", { teams: ["far"] });
    await given.user("mem@acme.test", { organization, teams: ["near"] });
    const as = callers(bench.app, given);
    member = await as.person("mem@acme.test");
    ci = await as.ci(organization);
    const commits = [{ id: "a", repository: "acme/app" }];
    await createRelease(ci, { organization, version: "secret", projects: ["valve"], commits });
    clock.advance(1000);
    await createRelease(ci, { organization, version: "shared", projects: ["pump", "valve"], commits });
  });
  afterAll(() => bench.close());

  const versions = (releases: readonly { version: string }[] | undefined) => releases?.map(({ version }) => version);

  test("among the releases of a commit", async () => {
    const [commit] = (await listReleaseCommits(member, { organization, version: "shared" })).items;
    expect(versions(commit?.releases)).toEqual(["shared"]);
    const [same] = (await listReleaseCommits(ci, { organization, version: "shared" })).items;
    expect(versions(same?.releases)).toEqual(["secret", "shared"]);
  });

  test("with the last commit of a release", async () => {
    expect(versions((await getRelease(member, { organization, version: "shared" })).lastCommit?.releases)).toEqual(["shared"]);
    expect(versions((await getRelease(ci, { organization, version: "shared" })).lastCommit?.releases)).toEqual(["secret", "shared"]);
  });

  test("among the commits of a repository", async () => {
    const [commit] = (await listRepositoryCommits(member, { organization, repository: "1" })).items;
    expect(versions(commit?.releases)).toEqual(["shared"]);
  });

  test("as the previous release with commits", async () => {
    expect(await getPreviousWithCommits(member, { organization, version: "shared" })).toBeNull();
    expect(await getPreviousWithCommits(ci, { organization, version: "shared" })).toMatchObject({ version: "secret" });
  });
});
