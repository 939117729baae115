import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { builtSite } from "../src/built-site.ts";
import { clientBench, usualEnvironment } from "../src/client-bench.ts";
import type { ClientName } from "../src/client-binary.ts";
import { projectNode, repositoryRoot, runProgram, type ScratchDirectory } from "../src/run-program.ts";
import { storedArtifacts } from "../src/stored-artifacts.ts";

const bench = clientBench();
const MINUTE = { timeout: 60_000 };

/** Runs the `landfall` command of this repository in a site. It must succeed without output on standard error. */
async function landfall({ path: cwd }: ScratchDirectory, ...args: string[]): Promise<string> {
  const command = [projectNode(), join(repositoryRoot, "apps", "cli", "src", "main.ts"), ...args] as const;
  const { code, stdout, stderr } = await runProgram("landfall", command, { cwd, env: usualEnvironment(bench.server) });
  expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: "" });
  return stdout;
}

const filesOf = ({ path }: ScratchDirectory) => Promise.all(["app.js", "app.js.map"].map((name) => readFile(join(path, name), "utf8")));

async function debugIdOf(site: ScratchDirectory): Promise<string> {
  const [script = ""] = await filesOf(site);
  return /\n\/\/# debugId=([0-9a-f-]{36})\s*$/.exec(script)?.[1] ?? "not injected";
}

describe.each<ClientName>(["3.8", "2.58"])("with sentry-cli %s", (client) => {
  const sentry = (site: ScratchDirectory, ...args: string[]) => bench.run(client, args, { cwd: site.path });

  test("the client accepts debug ids of landfall", MINUTE, async () => {
    await using site = await builtSite(`landfall first, then ${client}`);
    await landfall(site, "sourcemaps", "inject", ".");
    const debugId = await debugIdOf(site);
    const before = await filesOf(site);
    expect((await sentry(site, "sourcemaps", "inject", ".")).code).toBe(0);
    expect(await filesOf(site)).toEqual(before);
    const uploaded = await sentry(site, "sourcemaps", "upload", "--no-rewrite", "--wait", "--strict", ".");
    expect(uploaded).toMatchObject({ code: 0, stdout: expect.stringContaining(`(sourcemap at app.js.map, debug id ${debugId})`) });
    expect(await storedArtifacts(bench.server).lookUp({ debug_id: debugId })).toMatchObject([{ resolved_with: "debug-id" }]);
  });

  test("landfall accepts, uploads, and resolves debug ids of the client", MINUTE, async () => {
    await using site = await builtSite(`${client} first, then landfall`);
    expect((await sentry(site, "sourcemaps", "inject", ".")).code).toBe(0);
    const before = await filesOf(site);
    expect(await landfall(site, "sourcemaps", "inject", ".")).toContain("0 injected, 1 unchanged.");
    expect(await filesOf(site)).toEqual(before);
    const version = `landfall@${client}`;
    await landfall(site, "sourcemaps", "upload", ".", "--release", version, "--strict", "--validate");
    const [bundle] = await storedArtifacts(bench.server).bundles(version);
    expect(bundle).toMatchObject({ associations: [{ release: version, dist: null }], fileCount: 2 });
    const [script = ""] = before;
    const lines = script.split("\n");
    const line = lines.findIndex((text) => text.includes("console.log"));
    const place = `app.js:${line + 1}:${(lines[line] ?? "").indexOf("console.log") + 1}`;
    expect(await landfall(site, "sourcemaps", "explain", place, "--debug-id", await debugIdOf(site))).toMatch(/\n\S*main\.ts:2:1\n/);
    expect(await landfall(site, "sourcemaps", "explain", `https://site.test/${place}`, "--release", version)).toMatch(
      /\n\S*main\.ts:2:1\n/,
    );
  });
});
