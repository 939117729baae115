import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { usualEnvironment } from "../src/client-bench.ts";
import { runClient } from "../src/client-binary.ts";
import { postgresPrograms, type PrivatePostgres, privatePostgres } from "../src/private-postgres.ts";
import { recordingProxy } from "../src/proxies.ts";
import { restApi } from "../src/rest-api.ts";
import { projectNode, repositoryRoot, runProgram } from "../src/run-program.ts";
import { type RunningServer, startServer } from "../src/start-server.ts";

const MINUTE = { timeout: 60_000 };
const programs = postgresPrograms();

describe.runIf(programs !== null)("while PostgreSQL restarts", () => {
  let postgres: PrivatePostgres;
  let server: RunningServer;
  beforeAll(async () => {
    postgres = await privatePostgres(programs ?? "");
    server = await startServer(undefined, { LANDFALL_DATABASE_URL: postgres.url });
  }, 60_000);
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await postgres[Symbol.asyncDispose]();
  });

  /** Stops PostgreSQL, runs a client, and starts PostgreSQL after the client was rejected. */
  async function duringRestart<T>(run: (url: string) => Promise<T>) {
    const before = refusals(server);
    await using proxy = await recordingProxy(server.url, () => "pass");
    await postgres.stop();
    const state = { hasEnded: false };
    const running = run(proxy.url).finally(() => (state.hasEnded = true));
    while (refusals(server) === before && !state.hasEnded) await new Promise(setImmediate);
    await postgres.start();
    return { result: await running, requests: proxy.requests.length };
  }

  test.each(["3.8", "3.0", "2.58"] as const)("sentry-cli %s retries, and the release is created once", MINUTE, async (client) => {
    const version = `restart-${client}`;
    const { result, requests } = await duringRestart((SENTRY_URL) =>
      runClient(client, ["releases", "new", version], { env: { ...usualEnvironment(server), SENTRY_URL }, limit: 50_000 }),
    );
    expect(result).toMatchObject({ code: 0, stdout: `Created release ${version}\n` });
    expect(requests).toBeGreaterThan(1);
    expect(await restApi(server.url, server.token).release(version)).toMatchObject({ version, projects: [{ slug: "web" }] });
  });

  test("the landfall command retries, and a deploy is recorded once", MINUTE, async () => {
    const api = restApi(server.url, server.token);
    const landfall = (url: string, ...args: readonly string[]) =>
      runProgram("landfall", [projectNode(), join(repositoryRoot, "apps", "cli", "src", "main.ts"), ...args], {
        env: { ...usualEnvironment(server), SENTRY_URL: url },
        limit: 50_000,
      });
    const { result } = await duringRestart((url) => landfall(url, "releases", "new", "restart-landfall"));
    expect(result).toMatchObject({ code: 0, stderr: "" });
    const deploy = await duringRestart((url) => landfall(url, "deploys", "new", "restart-landfall", "--env", "production"));
    expect(deploy.result).toMatchObject({ code: 0, stderr: "" });
    const { body } = await api.send("GET", "/organizations/acme/releases/restart-landfall/deploys/");
    expect(body).toHaveLength(1);
  });

  test("the log has the outages, and no bugs", () => {
    expect(server.output()).toContain("the database cannot be reached");
    expect(server.output()).not.toContain('"msg":"bug"');
    expect(server.output()).not.toContain('"status":500');
  });
});

/** The number of 503 responses of the server. */
const refusals = (server: RunningServer): number => server.output().split('"status":503').length - 1;
