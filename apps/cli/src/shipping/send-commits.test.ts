import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveCli, type ServedCli } from "../../test/serve-cli.ts";
import { earlierReleases } from "./send-commits.ts";

let cli: ServedCli;

beforeAll(async () => {
  cli = await serveCli();
});

afterAll(() => cli[Symbol.asyncDispose]());

/** Creates releases of a new project, one second apart, oldest first. A release with a `-` at the end has no commits. */
async function given(project: string, ...versions: string[]): Promise<void> {
  await cli.app.given.project("acme", project);
  for (const version of versions) {
    cli.app.clock.advance(1_000);
    const commits = version.endsWith("-") ? {} : { commits: [{ id: `sha of ${version}`, repository: "acme/web" }] };
    await cli.client.releases.create.mutate({ organization: "acme", version, projects: [project], ...commits });
  }
}

const before = async (project: string, version: string, isDryRun = false): Promise<string[]> => {
  const releases = earlierReleases(cli.context({ isDryRun }), { organization: "acme", version, projects: [project] });
  return (await Array.fromAsync(releases)).map((release) => release.version);
};

describe("earlierReleases", () => {
  test("returns earlier releases, without those that have no commits", async () => {
    await given("back", "b1", "b2-", "b3", "b4", "b5-");
    expect(await before("back", "b5-")).toEqual(["b4", "b3", "b1"]);
    expect(await before("back", "b3")).toEqual(["b1"]);
    expect(await before("back", "b1")).toEqual([]);
  });

  test("returns at most five, one request each", async () => {
    await given("many", "m1", "m2", "m3", "m4", "m5", "m6", "m7");
    expect(await before("many", "m7")).toEqual(["m6", "m5", "m4", "m3", "m2"]);
    const releases = earlierReleases(cli.context(), { organization: "acme", version: "m7", projects: ["many"] });
    const requests = cli.requests.length;
    await releases.next();
    expect(cli.requests).toHaveLength(requests + 1);
  });

  test("starts at the newest release of the projects in a dry run", async () => {
    await given("new", "n1", "n2", "n3-");
    expect(await before("new", "n4", true)).toEqual(["n2", "n1"]);
    await expect(before("new", "n4")).rejects.toMatchObject({ code: "not_found" });
  });

  test("throws other errors", async () => {
    cli.intercept = () => new Response("", { status: 500 });
    await expect(before("new", "n3-")).rejects.toMatchObject({ code: "internal" });
    cli.intercept = () => null;
  });
});
