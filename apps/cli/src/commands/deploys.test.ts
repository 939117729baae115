import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { serveCli, type ServedCli } from "../../test/serve-cli.ts";
import { PLAIN } from "../terminal/output.ts";
import { listDeploys, newDeploy } from "./deploys.ts";

let cli: ServedCli;
let version: string;
let made = 0;

beforeAll(async () => {
  cli = await serveCli();
});

afterAll(() => cli[Symbol.asyncDispose]());

beforeEach(async () => {
  version = `d@${++made}`;
  await cli.client.releases.create.mutate({ organization: "acme", version, projects: ["web", "api"] });
});

const NEW = {
  version: undefined,
  release: undefined,
  environment: "production",
  name: undefined,
  url: undefined,
  time: undefined,
  started: undefined,
  finished: undefined,
};

const record = (args: Partial<Parameters<typeof newDeploy.run>[1]> = {}, options: Parameters<ServedCli["context"]>[0] = {}) =>
  newDeploy.run(cli.context(options), { ...NEW, version, ...args });

describe("deploys new", () => {
  test("records a deploy that finished now", async () => {
    const deploy = await record();
    expect(deploy).toMatchObject({
      environment: "production",
      name: null,
      url: null,
      dateStarted: null,
      dateFinished: "2026-01-02T03:04:05Z",
    });
    expect(deploy && newDeploy.print(deploy, PLAIN)).toBe("Recorded deploy to production");
  });

  test("records all options", async () => {
    const deploy = await record({ name: "#7", url: "https://ci.test/7", started: new Date(0), finished: new Date(1_000) });
    expect(deploy).toMatchObject({
      name: "#7",
      url: "https://ci.test/7",
      dateStarted: "1970-01-01T00:00:00Z",
      dateFinished: "1970-01-01T00:00:01Z",
    });
    expect(deploy && newDeploy.print(deploy, PLAIN)).toBe("Recorded deploy #7 to production");
  });

  test("computes the start from --time", async () => {
    expect(await record({ time: 90 })).toMatchObject({ dateStarted: "2026-01-02T03:02:35Z", dateFinished: "2026-01-02T03:04:05Z" });
    await expect(record({ time: 90, started: new Date(0) })).rejects.toMatchObject({ exit: "usage" });
  });

  test("reads the environment and the release from variables", async () => {
    const env = { SENTRY_ENVIRONMENT: "staging", SENTRY_RELEASE: version };
    expect(await record({ version: undefined, environment: undefined }, { env })).toMatchObject({ environment: "staging" });
    expect(await record({ version: undefined, release: version }, { env: { SENTRY_RELEASE: "other" } })).toMatchObject({
      environment: "production",
    });
    await expect(record({ environment: undefined })).rejects.toMatchObject({
      exit: "input",
      hint: expect.stringContaining("SENTRY_ENVIRONMENT"),
    });
    await expect(record({ version: undefined })).rejects.toMatchObject({ exit: "input" });
  });

  test("applies to all projects of the release unless -p is used", async () => {
    const byDefault = cli.context({ isDryRun: true });
    await newDeploy.run(byDefault, { ...NEW, version });
    expect(JSON.stringify(byDefault.planned[0]?.input)).not.toContain("projects");
    const ran = await cli.run(["deploys", "new", version, "-e", "production", "-p", "web", "-p", "api", "--dry-run", "--json"]);
    expect(JSON.parse(ran.out)).toMatchObject({ calls: [{ call: "deploys.create", input: { projects: ["web", "api"] } }] });
  });

  test("rejects an unknown release and an invalid URL", async () => {
    await expect(record({ version: "none" })).rejects.toMatchObject({ code: "not_found" });
    await expect(record({ url: "nowhere" })).rejects.toMatchObject({ code: "invalid", issues: [{ path: ["url"] }] });
  });
});

describe("deploys list", () => {
  test("lists the newest deploy of each environment, or all", async () => {
    for (const name of ["a", "b"]) {
      cli.app.clock.advance(1_000);
      await cli.client.deploys.create.mutate({ organization: "acme", version, environment: "production", name });
    }
    const list = (all: boolean) => listDeploys.run(cli.context(), { version, release: undefined, all });
    expect((await list(false))?.map(({ name }) => name)).toEqual(["b"]);
    const deploys = await list(true);
    expect(deploys?.map(({ name }) => name)).toEqual(["b", "a"]);
    expect(deploys && listDeploys.print(deploys, PLAIN)).toMatch(
      /^ENVIRONMENT +NAME +STARTED +FINISHED +URL\nproduction +b +- +2026-01-02 03:04 UTC +-\n/,
    );
  });

  test("prints that there are none", async () => {
    expect(
      await listDeploys.run(cli.context({ env: { SENTRY_RELEASE: version } }), { version: undefined, release: undefined, all: true }),
    ).toEqual([]);
    expect(listDeploys.print([], PLAIN)).toBe("No deploys.");
  });
});
