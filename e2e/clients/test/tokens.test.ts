import { describe, expect, test } from "vitest";
import { z } from "zod";
import { clientBench } from "../src/client-bench.ts";
import { restApi } from "../src/rest-api.ts";
import { FIRST_RELEASE, scratchRepository } from "../src/scratch-repository.ts";

const CLIENTS = ["3.8", "3.0", "2.58", "2.22"] as const;
const bench = clientBench();

/** The payload of an organization token. Clients read `org` and `url` from it (clients.md 9). */
const Payload = z.object({ iat: z.number(), url: z.string(), region_url: z.string(), org: z.string() });

function payloadOf(token: string): z.output<typeof Payload> {
  return Payload.parse(JSON.parse(Buffer.from(token.split("_")[1] ?? "", "base64").toString("utf8")));
}

/** Returns an organization token in the right format that the server has never issued. */
function forgedToken(url: string): string {
  const payload = Buffer.from(JSON.stringify({ iat: 1_700_000_000, url, region_url: url, org: "acme" })).toString("base64");
  return `sntrys_${payload}_${Buffer.alloc(32, 7).toString("base64").replace(/=+$/, "")}`;
}

describe("an unknown token", () => {
  type TokenCase = readonly [what: string, token: () => string | undefined, message: string];
  const unknownTokens: readonly TokenCase[] = [
    ["a personal token", () => `sntryu_${"0".repeat(64)}`, "Invalid token"],
    ["a token without prefix", () => "0123456789abcdef".repeat(4), "Invalid token"],
    ["a word", () => "open-sesame", "Invalid token"],
    ["an organization token", () => forgedToken(bench.server.url), "Invalid org token"],
  ];
  const none: TokenCase = ["no token", () => undefined, "Authentication credentials were not provided."];

  describe.each(CLIENTS)("sentry-cli %s", (client) => {
    test.each(unknownTokens)("%s is rejected with one clear line, and nothing is stored", async (_, token, message) => {
      const { code, stdout, stderr } = await bench.run(client, ["releases", "new", "never"], { env: { SENTRY_AUTH_TOKEN: token() } });
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      // The client prints a body with a second key as a raw dump instead of these lines.
      expect(stderr).toMatch(new RegExp(`sentry reported an error: ${message} \\(http status: 401\\)`));
      expect(stderr).not.toContain("request failure");
      expect(await bench.api.findRelease("never")).toBeUndefined();
    });
  });

  test.each([...unknownTokens, none])("%s gets 401 with exactly one key", async (_, token, detail) => {
    const { status, body, headers } = await restApi(bench.server.url, token()).send("GET", "/organizations/acme/releases/");
    expect({ status, body }).toEqual({ status: 401, body: { detail } });
    expect(headers.get("content-type")).toMatch(/^application\/json\b/);
  });

  test("info --config-status-json reports an invalid token and exits with 0", async () => {
    const env = { SENTRY_AUTH_TOKEN: `sntryu_${"0".repeat(64)}` };
    const { code, stdout } = await bench.run("3.8", ["info", "--config-status-json"], { env });
    expect({ code, auth: JSON.parse(stdout) }).toMatchObject({ code: 0, auth: { auth: { successful: false } } });
  });
});

describe("an organization token in CI", () => {
  test("has the format that all clients parse", () => {
    const [kind, payload = "", secret = "", ...rest] = bench.server.ciToken.split("_");
    expect({ kind, rest }).toEqual({ kind: "sntrys", rest: [] });
    expect(payload).toMatch(/^[A-Za-z0-9+/]+={0,2}$/);
    expect(payload.length % 4).toBe(0);
    expect(secret).toMatch(/^[A-Za-z0-9+/]{43}$/);
    const { url } = bench.server;
    expect(payloadOf(bench.server.ciToken)).toMatchObject({ org: "acme", url, region_url: url });
  });

  describe.each([...CLIENTS, "2.25"] as const)("sentry-cli %s", (client) => {
    const version = `ci-${client}`;
    const run = (...args: string[]) => bench.run(client, args, { env: onlyToken(), ...(cwd !== undefined && { cwd }) });
    let cwd: string | undefined;

    test("is sufficient for a whole release, without SENTRY_ORG and SENTRY_URL", async () => {
      await using repository = await scratchRepository(FIRST_RELEASE);
      cwd = repository.path;
      expect(await run("releases", "new", version)).toMatchObject({ code: 0, stdout: `Created release ${version}\n` });
      expect(await run("releases", "set-commits", version, "--local")).toMatchObject({ code: 0 });
      expect(await run("releases", "finalize", version)).toMatchObject({ code: 0 });
      expect(await run("releases", "deploys", version, "new", "-e", "production")).toMatchObject({ code: 0 });
      cwd = undefined;
      expect(await bench.api.release(version)).toMatchObject({ projects: [{ slug: "web" }], deployCount: 1 });
      expect((await bench.api.release(version)).dateReleased).not.toBeNull();
    });

    test("cannot delete, and the client reports why", async () => {
      const { code, stderr } = await run("releases", "delete", version);
      expect(code).toBe(1);
      expect(stderr).toMatch(/You do not have permission to perform this action\. \(http status: 403\)/);
      expect(await bench.api.findRelease(version)).toBeDefined();
    });
  });

  test("is sufficient for the TypeScript client too", async () => {
    const run = (...args: string[]) => bench.run("new", args, { env: { ...onlyToken(), SENTRY_PROJECT: undefined } });
    expect(await run("release", "create", "ci-new", "--project", "web")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Release Created"),
    });
    expect(await run("auth", "whoami")).toMatchObject({ code: 0, stdout: expect.stringMatching(/Organization +│ acme/) });
    expect(await run("release", "delete", "ci-new", "--yes")).toMatchObject({ code: 30 });
    expect(await bench.api.release("ci-new")).toMatchObject({ projects: [{ slug: "web" }] });
  });

  test("is distinguished from a personal token by login", async () => {
    const env = { ...onlyToken(), SENTRY_AUTH_TOKEN: undefined };
    const { code, stdout } = await bench.run("3.8", ["--auth-token", bench.server.ciToken, "login"], { env });
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("Valid org token") });
    expect((await bench.run("3.8", ["info"], { env: onlyToken() })).stdout).toContain("org:ci");
  });

  test("has no access to another organization", async () => {
    const { status } = await restApi(bench.server.url, bench.server.ciToken).send("GET", "/organizations/other/releases/");
    expect(status).toBe(404);
  });
});

/** Returns the token without the organization and the server, which it contains. */
function onlyToken(): Record<string, string | undefined> {
  return { SENTRY_AUTH_TOKEN: bench.server.ciToken, SENTRY_ORG: undefined, SENTRY_URL: undefined };
}
