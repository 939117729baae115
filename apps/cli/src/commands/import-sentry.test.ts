import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { serveCli, type ServedCli } from "../../test/serve-cli.ts";
import type { TestRuntimeOptions } from "../../test/test-runtime.ts";

/** The server to read from: its REST API is that of Sentry. */
let source: ServedCli;
let cli: ServedCli;

beforeAll(async () => {
  source = await serveCli();
  cli = await serveCli();
  await source.client.releases.create.mutate({
    organization: "acme",
    version: "web@1.0.0",
    projects: ["web", "api"],
    ref: "main",
    url: "https://ci.example.test/1",
    dateReleased: new Date("2025-05-01T00:00:00Z"),
    commits: [
      {
        id: "b".repeat(40),
        repository: "acme/web",
        message: "Second",
        timestamp: new Date("2025-04-02T00:00:00Z"),
        author_email: "ada@acme.test",
      },
      { id: "a".repeat(40), repository: "acme/web", message: "First", timestamp: new Date("2025-04-01T00:00:00Z"), author_name: "Ada" },
    ],
  });
  for (const [environment, day] of [
    ["staging", 2],
    ["production", 3],
    ["production", 4],
  ] as const) {
    await source.client.deploys.create.mutate({
      organization: "acme",
      version: "web@1.0.0",
      environment,
      name: "#1",
      dateFinished: new Date(Date.UTC(2025, 4, day)),
    });
  }
  source.app.clock.advance(1_000);
  await source.client.releases.create.mutate({ organization: "acme", version: "api@2.0.0", projects: ["api"] });
});

afterAll(async () => {
  await source[Symbol.asyncDispose]();
  await cli[Symbol.asyncDispose]();
});

afterEach(() => {
  source.intercept = () => null;
  cli.intercept = () => null;
});

const run = (argv: readonly string[] = [], options: TestRuntimeOptions = {}) =>
  cli.run(["import", "sentry", source.url, ...argv], {
    ...options,
    env: { SENTRY_PROJECT: "", SENTRY_SOURCE_TOKEN: source.token, ...options.env },
  });

const releaseOf = (version: string) => cli.client.releases.get.query({ organization: "acme", version });

describe("import sentry", () => {
  test("plans in a dry run and writes nothing", async () => {
    const before = cli.requests.length;
    const ran = await run(["--dry-run"]);
    expect(ran).toMatchObject({ exit: 0, out: "Would copy 2 releases with 2 commits and 3 deploys.\n" });
    expect(cli.requests.slice(before).every(({ method }) => method === "GET")).toBe(true);
  });

  test("continues after an interruption, and copies releases, commits, and deploys once", async () => {
    let deploys = 0;
    cli.intercept = ({ url }) => (url.includes("deploys.create") && ++deploys === 2 ? new Response("{}", { status: 500 }) : null);
    expect((await run()).exit).toBe(31);
    cli.intercept = () => null;
    expect(await run()).toMatchObject({ exit: 0, out: "Copied 2 releases with 0 commits and 2 deploys.\n" });
    expect(await releaseOf("web@1.0.0")).toMatchObject({
      ref: "main",
      url: "https://ci.example.test/1",
      dateReleased: "2025-05-01T00:00:00Z",
      commitCount: 2,
      deployCount: 3,
      projects: [{ slug: "web" }, { slug: "api" }],
    });
    const { items } = await cli.client.commits.ofRelease.query({ organization: "acme", version: "web@1.0.0" });
    expect(items).toMatchObject([
      { id: "b".repeat(40), message: "Second", dateCreated: "2025-04-02T00:00:00Z", author: { email: "ada@acme.test" } },
      { id: "a".repeat(40), message: "First", dateCreated: "2025-04-01T00:00:00Z", author: { name: "Ada" } },
    ]);
    const listed = await cli.client.deploys.list.query({ organization: "acme", version: "web@1.0.0", all: true });
    expect(listed.items.map(({ environment, dateFinished }) => [environment, dateFinished])).toEqual([
      ["production", "2025-05-04T00:00:00Z"],
      ["production", "2025-05-03T00:00:00Z"],
      ["staging", "2025-05-02T00:00:00Z"],
    ]);
    expect((await releaseOf("api@2.0.0")).dateReleased).toBeNull();
  });

  test("changes nothing when it runs again", async () => {
    const before = await releaseOf("web@1.0.0");
    expect((await run()).out).toBe("Copied 0 releases with 0 commits and 0 deploys. 2 unchanged.\n");
    expect(await releaseOf("web@1.0.0")).toEqual(before);
  });

  test("limits the releases to projects and to the newest, and creates projects on request", async () => {
    await source.app.given.project("acme", "shop");
    for (const version of ["shop@1", "shop@2", "shop@3"]) {
      source.app.clock.advance(1_000);
      await source.client.releases.create.mutate({ organization: "acme", version, projects: ["shop", "web"] });
    }
    const argv = ["-p", "shop", "--limit", "2"];
    const failed = await run(argv);
    expect(failed).toMatchObject({ exit: 20, err: expect.stringContaining("Project shop does not exist in organization acme.") });
    expect((await run([...argv, "--create-project"])).out).toBe("Copied 2 releases with 0 commits and 0 deploys.\n");
    expect((await releaseOf("shop@3")).projects.map(({ slug }) => slug)).toEqual(["shop"]);
    await expect(releaseOf("shop@1")).rejects.toMatchObject({ code: "not_found" });
  });

  test("asks for the token of the other server in a terminal", async () => {
    expect((await run(["--dry-run"], { env: { SENTRY_SOURCE_TOKEN: "" }, secret: source.token })).exit).toBe(0);
    expect(await run([], { env: { SENTRY_SOURCE_TOKEN: "" } })).toMatchObject({
      exit: 10,
      err: expect.stringContaining("SENTRY_SOURCE_TOKEN"),
    });
  });

  test.each<[string, number, string, number]>([
    ["an invalid token", 401, "does not accept the token", 10],
    ["a token without the scope", 403, "project:read", 10],
    ["an unknown organization", 404, "does not have this organization", 21],
    ["a redirect", 302, "redirects", 30],
  ])("reports %s", async (_, status, message, exit) => {
    source.intercept = () => new Response("{}", { status });
    expect(await run()).toMatchObject({ exit, err: expect.stringContaining(message) });
  });

  test("reports a URL that is not one, a server that is down, and one without this API", async () => {
    expect((await cli.run(["import", "sentry", "sentry.io"])).exit).toBe(2);
    const down = await cli.run(["import", "sentry", cli.downUrl], { env: { SENTRY_SOURCE_TOKEN: "x" } });
    expect(down).toMatchObject({ exit: 30, err: expect.stringContaining("Cannot read") });
    source.intercept = () => new Response("<html>", { status: 200 });
    expect(await run()).toMatchObject({ exit: 30, err: expect.stringContaining("not that of Sentry's API") });
  });
});
