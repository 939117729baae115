import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveCli, type ServedCli } from "../../test/serve-cli.ts";

let cli: ServedCli;
const organization = "acme";
const sha = (start: string) => start.padEnd(40, "0");

beforeAll(async () => {
  cli = await serveCli();
  const release = async (version: string, ids: readonly (readonly [id: string, message: string])[]) => {
    cli.app.clock.advance(86_400_000);
    const commits = ids.map(([id, message]) => ({
      id: sha(id),
      repository: "acme/app",
      message,
      author_name: "Eva",
      author_email: "eva@acme.test",
      timestamp: new Date(Date.UTC(2026, 5, 1, 12)),
    }));
    await cli.client.releases.create.mutate({ organization, version, projects: ["web"], commits });
  };
  const deploy = (version: string, environment: string, hour: number) =>
    cli.client.deploys.create.mutate({ organization, version, environment, dateFinished: new Date(Date.UTC(2026, 5, 2, hour)) });
  await release("web@1.0.0", [["aaaa", "Old #1"]]);
  await release("web@1.1.0", [["bbbb", "Pay faster (#12)\n\nCloses APP-7"]]);
  await release("web@1.2.0", [["cccc", "Later #13"]]);
  await deploy("web@1.0.0", "production", 1);
  await deploy("web@1.1.0", "staging", 2);
  await deploy("web@1.2.0", "qa", 3);
});

afterAll(() => cli[Symbol.asyncDispose]());

describe("where", () => {
  test.each(["bbbb", "#12", "APP-7", "faster"])("finds a change by %s, with its releases and environments", async (change) => {
    const { exit, out, err } = await cli.run(["where", change]);
    expect([exit, err]).toEqual([0, ""]);
    const [title, facts, ...places] = out.trimEnd().split("\n");
    expect([title, facts]).toEqual(["bbbb00000000 Pay faster (#12)", "  Eva, 2026-06-01 12:00 UTC, acme/app"]);
    expect(places.toSorted()).toEqual([
      "  in qa of web in a later version (web@1.2.0)",
      "  live in staging of web since 2026-06-02 02:00 UTC (web@1.1.0)",
      "  not yet in production of web (still web@1.0.0)",
    ]);
  });

  test("exits with 21 if no commit is found", async () => {
    expect(await cli.run(["where", "nothing like this"])).toMatchObject({ exit: 21, out: "No commits found.\n" });
    const { exit, out } = await cli.run(["where", "ffff0000", "--json"]);
    expect([exit, JSON.parse(out)]).toMatchObject([21, { commits: [] }]);
  });

  test("lists as many commits as asked for, and says if there may be more", async () => {
    const { out } = await cli.run(["where", "eva", "--limit", "2"]);
    expect(out).toMatch(/^cccc.*\n\nbbbb.*\n\nOlder commits may match, too\./s);
    expect(await cli.run(["where", "eva", "--limit", "51"])).toMatchObject({ exit: 2 });
  });
});
