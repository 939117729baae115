import { createCipheriv } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readDebugId } from "@landfall/artifacts/debug-ids";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { buildBundle } from "../scripts/build-bundle.ts";
import { type BuiltSite, builtSite } from "./built-site.ts";
import { type Ran, runBundle, type RunOptions } from "./run-bundle.ts";
import { scratchFolder } from "./scratch-repository.ts";
import { serveCli, type ServedCli } from "./serve-cli.ts";

let cli: ServedCli;
let folder: Awaited<ReturnType<typeof scratchFolder>>;
let bundle: string;

beforeAll(async () => {
  cli = await serveCli();
  folder = await scratchFolder();
  bundle = join(folder.path, "landfall.mjs");
  await buildBundle(bundle);
});

afterAll(async () => {
  await cli[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

beforeEach(() => {
  cli.intercept = () => null;
});

const run = ({ path: cwd }: BuiltSite, argv: readonly string[], more: Partial<RunOptions> = {}): Promise<Ran> =>
  runBundle(bundle, argv, { cwd, home: folder.path, env: cli.env(), ...more });

const MB = 1_000_000;

/** Scripts of 5 MB that hardly pack, so many MB together; the same on every machine, other ones for another kind. */
async function addLargeScripts(site: BuiltSite, megabytes: number, kind: number): Promise<void> {
  for (let index = 0; index < megabytes / 5; index += 1) {
    const cipher = createCipheriv("aes-128-ctr", Buffer.alloc(16, kind), Buffer.alloc(16, index));
    await writeFile(join(site.path, "dist", `large-${index}.js`), `//${cipher.update(Buffer.alloc(5 * MB * 0.75)).toString("base64")}`);
  }
}

describe("the bundle", () => {
  test("injects, uploads, and resolves like the sources", { timeout: 60_000 }, async () => {
    await using site = await builtSite({ greeting: "bundled" });
    expect(await run(site, ["sourcemaps", "inject", "dist"])).toMatchObject({ exit: 0, err: "" });
    const id = readDebugId(await readFile(join(site.path, "dist/js/app.js"), "utf8"));
    const uploaded = await run(site, ["sourcemaps", "upload", "dist", "--release", "bundled@1", "--json"]);
    expect(uploaded).toMatchObject({ exit: 0, err: "" });
    expect(JSON.parse(uploaded.out)).toMatchObject({ files: [{ debugId: id }, { debugId: id }], bundle: { state: "ok" } });
    await writeFile(join(site.path, "trace.txt"), "Error: x\n    at t (https://shop.test/js/app.js:2:50)\n");
    for (const argv of [
      ["--release", "bundled@1"],
      ["--local", "dist"],
    ]) {
      const resolved = await run(site, ["sourcemaps", "resolve", "trace.txt", ...argv]);
      expect(resolved).toMatchObject({ exit: 0, err: "", out: expect.stringContaining("../../src/greet.ts:") });
    }
  });

  test("uses no more memory for a build of 140 MB than for one of 40 MB", { timeout: 120_000 }, async () => {
    await using site = await builtSite({ greeting: "memory" });
    const memory: number[] = [];
    for (const [kind, megabytes] of [40, 140].entries()) {
      await addLargeScripts(site, megabytes, kind);
      const ran = await run(site, ["sourcemaps", "upload", "dist", "--release", "memory@1", "--json"]);
      const { bundle: sent } = JSON.parse(ran.out) as { bundle: { sentBytes: number; size: number } };
      expect(sent.sentBytes).toBe(sent.size);
      expect(sent.size).toBeGreaterThan(megabytes * 0.7 * MB);
      memory.push(ran.memory);
    }
    const [small = 0, large = 0] = memory;
    expect(small).toBeGreaterThan(0);
    expect(large - small).toBeLessThan(60 * MB);
  });

  test("continues an upload after it was killed", { timeout: 120_000 }, async () => {
    await using site = await builtSite({ greeting: "killed" });
    await addLargeScripts(site, 60, 9);
    const controller = new AbortController();
    let taken = 0;
    cli.intercept = ({ method, url }) => {
      if (method === "POST" && url.endsWith("/chunk-upload/") && (taken += 1) === 3) controller.abort();
      return null;
    };
    const argv = ["sourcemaps", "upload", "dist", "--release", "killed@1", "--json"];
    const killed = await run(site, argv, { killed: controller.signal });
    expect(killed).toMatchObject({ exit: null, out: "" });
    cli.intercept = () => null;
    const again = await run(site, argv);
    const { bundle: sent } = JSON.parse(again.out) as { bundle: { sentBytes: number; size: number; state: string } };
    expect(sent.state).toBe("ok");
    expect(sent.sentBytes).toBeGreaterThan(0);
    expect(sent.sentBytes).toBeLessThan(sent.size - 8 * MB);
  });
});
