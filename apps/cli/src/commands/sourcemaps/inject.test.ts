import { execFile } from "node:child_process";
import { chmod, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { readDebugId } from "@landfall/artifacts/debug-ids/read-debug-id";
import { parseSourceMap } from "@landfall/artifacts/maps/parse-source-map";
import { resolvePosition } from "@landfall/artifacts/maps/resolve-position";
import { parseStack } from "@landfall/artifacts/stacks/parse-stack";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builtSite, type BuiltSite } from "../../../test/built-site.ts";
import { type ServedCli, serveCli } from "../../../test/serve-cli.ts";

let cli: ServedCli;
beforeAll(async () => {
  cli = await serveCli();
});
afterAll(() => cli[Symbol.asyncDispose]());

const inject = (site: BuiltSite, ...more: string[]) => cli.run(["sourcemaps", "inject", "dist", ...more], { cwd: site.path });
const read = (site: BuiltSite, name: string) => readFile(join(site.path, name), "utf8");

/** The stack trace of the script, run by Node. */
async function thrown(path: string): Promise<string> {
  const error: unknown = await promisify(execFile)(process.execPath, [path]).then(
    () => null,
    (reason: unknown) => reason,
  );
  return typeof error === "object" && error !== null && "stderr" in error ? String(error.stderr) : "";
}

describe("sourcemaps inject", () => {
  test("gives a script and its map one id, and the map still leads to the source", async () => {
    await using site = await builtSite();
    await chmod(join(site.path, "dist/js/app.js"), 0o755);
    const ran = await inject(site);
    expect(ran).toMatchObject({ exit: 0, err: "" });
    const id = readDebugId(await read(site, "dist/js/app.js"));
    expect(ran.out.split("\n")).toEqual([
      expect.stringMatching(/^STATE +SCRIPT +MAP +DEBUG ID$/),
      `injected  dist/js/app.js  dist/js/app.js.map  ${id}`,
      "1 injected, 0 unchanged.",
      "",
    ]);
    expect((await stat(join(site.path, "dist/js/app.js"))).mode & 0o777).toBe(0o755);
    const map = parseSourceMap(await read(site, "dist/js/app.js.map"));
    expect(map.debugId).toBe(id);
    const frame = parseStack(await thrown(join(site.path, "dist/js/app.js"))).find((line) => line.kind === "frame" && line.column !== null);
    if (frame?.kind !== "frame" || frame.line === null) throw new Error("nothing was thrown");
    expect(resolvePosition(map, { line: frame.line, column: frame.column })).toMatchObject({
      isFound: true,
      source: "../../src/greet.ts",
      line: 3,
    });
  });

  test("again changes nothing, not even the files' times", async () => {
    await using site = await builtSite();
    await inject(site);
    const factsOf = async (name: string) => {
      const { ino, mtimeMs, size } = await stat(join(site.path, name));
      return { ino, mtimeMs, size };
    };
    const facts = async () => [await factsOf("dist/js/app.js"), await factsOf("dist/js/app.js.map")];
    const before = await facts();
    const ran = await inject(site, "--json");
    expect(JSON.parse(ran.out)).toMatchObject({
      injected: 0,
      unchanged: 1,
      skipped: 0,
      scripts: [{ state: "unchanged", map: "dist/js/app.js.map" }],
    });
    expect(await facts()).toEqual(before);
  });

  test("tells in a dry run what it would do, and does nothing", async () => {
    await using site = await builtSite();
    const before = await read(site, "dist/js/app.js");
    const rehearsed = await inject(site, "--dry-run", "--quiet");
    expect(rehearsed.out).toContain("1 to inject, 0 unchanged.");
    expect(await read(site, "dist/js/app.js")).toBe(before);
    const { out } = await inject(site);
    expect(out.match(/[\da-f-]{36}/)?.[0]).toBe(rehearsed.out.match(/[\da-f-]{36}/)?.[0]);
  });

  test.each(["inline", "none"] as const)("takes a script whose map is %s", async (sourcemap) => {
    await using site = await builtSite({ sourcemap });
    expect((await inject(site)).out).toMatch(/injected {2}dist\/js\/app.js {2}- /);
    expect(readDebugId(await read(site, "dist/js/app.js"))).not.toBeNull();
    expect((await inject(site)).out).toContain("0 injected, 1 unchanged.");
  });

  test("leaves alone what it cannot change safely, and goes on", async () => {
    await using site = await builtSite();
    await site.write({ "dist/broken.js": "code()\n//# sourceMappingURL=broken.js.map", "dist/broken.js.map": "no json" });
    await writeFile(join(site.path, "dist/latin.js"), Buffer.from([0x61, 0xe9, 0x62]));
    const ran = await inject(site);
    expect(ran.exit).toBe(0);
    expect(ran.out).toContain("1 injected, 0 unchanged, 2 skipped.");
    expect(ran.err).toContain("dist/broken.js: This is no source map: it is not JSON.");
    expect(ran.err).toContain("dist/latin.js: The script is not UTF-8");
    expect(await read(site, "dist/broken.js.map")).toBe("no json");
    expect(await readFile(join(site.path, "dist/latin.js"))).toEqual(Buffer.from([0x61, 0xe9, 0x62]));
  });

  test("tells of a folder without scripts, and of one that is not there", async () => {
    await using site = await builtSite();
    expect(await cli.run(["sourcemaps", "inject", "src"], { cwd: site.path })).toMatchObject({
      exit: 0,
      err: "warning: There are no scripts in src.\n",
    });
    expect(await cli.run(["sourcemaps", "inject", "nowhere"], { cwd: site.path })).toMatchObject({ exit: 20 });
    expect(await cli.run(["sourcemaps", "inject"], { cwd: site.path })).toMatchObject({ exit: 2 });
  });

  test("needs no server and no token", async () => {
    await using site = await builtSite();
    const env = { SENTRY_URL: "", SENTRY_AUTH_TOKEN: "", SENTRY_ORG: "" };
    expect(await cli.run(["sourcemaps", "inject", "dist"], { cwd: site.path, env })).toMatchObject({ exit: 0, err: "" });
  });
});
