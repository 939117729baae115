import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveCli, type ServedCli } from "../../test/serve-cli.ts";
import { PLAIN } from "../terminal/output.ts";
import { compareRefs } from "./compare-releases.ts";

let cli: ServedCli;

/** Releases a second apart, with commits of the repositories `r` and `s`, newest first. */
const RELEASES: readonly [version: string, project: string, commits: readonly string[]][] = [
  ["1", "web", ["r:a", "s:a"]],
  ["2", "web", ["r:c", "r:b"]],
  ["3", "web", []],
  ["4", "web", ["r:e", "r:c", "s:d"]],
  ["x", "api", ["r:z"]],
];

beforeAll(async () => {
  cli = await serveCli();
  for (const [version, project, names] of RELEASES) {
    cli.app.clock.advance(1_000);
    const commits = names.map((name, index) => {
      const [repository = "", id = ""] = name.split(":");
      return { id, repository, message: `about ${id}\nmore`, timestamp: new Date(Date.UTC(2026, 0, Number(version) || 9) - index * 1_000) };
    });
    await cli.client.releases.create.mutate({ organization: "acme", version, projects: [project], commits });
  }
});

afterAll(() => cli[Symbol.asyncDispose]());

const compare = async (base: string, head: string) => {
  const compared = await compareRefs.run(cli.context(), { base, head });
  if (!compared) throw new Error("nothing was compared");
  return compared;
};

const ids = (commits: readonly { readonly id: string }[]) => commits.map(({ id }) => id);

describe("releases compare-refs", () => {
  test("collects the commits of all releases between the two", async () => {
    const compared = await compare("1", "4");
    expect(compared).toMatchObject({ base: "1", head: "4", releases: ["4", "2"], isComplete: true });
    expect(ids(compared.commits)).toEqual(["e", "c", "d", "b"]);
    expect(compared.repositories).toEqual([
      { repository: "r", base: "a", head: "e" },
      { repository: "s", base: "a", head: "d" },
    ]);
  });

  test("compares adjacent releases", async () => {
    expect(ids((await compare("2", "4")).commits)).toEqual(["e", "d"]);
  });

  test("finds no commits between a release and itself", async () => {
    expect(await compare("2", "2")).toMatchObject({ commits: [], releases: [], isComplete: true });
  });

  test("compares only the two lists for unrelated releases, and reports that", async () => {
    const backwards = await compare("4", "2");
    expect(backwards).toMatchObject({ releases: ["2"], isComplete: false });
    expect(ids(backwards.commits)).toEqual(["b"]);
    const other = await compare("x", "4");
    expect(other).toMatchObject({ isComplete: false, releases: ["4"] });
    expect(compareRefs.print(other, PLAIN)).toContain("x was not found among the releases before 4");
  });

  test("shows head commits and commits", async () => {
    const text = compareRefs.print(await compare("2", "4"), PLAIN);
    expect(text).toMatch(/^REPOSITORY +2 +4\nr +c +e\ns +- +d\n/);
    expect(text).toMatch(/\ne +r +2026-01-04 00:00 +about e\n/);
    expect(compareRefs.print(await compare("2", "2"), PLAIN)).toContain("2 has no commits that 2 does not have.");
  });

  test("rejects an unknown release", async () => {
    await expect(compare("1", "none")).rejects.toMatchObject({ code: "not_found" });
    await expect(compare("none", "1")).rejects.toMatchObject({ code: "not_found" });
  });
});
