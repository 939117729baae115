import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveCli, type ServedCli } from "../../test/serve-cli.ts";

let cli: ServedCli;
const organization = "acme";

beforeAll(async () => {
  cli = await serveCli();
  const release = async (version: string, project: string, count: number) => {
    cli.app.clock.advance(3 * 86_400_000);
    const commits = Array.from({ length: count }, (_, n) => ({ id: `${version}-${n}`, repository: "acme/app" }));
    await cli.client.releases.create.mutate({ organization, version, projects: [project], commits });
  };
  const deploy = (version: string, environment: string, project: string, hour: number) =>
    cli.client.deploys.create.mutate({
      organization,
      version,
      environment,
      projects: [project],
      dateFinished: new Date(Date.UTC(2026, 5, 1, hour, 30)),
    });
  await release("web@1.0.0", "web", 1);
  await release("web@1.1.0", "web", 2);
  await release("web@1.2.0", "web", 1);
  await deploy("web@1.2.0", "staging", "web", 9);
  await deploy("web@1.0.0", "production", "web", 10);
  await deploy("web@1.2.0", "qa", "web", 8);
  await deploy("web@1.1.0", "qa", "web", 11);
  await cli.client.environments.setHidden.mutate({ organization, project: "web", environment: "qa", isHidden: true });
});

afterAll(() => cli[Symbol.asyncDispose]());

const run = async (...args: readonly string[]) => {
  const { exit, out, err } = await cli.run(args);
  expect([exit, err]).toEqual([0, ""]);
  return out
    .trimEnd()
    .split("\n")
    .map((line) => line.split(/ {2,}/));
};

describe("status", () => {
  test("lists the release of each environment, production first, and how far it is behind", async () => {
    expect(await run("status", "-p", "web", "-p", "api")).toEqual([
      ["PROJECT", "ENVIRONMENT", "VERSION", "DEPLOYED", "BY", "BEHIND"],
      ["api", "-", "not deployed yet", "-", "-", "-"],
      ["web", "production", "web@1.0.0", "2026-06-01 10:30 UTC", "Olga", "3 commits, 6 d behind staging"],
      ["web", "staging", "web@1.2.0", "2026-06-01 09:30 UTC", "Olga", "-"],
    ]);
  });

  test("lists one environment, also a hidden one, and marks a rollback", async () => {
    expect((await run("status", "production", "-p", "web"))[1]).toEqual([
      "web",
      "production",
      "web@1.0.0",
      "2026-06-01 10:30 UTC",
      "Olga",
      "3 commits, 6 d behind staging",
    ]);
    expect((await run("status", "qa", "-p", "web"))[1]?.slice(1, 3)).toEqual(["qa", "web@1.1.0 (rolled back)"]);
    expect(await cli.run(["status", "nowhere"])).toMatchObject({ exit: 21 });
  });

  test("prints rows as JSON", async () => {
    const { out } = await cli.run(["status", "production", "-p", "web", "--json"]);
    expect(JSON.parse(out)).toMatchObject([
      { project: { slug: "web" }, cells: [{ environment: "production", release: { version: "web@1.0.0" }, drift: { commits: 3 } }] },
    ]);
  });
});

test("environments list shows those of the organization or of projects, hidden ones marked", async () => {
  const namesOf = async (...args: readonly string[]) =>
    (await run("environments", "list", ...args)).map((cells) => cells.slice(0, 2).join(" "));
  expect(await namesOf("-p", "web")).toEqual(["NAME STATE", "production shown", "staging shown", "qa hidden"]);
  expect((await namesOf("-p", "web", "-p", "api")).length).toBe(4);
  expect((await cli.run(["environments", "list", "-p", "api"])).out).toBe(
    "No environments. Record a deploy with `landfall deploys new`.\n",
  );
});

test("environments order sets the order of the list and of status, and the default order again", async () => {
  const names = async () => (await run("environments", "list", "-p", "web")).slice(1).map(([name]) => name);
  expect((await cli.run(["environments", "order", "qa", "production"])).out).toBe("Ordered qa, production\n");
  expect(await names()).toEqual(["qa", "production", "staging"]);
  expect((await run("status", "-p", "web")).slice(1).map(([, environment]) => environment)).toEqual(["production", "staging"]);
  expect(await cli.run(["environments", "order", "nowhere"])).toMatchObject({ exit: 20, err: expect.stringContaining("does not exist") });
  expect((await cli.run(["environments", "order"])).out).toBe("Set the default order\n");
  expect(await names()).toEqual(["production", "staging", "qa"]);
});
