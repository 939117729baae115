import { spawn } from "node:child_process";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildBundle } from "../scripts/build-bundle.ts";
import { runBundle, type RunOptions } from "./run-bundle.ts";
import { scratchFolder, type ScratchRepository, scratchRepository } from "./scratch-repository.ts";
import { type ServedCli, serveCli } from "./serve-cli.ts";
import { testRuntime } from "./test-runtime.ts";

let cli: ServedCli;
let folder: Awaited<ReturnType<typeof scratchFolder>>;
let repository: ScratchRepository;
let bundle: string;

beforeAll(async () => {
  cli = await serveCli();
  folder = await scratchFolder();
  repository = await scratchRepository();
  await repository.commit({ write: { a: "1" } });
  bundle = join(folder.path, "landfall.mjs");
  await buildBundle(bundle);
});
afterAll(async () => {
  await cli[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
  await repository[Symbol.asyncDispose]();
});

const run = (argv: readonly string[], options: Partial<RunOptions> = {}) =>
  runBundle(bundle, argv, { cwd: repository.path, home: folder.path, ...options, env: cli.env(options.env) });

describe("the bundle", () => {
  test("is one small file that requires only Node", async () => {
    const text = await readFile(bundle, "utf8");
    expect(text.startsWith("#!/usr/bin/env node\n")).toBe(true);
    expect((await stat(bundle)).size).toBeLessThan(300_000);
    expect((await stat(bundle)).mode & 0o111).toBe(0o111);
    const asked = [...text.matchAll(/(?:from|import|require\()\s*"([@\w.][@\w./:-]*)"/g)].map(([, name = ""]) => name);
    expect(asked.filter((name) => !name.startsWith("node:"))).toEqual([]);
    for (const server of ["drizzle-orm", "better-sqlite3", "zod"]) expect(text).not.toContain(server);
  });

  test("uses no API that Node 20.19 does not have", async () => {
    const text = await readFile(bundle, "utf8");
    const newer = /\b(?:(?:Map|Object)\.groupBy|Promise\.(?:withResolvers|try)|Array\.fromAsync|RegExp\.escape|matchesGlob|openAsBlob)\(/;
    expect(text).not.toMatch(newer);
    expect(text).not.toMatch(/\.(?:symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\(/);
  });

  test("prints its version in little more time than Node needs to start", async () => {
    const manifest = JSON.parse(await readFile(join(import.meta.dirname, "..", "package.json"), "utf8")) as { version: string };
    const empty = join(folder.path, "empty.mjs");
    await writeFile(empty, "");
    const times = { cli: Number.POSITIVE_INFINITY, node: Number.POSITIVE_INFINITY };
    for (let count = 0; count < 5; count += 1) {
      const ran = await run(["--version"]);
      expect(ran).toMatchObject({ exit: 0, out: `${manifest.version}\n`, err: "" });
      const bare = await runBundle(empty, [], { cwd: repository.path, home: folder.path });
      times.cli = Math.min(times.cli, ran.cpu);
      times.node = Math.min(times.node, bare.cpu);
    }
    expect(times.cli / times.node).toBeLessThan(2.5);
  });

  test("shows help", async () => {
    const ran = await run(["--help"]);
    expect(ran).toMatchObject({ exit: 0, err: "" });
    expect(ran.out).toContain("Exit codes:");
    expect((await run(["releases", "set-commits", "--help"])).out).toContain("--ignore-missing");
  });

  test.each<[number, readonly string[], Record<string, string>]>([
    [2, [], {}],
    [2, ["nonsense"], {}],
    [10, ["releases", "list"], { SENTRY_AUTH_TOKEN: "" }],
    [20, ["releases", "new", "a/b"], {}],
    [21, ["releases", "show", "none"], {}],
    [30, ["releases", "new", "x"], { SENTRY_URL: "down" }],
    [0, ["ship", "--allow-failure"], { SENTRY_URL: "down" }],
  ])("exits with %i for %j", async (exit, argv, env) => {
    const ran = await run(argv, { env: env["SENTRY_URL"] === "down" ? { SENTRY_URL: cli.downUrl } : env });
    expect(ran).toMatchObject({ exit, out: "" });
    expect(ran.err).not.toBe("");
  });

  test("ships, and prints only JSON to stdout", async () => {
    const ran = await run(["ship", "bundle@1", "-e", "production", "--json"]);
    expect(ran).toMatchObject({ exit: 0, err: "" });
    expect(JSON.parse(ran.out)).toMatchObject({ version: "bundle@1", commits: 1, deploy: { environment: "production", created: true } });
    const again = await run(["ship", "bundle@1", "-e", "production"]);
    expect(again.out).toBe(
      `bundle@1: 1 commit, finalized, already deployed to production. ${cli.url}/organizations/acme/releases/bundle%401/\n`,
    );
  });

  test("exits without waiting for open connections", async () => {
    const ran = await run(["projects", "list"]);
    expect(ran.exit).toBe(0);
    expect(ran.ms).toBeLessThan(3_000);
  });

  test("reads a token from standard input", async () => {
    const env = { SENTRY_AUTH_TOKEN: "", SENTRY_ORG: "" };
    expect(await run(["login"], { env, input: `${cli.token}\nmore\n` })).toMatchObject({
      exit: 0,
      out: expect.stringContaining("as olga@acme.test"),
    });
    expect(await run(["projects", "list", "--json"], { env })).toMatchObject({ exit: 0, out: expect.stringContaining('"slug": "api"') });
  });

  test("exits without an error if the reader closes the pipe", async () => {
    const shell = spawn("bash", ["-c", `"$0" "$1" completion bash | true; exit "\${PIPESTATUS[0]}"`, process.execPath, bundle], {
      cwd: folder.path,
      env: testRuntime().env,
    });
    let err = "";
    shell.stderr.setEncoding("utf8").on("data", (text: string) => void (err += text));
    const exit = await new Promise((resolve) => shell.on("close", resolve));
    expect([exit, err]).toEqual([0, ""]);
  });
});
