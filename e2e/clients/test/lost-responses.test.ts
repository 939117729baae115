import { describe, expect, test } from "vitest";
import { clientBench } from "../src/client-bench.ts";
import { recordingProxy } from "../src/proxies.ts";
import { freePort } from "../src/start-server.ts";

const bench = clientBench();
const isCreate = ({ method, target }: { method: string; target: string }) => method === "POST" && target.endsWith("/releases/");

describe("if the response of a completed create is lost once", () => {
  // These versions retry after a 503 on their own, after one to two seconds.
  test.concurrent.each(["3.8", "3.0", "2.58"] as const)("sentry-cli %s retries, and there is one release", async (client) => {
    const version = `lost-${client}`;
    await using proxy = await recordingProxy(bench.server.url, (_, index) => (index === 0 ? "replace with 503" : "pass"));
    const result = await bench.run(client, ["releases", "new", version, "--url", "https://e.test/once"], {
      env: { SENTRY_URL: proxy.url },
    });
    expect(result).toMatchObject({ code: 0, stdout: `Created release ${version}\n` });
    expect(proxy.requests.filter(isCreate)).toHaveLength(2);
    expect(proxy.requests[0]).toEqual(proxy.requests[1]);
    await expectOneRelease(version);
  });

  test.concurrent.each(["2.25", "2.22"] as const)("sentry-cli %s fails, and running it again succeeds", async (client) => {
    const version = `lost-${client}`;
    await using proxy = await recordingProxy(bench.server.url, (_, index) => (index === 0 ? "replace with 503" : "pass"));
    const run = () => bench.run(client, ["releases", "new", version], { env: { SENTRY_URL: proxy.url } });
    expect((await run()).code).toBe(1);
    expect(await run()).toMatchObject({ code: 0, stdout: `Created release ${version}\n` });
    expect(proxy.requests.filter(isCreate)).toHaveLength(2);
    await expectOneRelease(version);
  });

  test("a dropped connection is final for the client, although the request was completed", async () => {
    await using proxy = await recordingProxy(bench.server.url, () => "drop");
    const result = await bench.run("3.8", ["releases", "new", "dropped"], { env: { SENTRY_URL: proxy.url } });
    expect(result).toMatchObject({ code: 1, stderr: expect.stringContaining("Empty reply from server") });
    expect(proxy.requests).toHaveLength(1);
    await expectOneRelease("dropped");
  });

  async function expectOneRelease(version: string): Promise<void> {
    expect(await bench.api.release(version)).toMatchObject({ version, projects: [{ slug: "web" }] });
    const { body } = await bench.api.send("GET", `/organizations/acme/releases/?query=release:${version}`);
    expect(body).toMatchObject([{ version }]);
  }
});

describe("if the server is unreachable", () => {
  test("the release fails, unless failures are allowed", async () => {
    const SENTRY_URL = `http://127.0.0.1:${await freePort()}`;
    const refused = await bench.run("3.8", ["releases", "new", "away"], { env: { SENTRY_URL } });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/connect/i) });
    const allowed = await bench.run("3.8", ["--allow-failure", "releases", "new", "away"], { env: { SENTRY_URL } });
    expect(allowed).toMatchObject({ code: 0, stderr: expect.stringMatching(/connect/i) });
    const byVariable = await bench.run("2.58", ["releases", "new", "away"], { env: { SENTRY_URL, SENTRY_ALLOW_FAILURE: "1" } });
    expect(byVariable.code).toBe(0);
    expect(await bench.api.findRelease("away")).toBeUndefined();
  });
});
