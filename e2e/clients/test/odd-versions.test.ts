import { describe, expect, test } from "vitest";
import { clientBench } from "../src/client-bench.ts";
import { recordingProxy } from "../src/proxies.ts";

/** Versions that a client sends partly raw and partly escaped in its paths (clients.md 1.12, 2.1). */
const ODD_VERSIONS = [
  "web@1.0.0+b 1",
  "pipe|caret^tilde~",
  "[1.0]",
  "it's",
  '"quoted"',
  "<1>&2",
  "#1",
  "1?a=b&c",
  "1%2F2",
  "100%",
  "{curly}`tick`",
  "a:b,c;d!e*f(g)$h=",
  "versión-版本-🚀",
  "e\u0301",
  "...",
  // The longest version, at nine bytes per character in the path.
  "版".repeat(200),
];

const REFUSED = [
  ["a backslash", "a\\b", /Release with name .* is not allowed/],
  ["the word latest", "latest", /Release with name latest is not allowed/],
  ["201 characters", "x".repeat(201), /Ensure this field has no more than 200 characters\./],
] as const;

const bench = clientBench();

describe.each(["3.8", "3.0", "2.58", "2.22"] as const)("sentry-cli %s and unusual versions", (client) => {
  test.each(ODD_VERSIONS.map((version) => ({ version, title: version.slice(0, 20) })))(
    "$title is created, dated, deployed, found and deleted",
    async ({ version }) => {
      const run = (...args: string[]) => bench.run(client, ["releases", ...args]);
      expect(await run("new", version)).toMatchObject({ code: 0, stdout: `Created release ${version}\n` });
      expect(await run("finalize", version)).toMatchObject({ code: 0, stdout: `Finalized release ${version}\n` });
      expect(await run("deploys", version, "new", "-e", "production")).toMatchObject({ code: 0 });
      expect(await run("info", version)).toMatchObject({ code: 0 });
      const release = await bench.api.release(version);
      expect(release).toMatchObject({ version, deployCount: 1, projects: [{ slug: "web" }] });
      expect(release.dateReleased).not.toBeNull();
      expect((await run("list", "--raw")).stdout.trimEnd().split("\n")).toEqual([version]);
      expect(await run("delete", version)).toMatchObject({ code: 0, stdout: expect.stringContaining("Deleted release") });
      expect(await bench.api.findRelease(version)).toBeUndefined();
    },
  );

  test("the path contains raw characters that no URL parser would write", async () => {
    await using proxy = await recordingProxy(bench.server.url);
    await bench.run(client, ["releases", "delete", "a|b^c[d]e\\f'g~h"], { env: { SENTRY_URL: proxy.url, SENTRY_PROJECT: undefined } });
    expect(proxy.requests).toMatchObject([{ method: "DELETE", target: "/api/0/organizations/acme/releases/a|b^c[d]e\\f'g~h/" }]);
  });

  test("a backslash is kept and never changes the path", async () => {
    const run = (...args: string[]) => bench.run(client, ["releases", ...args]);
    expect((await run("new", "1.0")).code).toBe(0);
    // A URL parser would read these as `1.0/deploys/` and `1.0/`.
    expect(await run("info", "1.0\\deploys")).toEqual({ code: 1, stdout: "", stderr: "" });
    expect(await run("delete", "x\\..\\1.0")).toMatchObject({ code: 0, stdout: expect.stringContaining("Did nothing.") });
    expect(await bench.api.findRelease("1.0")).toBeDefined();
    expect((await run("delete", "1.0")).stdout).toContain("Deleted release 1.0!");
  });

  test.each(REFUSED)("%s is rejected by the server with a reason, and nothing is stored", async (_, version, reason) => {
    const { code, stderr } = await bench.run(client, ["releases", "new", version]);
    expect(code).toBe(1);
    expect(stderr).toMatch(reason);
    expect(stderr).toMatch(/http status: 400/);
    expect(await bench.api.findRelease(version)).toBeUndefined();
  });
});
