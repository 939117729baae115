import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ResolvedFrameView, SourceContextView } from "@landfall/schema/artifacts/source-maps";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type BuiltSite, builtSite } from "../../test/built-site.ts";
import { serveCli, type ServedCli } from "../../test/serve-cli.ts";
import { PLAIN } from "../terminal/output.ts";
import { printContext, printStack } from "./resolve-stack.ts";

describe("resolve", () => {
  let cli: ServedCli;
  let made = 0;
  let version: string;

  beforeAll(async () => {
    cli = await serveCli();
  });
  afterAll(() => cli[Symbol.asyncDispose]());

  beforeEach(() => {
    version = `resolve@${(made += 1)}`;
  });

  const ADDRESS = "https://shop.test/js/app.js";

  /** Returns the error that Node prints for the built script, with the URL that a browser would print. */
  async function traceOf(site: BuiltSite): Promise<string> {
    const path = join(site.path, "dist", "js", "app.js");
    const error: unknown = await promisify(execFile)(process.execPath, [path]).then(
      () => null,
      (reason: unknown) => reason,
    );
    const printed = typeof error === "object" && error !== null && "stderr" in error ? String(error.stderr) : "";
    return printed.slice(printed.indexOf("Error: ")).replaceAll(path, ADDRESS);
  }

  const upload = (site: BuiltSite, ...more: string[]) =>
    cli.run(["sourcemaps", "upload", "dist", "--release", version, ...more], { cwd: site.path });
  const resolve = (input: string, ...args: string[]) => cli.run(["sourcemaps", "resolve", ...args], { input });

  const GREETING = [
    "    at greet (../../src/greet.ts:3:11)",
    '      2 |   if (whom === "") {',
    '    > 3 |     throw new Error("there is nobody to greet");',
    "      4 |   }",
  ];

  describe("sourcemaps resolve", () => {
    test("shows each frame with its source lines", async () => {
      await using site = await builtSite({ greeting: version });
      await upload(site);
      const ran = await resolve(await traceOf(site), "--release", version, "--context", "1");
      expect(ran).toMatchObject({ exit: 0, err: "" });
      const lines = ran.out.split("\n");
      expect(lines[0]).toBe("Error: there is nobody to greet");
      expect(lines.slice(1, 5)).toEqual(GREETING);
      expect(lines[5]).toMatch(/^ {4}at .*\.\.\/\.\.\/src\/main\.ts:2:1\)?$/);
      expect(ran.out).toContain("frames resolved.");
    });

    test("reads a file, and prints the same as JSON", async () => {
      await using site = await builtSite({ greeting: version });
      await upload(site);
      await writeFile(join(site.path, "trace.txt"), await traceOf(site));
      const ran = await cli.run(["sourcemaps", "resolve", "trace.txt", "--json"], { cwd: site.path, env: { SENTRY_RELEASE: version } });
      expect(ran.exit).toBe(0);
      const { lines, release, dist } = JSON.parse(ran.out) as { lines: unknown[]; release: string; dist: string | null };
      expect({ release, dist }).toEqual({ release: version, dist: null });
      expect(lines[1]).toMatchObject({ frame: { original: { source: "../../src/greet.ts", line: 3 }, miss: null } });
    });

    test("resolves a trace that is too long for a URL", async () => {
      await using site = await builtSite({ greeting: version });
      await upload(site);
      const [message = "", call = ""] = (await traceOf(site)).split("\n");
      const ran = await resolve([message, ...Array.from({ length: 500 }, () => call)].join("\n"), "--release", version);
      expect(ran).toMatchObject({ exit: 0, out: expect.stringContaining("500 of 500 frames resolved.") });
    });

    test("prints the reason and the fix for unresolved frames once, and exits with 23", async () => {
      await using site = await builtSite({ greeting: version });
      await upload(site, "--dist", "d1");
      const ran = await resolve(await traceOf(site), "--release", version, "-C", "0");
      expect(ran.exit).toBe(23);
      expect(ran.out.match(/✗/g)).toHaveLength(1);
      expect(ran.out).toContain('✗ The event has no dist, but the files were uploaded for dist "d1".');
      expect(ran.out).toContain("→ Use the same dist in the SDK and for the upload");
      expect(ran.out).toMatch(/\n0 of \d+ frames resolved\.\n$/);
      expect(await resolve(await traceOf(site), "--release", version, "--dist", "d1")).toMatchObject({ exit: 0 });
      expect(await resolve(await traceOf(site), "--release", version, "--allow-failure")).toMatchObject({ exit: 0 });
    });

    test("resolves a script that was uploaded under another path, and says how it was matched", async () => {
      await using site = await builtSite({ greeting: version });
      await upload(site, "--url-prefix", "~/static");
      const ran = await resolve(await traceOf(site), "--release", version, "-C", "0");
      expect(ran.exit).toBe(0);
      expect(ran.out).toContain('      ✓ Matched by the end of the path: the uploaded file is "~/static/js/app.js".\n');
      const chosen = await resolve(await traceOf(site), "--release", version, "--file", "app.js=~/static/js/app.js");
      expect(chosen).toMatchObject({ exit: 0, out: expect.stringContaining('✓ The uploaded file "~/static/js/app.js" was chosen.') });
    });

    test.each(["app.js", "app.js=", "=~/app.js"])("rejects --file %s", async (file) => {
      const ran = await resolve("at x (https://x.test/a.js:1:1)", "--release", version, "--file", file);
      expect(ran).toMatchObject({ exit: 2, err: expect.stringContaining("such as main.js=~/app.js") });
    });

    test("uses colors on a terminal, but not with NO_COLOR", async () => {
      await using site = await builtSite({ greeting: version });
      await upload(site);
      const input = await traceOf(site);
      const argv = ["sourcemaps", "resolve", "--release", version];
      const ESCAPE = "\u001b[";
      expect((await cli.run(argv, { input, isTerminal: true })).out).toContain(ESCAPE);
      expect((await cli.run(argv, { input, isTerminal: true, env: { NO_COLOR: "1" } })).out).not.toContain(ESCAPE);
    });

    test("removes control characters from a trace", async () => {
      const ran = await resolve("Error: \u001b[2J\u0007\n    at x (https://shop.test/x.js:1:1)\n", "--release", version);
      for (const character of ["\u0007", "\u001b"]) expect(ran.out).not.toContain(character);
      expect(ran.exit).toBe(23);
    });

    test.each([
      ["a text without calls", "nothing here", [], 20],
      ["a missing file", "", ["gone.txt"], 20],
      ["several projects", "at x (https://x.test/a.js:1:1)", ["-p", "web", "-p", "api"], 20],
      ["an unknown project", "at x (https://x.test/a.js:1:1)", ["-p", "nope"], 21],
      ["a CI token, which may not read sources", "at x (https://x.test/a.js:1:1)", ["--token", "ci"], 10],
    ])("rejects %s", async (_, input, args, exit) => {
      const ran = await resolve(input, ...args.map((arg) => (arg === "ci" ? cli.ciToken : arg)));
      expect(ran).toMatchObject({ exit, out: "" });
      expect(ran.err).toMatch(/^error: .+\n.+\n/);
    });
  });

  describe("sourcemaps resolve --local", () => {
    const locally = (site: BuiltSite, input: string, ...more: string[]) =>
      cli.run(["sourcemaps", "resolve", "--local", "dist", ...more], {
        cwd: site.path,
        input,
        env: { SENTRY_URL: "", SENTRY_AUTH_TOKEN: "" },
      });

    test.each(["linked", "inline"] as const)("resolves without a server, with a map that is %s", async (sourcemap) => {
      await using site = await builtSite({ greeting: version, sourcemap });
      const ran = await locally(site, await traceOf(site), "-C", "1");
      expect(ran).toMatchObject({ exit: 0, err: "" });
      expect(ran.out.split("\n").slice(1, 5)).toEqual(GREETING);
    });

    test("returns the same as the server", async () => {
      await using site = await builtSite({ greeting: version });
      await upload(site);
      const trace = await traceOf(site);
      const read = (out: string): unknown => {
        const { lines } = JSON.parse(out) as { lines: { frame: { original: unknown } | null }[] };
        return lines.map(({ frame }) => frame?.original);
      };
      const [local, remote] = [await locally(site, trace, "--json"), await resolve(trace, "--release", version, "--json")];
      expect(read(local.out)).toEqual(read(remote.out));
    });

    test("reads source lines that are not in the map from the disk", async () => {
      await using site = await builtSite({ greeting: version, hasSources: false });
      expect((await locally(site, await traceOf(site), "-C", "1")).out.split("\n").slice(1, 5)).toEqual(GREETING);
    });

    test.each([
      ["no map", "none", /✗ "js\/app\.js" was found, but does not refer to a source map\./],
      ["an invalid map", "broken", /✗ The source map "js\/app\.js\.map" of "js\/app\.js" cannot be read\. This is not a source map/],
      ["another file", "other", /✗ No file in dist matches ~\/js\/app\.js\.\n +→ Use --local with the folder/],
    ])("reports %s", async (_, kind, message) => {
      await using site = await builtSite({ greeting: version, sourcemap: kind === "none" ? "none" : "linked" });
      const trace = await traceOf(site);
      if (kind === "broken") await site.write({ "dist/js/app.js.map": "no json" });
      const other = kind === "other" ? trace.replaceAll("app.js", "shop.js") : trace;
      const ran = await locally(site, other);
      expect(ran.exit).toBe(23);
      expect(ran.out).toMatch(kind === "other" ? new RegExp(message.source.replace("app", "shop")) : message);
    });
  });

  describe("sourcemaps explain", () => {
    const explain = (...args: string[]) => cli.run(["sourcemaps", "explain", ...args]);

    test("shows all steps of a resolved frame", async () => {
      await using site = await builtSite({ greeting: version });
      await upload(site);
      const call = (await traceOf(site)).match(/https:[^)\s]+/)?.[0] ?? "";
      const ran = await explain(call, "--release", version);
      expect(ran.exit).toBe(0);
      const marks = ran.out.split("\n").flatMap((line) => line.match(/^[✓✗-] \w+/)?.[0] ?? []);
      expect(marks).toEqual(["✓ release", "✓ file", "✓ reference", "✓ map", "✓ position", "✓ source"]);
      expect(ran.out).toContain("\n\n../../src/greet.ts:3:11\n");
      expect(ran.out).toContain('    > 3 |     throw new Error("there is nobody to greet");');
      expect(JSON.parse((await explain(call, "--release", version, "--json")).out)).toMatchObject({
        file: { name: "~/js/app.js", foundBy: "name" },
      });
    });

    test("shows the failed step and the fix, and exits with 23", async () => {
      await using site = await builtSite({ greeting: version });
      await upload(site, "--dist", "d1");
      const ran = await explain(`${ADDRESS}:1:1`, "--release", version);
      expect(ran.exit).toBe(23);
      expect(ran.out).toMatch(
        /^✓ release .*\n✗ file +The event has no dist.*\n- reference .*\n- map .*\n- position .*\n- source .*\n→ Use the same dist in the SDK/,
      );
    });

    test("finds a script by its debug id, without a release", async () => {
      await using site = await builtSite({ greeting: version });
      await cli.run(["sourcemaps", "inject", "dist"], { cwd: site.path });
      await upload(site);
      const id = (await readFile(join(site.path, "dist/js/app.js"), "utf8")).match(/debugId=([\da-f-]{36})/)?.[1] ?? "";
      const { line = "", column = "" } = (await traceOf(site)).match(/:(?<line>\d+):(?<column>\d+)/)?.groups ?? {};
      const ran = await explain(`app.js:${line}:${column}`, "--debug-id", id);
      expect(ran).toMatchObject({ exit: 0, out: expect.stringContaining("../../src/greet.ts:3:11") });
      expect((await explain("--debug-id", "12345678-1234-4234-8234-123456789012")).exit).toBe(23);
    });

    test("requires a script URL or a debug id", async () => {
      expect(await explain()).toMatchObject({ exit: 2, err: expect.stringContaining("--debug-id") });
    });
  });
});

const CONTEXT: SourceContextView = { firstLine: 8, before: ["eight", "nine"], line: "ten", lineStart: 0, after: ["", "twelve"] };

test.each([
  [0, ["    > 10 | ten"]],
  [1, ["       9 | nine", "    > 10 | ten", "      11 |"]],
  [5, ["       8 | eight", "       9 | nine", "    > 10 | ten", "      11 |", "      12 | twelve"]],
])("shows %i lines around a place", (around, lines) => {
  expect(printContext(CONTEXT, around, PLAIN)).toEqual(lines);
});

const frame = (more: Partial<ResolvedFrameView>): ResolvedFrameView => ({
  functionName: "t",
  originalFunction: null,
  url: "https://x.test/a.js",
  line: 1,
  column: 1,
  original: null,
  miss: null,
  match: null,
  ...more,
});

const place = (name: string | null) => ({ source: "a.ts", line: 1, column: 2, name, context: null });
const lines = (...frames: ResolvedFrameView[]) => frames.map((one, index) => ({ text: `    at line ${index}`, frame: one }));

test("uses the function name of the source, else that of the trace", () => {
  const stack = lines(
    frame({ original: place("Error"), originalFunction: "greet" }),
    frame({ original: place("greet") }),
    frame({ original: place(null), functionName: null }),
  );
  expect(printStack({ lines: stack, frames: 3, resolved: 3, choices: [] }, 2, PLAIN)).toBe(
    ["    at greet (a.ts:1:2)", "    at t (a.ts:1:2)", "    at a.ts:1:2", "", "3 of 3 frames resolved."].join("\n"),
  );
});

test("prints each reason once, and none for generated code without a source", () => {
  const miss = { reason: "map-missing", sentence: "No map.", fix: "Upload it." } as const;
  const native = { reason: "no-address", sentence: "Native.", fix: "No action is needed." } as const;
  const textless = { reason: "no-sources-content", sentence: "No text.", fix: "Put it in." } as const;
  const stack = lines(frame({ miss }), frame({ miss }), frame({ miss: native }), frame({ original: place(null), miss: textless }));
  expect(
    printStack(
      { lines: [{ text: "Error: x", frame: null }, ...stack, { text: "", frame: null }], frames: 4, resolved: 1, choices: [] },
      2,
      PLAIN,
    ).split("\n"),
  ).toEqual([
    "Error: x",
    "    at line 0",
    "      ✗ No map.",
    "      → Upload it.",
    "    at line 1",
    "    at line 2",
    "    at t (a.ts:1:2)",
    "      ✗ No text.",
    "      → Put it in.",
    "",
    "1 of 4 frames resolved.",
  ]);
});

test("prints once how a script was matched, and the files to choose from with the option for it", () => {
  const match = { by: "reference", file: "~/x.js", sentence: "Matched by its sourceMappingURL." } as const;
  const miss = { reason: "ambiguous", sentence: "2 files match.", fix: "Choose one." } as const;
  const stack = lines(
    frame({ original: place(null), match }),
    frame({ original: place(null), match }),
    frame({ url: "https://x.test/assets/b.js?v=1", miss }),
    frame({ url: "https://x.test/assets/b.js?v=1", miss }),
  );
  const files = [
    { id: "0aec15dd-aea4-52d9-b598-75cd54254902", name: "~/0aec.js", builtName: "b.js", dateUploaded: "2026-06-02T10:30:00.000Z" },
    { id: "~/old/b.js", name: "~/old/b.js", builtName: null, dateUploaded: "2026-06-01T10:30:00.000Z" },
  ];
  const choices = [{ url: "https://x.test/assets/b.js?v=1", chosen: null, files }];
  expect(printStack({ lines: stack, frames: 4, resolved: 2, choices }, 2, PLAIN).split("\n")).toEqual([
    "    at t (a.ts:1:2)",
    "      ✓ Matched by its sourceMappingURL.",
    "    at t (a.ts:1:2)",
    "    at line 2",
    "      ✗ 2 files match.",
    "      → Choose one.",
    "        --file b.js=0aec15dd-aea4-52d9-b598-75cd54254902  b.js, uploaded 2026-06-02 10:30 UTC",
    "        --file b.js=~/old/b.js                            ~/old/b.js, uploaded 2026-06-01 10:30 UTC",
    "    at line 3",
    "",
    "2 of 4 frames resolved.",
  ]);
});
