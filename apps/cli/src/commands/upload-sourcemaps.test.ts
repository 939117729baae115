import { execFile } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { readDebugId } from "@landfall/artifacts/debug-ids";
import { parseSourceMap } from "@landfall/artifacts/maps/parse-source-map";
import { resolvePosition } from "@landfall/artifacts/maps/resolve-position";
import { parseStack } from "@landfall/artifacts/stacks";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type BuiltSite, builtSite } from "../../test/built-site.ts";
import { scratchRepository } from "../../test/scratch-repository.ts";
import { serveCli, type ServedCli } from "../../test/serve-cli.ts";
import { artifactsUrl } from "./upload-sourcemaps.ts";

describe("upload", () => {
  let cli: ServedCli;
  let made = 0;
  let version: string;

  beforeAll(async () => {
    cli = await serveCli();
  });
  afterAll(() => cli[Symbol.asyncDispose]());

  beforeEach(() => {
    cli.intercept = () => null;
    version = `upload@${(made += 1)}`;
  });

  const upload = (site: { readonly path: string }, ...args: string[]) => cli.run(["sourcemaps", "upload", ...args], { cwd: site.path });
  const uniqueSite = (more: Parameters<typeof builtSite>[0] = {}) => builtSite({ greeting: `hello ${made}`, ...more });

  async function wire(path: string): Promise<Response> {
    return fetch(`${cli.url}/api/0/projects/acme/web${path}`, { headers: { authorization: `Bearer ${cli.token}` } });
  }

  type Stored = { readonly filePath: string; readonly debugId: string | null; readonly sourcemap: string | null; readonly text: string };

  /** Returns the files of the newest bundle of the version on the server. */
  async function storedFiles(query = version): Promise<Stored[]> {
    const bundles = (await (await wire(`/files/artifact-bundles/?query=${query}`)).json()) as { bundleId: string }[];
    const id = bundles[0]?.bundleId ?? "none";
    const { files } = (await (await wire(`/artifact-bundles/${id}/files/`)).json()) as { files: (Stored & { id: string })[] };
    return Promise.all(
      files.map(async (file) => ({
        ...file,
        text: await (await wire(`/artifact-bundles/${id}/files/${encodeURIComponent(file.id)}/`)).text(),
      })),
    );
  }

  const read = (site: BuiltSite, name: string) => readFile(join(site.path, name), "utf8");
  const page = () => `${cli.url}/organizations/acme/projects/web/artifacts/?bundle=`;

  describe("sourcemaps upload", () => {
    test("uploads scripts and maps for a release, and prints one line", async () => {
      await using site = await uniqueSite();
      const ran = await upload(site, "dist", "--release", version, "--dist", "d1");
      expect(ran).toMatchObject({ exit: 0, err: "" });
      expect(ran.out).toMatch(/^\S+: 2 files, [\d.]+ (?:bytes|KiB) sent\. \S+bundle=[\da-f-]{36}\n$/);
      expect(ran.out).toContain(page());
      const files = await storedFiles();
      expect(files).toMatchObject([
        { filePath: "~/js/app.js", debugId: null, sourcemap: "app.js.map" },
        { filePath: "~/js/app.js.map", debugId: null, sourcemap: null },
      ]);
      expect(files.map(({ text }) => text)).toEqual([await read(site, "dist/js/app.js"), await read(site, "dist/js/app.js.map")]);
      const found = await (await wire(`/artifact-lookup/?url=https://x.test/js/app.js&release=${version}&dist=d1`)).json();
      expect(found).toHaveLength(1);
    });

    test("sends nothing the second time", async () => {
      await using site = await uniqueSite();
      await upload(site, "dist", "--release", version);
      const ran = await upload(site, "dist", "--release", version, "--json");
      expect(JSON.parse(ran.out)).toMatchObject({
        release: version,
        bundle: { state: "ok", sentBytes: 0 },
        url: expect.stringContaining(page()),
      });
    });

    test("adds debug ids with --inject, so that no release is needed", async () => {
      await using site = await uniqueSite();
      const env = { SENTRY_RELEASE: "" };
      expect(await cli.run(["sourcemaps", "upload", "dist"], { cwd: site.path, env })).toMatchObject({
        exit: 20,
        err: expect.stringContaining("No release specified"),
      });
      const planned = await cli.run(["sourcemaps", "upload", "dist", "--inject", "--dry-run", "--json"], { cwd: site.path, env });
      expect(readDebugId(await read(site, "dist/js/app.js"))).toBeNull();
      const ran = await cli.run(["sourcemaps", "upload", "dist", "--inject", "--json"], { cwd: site.path, env });
      const id = readDebugId(await read(site, "dist/js/app.js"));
      expect(JSON.parse(ran.out)).toMatchObject({ release: null, files: [{ debugId: id }, { debugId: id }] });
      expect(JSON.parse(planned.out)).toMatchObject({ files: [{ debugId: id }, { debugId: id }], bundle: null, dryRun: true });
      expect(await (await wire(`/artifact-lookup/?debug_id=${id}`)).json()).toHaveLength(1);
    });

    test("uses the version of the git repository", async () => {
      await using repository = await scratchRepository();
      const sha = await repository.commit({ write: { "dist/a.js": `code(${made})` } });
      const ran = await upload(repository, "dist", "--json");
      expect(JSON.parse(ran.out)).toMatchObject({ release: `2026.01.01+${sha.slice(0, 12)}` });
      expect(await upload(repository, "dist", "--release", "a/b")).toMatchObject({ exit: 20, err: expect.stringContaining("slash") });
    });

    test("lists the files in a dry run, and sends nothing", async () => {
      await using site = await uniqueSite();
      const before = cli.requests.length;
      const ran = await upload(site, "dist", "--release", version, "--dry-run");
      expect(ran.out).toBe(`~/js/app.js  dist/js/app.js\n~/js/app.js.map  dist/js/app.js.map\n${version}: 2 files would be uploaded.\n`);
      expect(cli.requests).toHaveLength(before);
    });

    test.each([
      [["--url-prefix", "~/static/"], "~/static/js/app.js", "app.js.map"],
      [["--url-prefix", "/static"], "~/static/js/app.js", "app.js.map"],
      [["--url-prefix", "https://cdn.test/x"], "https://cdn.test/x/js/app.js", "app.js.map"],
      [["--url-suffix", "?v=1"], "~/js/app.js?v=1", "app.js.map?v=1"],
    ])("names files after %j", async (args, filePath, sourcemap) => {
      await using site = await uniqueSite();
      await upload(site, "dist", "--release", version, ...args);
      expect(await storedFiles()).toContainEqual(expect.objectContaining({ filePath, sourcemap }));
    });

    test("uploads the map of a given script", async () => {
      await using site = await uniqueSite();
      await upload(site, "dist/js/app.js", "--release", version);
      expect((await storedFiles()).map(({ filePath }) => filePath)).toEqual(["~/app.js", "~/app.js.map"]);
    });

    test("adds missing source texts from the project", async () => {
      await using site = await uniqueSite({ hasSources: false });
      expect(await upload(site, "dist", "--release", version, "--validate")).toMatchObject({ exit: 0, err: "" });
      const [, map] = await storedFiles();
      const { sources, sourcesContent } = JSON.parse(map?.text ?? "") as { sources: string[]; sourcesContent: string[] };
      expect(sourcesContent[sources.indexOf("../../src/greet.ts")]).toBe(await read(site, "src/greet.ts"));
      expect(JSON.parse(await read(site, "dist/js/app.js.map"))).not.toHaveProperty("sourcesContent");
    });

    test("does not change maps with --no-sources, and warns about missing texts", async () => {
      await using site = await uniqueSite({ hasSources: false });
      const ran = await upload(site, "dist", "--release", version, "--no-sources");
      expect(ran.err).toBe(
        "warning: dist/js/app.js.map does not contain the text of ../../src/greet.ts and 1 more. Enable sourcesContent in the build, or keep the sources next to it.\n",
      );
      expect((await storedFiles())[1]?.text).toBe(await read(site, "dist/js/app.js.map"));
    });

    test("removes prefixes from source names", async () => {
      await using site = await uniqueSite();
      await upload(site, "dist", "--release", version, "--strip-prefix", "../..");
      expect(JSON.parse((await storedFiles())[1]?.text ?? "")).toMatchObject({ sources: ["src/greet.ts", "src/main.ts"] });
    });

    test("warns about problems, about each with --validate", async () => {
      await using site = await uniqueSite();
      await site.write({ "dist/a.js": "1", "dist/b.js": "2\n//# sourceMappingURL=gone.map", "dist/c.js.map": "no json" });
      const ran = await upload(site, "dist", "--release", version);
      expect(ran).toMatchObject({
        exit: 0,
        err: "warning: 3 files have problems. Use --validate to list them. The first: dist/a.js has no source map.\n",
      });
      const validated = await upload(site, "dist", "--release", version, "--validate");
      expect(validated.err.split("\n")).toEqual([
        "warning: dist/a.js has no source map.",
        "warning: dist/b.js refers to the source map gone.map, which does not exist.",
        "warning: dist/c.js.map cannot be used. This is not a source map: it is not JSON.",
        "",
      ]);
    });

    test("warns about two files with the same URL, unless they have debug ids", async () => {
      await using site = await uniqueSite();
      await site.write({ "a/x.js": "first()", "b/x.js": "second()" });
      const ran = await upload(site, "a", "b", "--release", version, "--validate");
      expect(ran.err).toContain("warning: a/x.js and b/x.js have the same URL, ~/x.js.\n");
      const injected = await upload(site, "a", "b", "--release", version, "--inject");
      expect(injected).toMatchObject({ exit: 0, err: expect.not.stringContaining("same URL") });
      expect((await storedFiles()).map(({ filePath }) => filePath)).toEqual(["~/x.js", "~/x.js"]);
    });

    test("fails with --strict if a map is missing or there are no files", async () => {
      await using site = await uniqueSite();
      await site.write({ "dist/a.js": "1", "empty/a.txt": "" });
      const before = cli.requests.length;
      expect(await upload(site, "dist", "--release", version, "--strict")).toMatchObject({
        exit: 20,
        out: "",
        err: expect.stringContaining("dist/a.js has no source map."),
      });
      expect(await upload(site, "empty", "--release", version, "--strict")).toMatchObject({ exit: 20 });
      expect(await upload(site, "empty", "--release", version, "--strict", "--allow-failure")).toMatchObject({ exit: 0 });
      expect(await upload(site, "empty", "--release", version)).toMatchObject({
        exit: 0,
        out: `${version}: nothing uploaded.\n`,
        err: "warning: Found nothing to upload in empty.\n",
      });
      expect(cli.requests).toHaveLength(before);
    });

    test("does not wait with --no-wait", async () => {
      await using site = await uniqueSite();
      const ran = await upload(site, "dist", "--release", version, "--no-wait");
      expect(ran).toMatchObject({ exit: 0 });
      expect(ran.out).toContain(", not processed yet.");
    });

    test.each([
      [31, [], 503],
      [0, ["--allow-failure"], 503],
      [10, [], 401],
    ])("exits with %i %j when the server responds with %s%s", async (exit, args, status) => {
      await using site = await uniqueSite();
      cli.intercept = (request) => (request.url.endsWith("/chunk-upload/") ? Response.json({ detail: "no" }, { status }) : null);
      expect(await upload(site, "dist", "--release", version, ...args)).toMatchObject({ exit, out: "" });
    });

    test("exits with the code of the cause if the server rejects the upload", async () => {
      await using site = await uniqueSite();
      expect(await upload(site, "dist", "--release", version, "-p", "nope")).toMatchObject({ exit: 20 });
      expect(await upload(site, "dist", "--release", version, "--org", "nowhere")).toMatchObject({ exit: 21 });
      expect(await upload(site, "dist", "--dist", "d", "--release", version, "--token", "sntryu_x")).toMatchObject({ exit: 10 });
    });

    test("works with a CI token, and leaves no temporary files", async () => {
      await using site = await uniqueSite();
      // A folder of its own, because other tests create temporary files at the same time.
      const temporary = await mkdtemp(join(tmpdir(), "landfall-upload-"));
      vi.stubEnv("TMPDIR", temporary);
      try {
        expect(await upload(site, "dist", "--release", version, "--token", cli.ciToken)).toMatchObject({ exit: 0 });
        expect(await readdir(temporary)).toEqual([]);
      } finally {
        vi.unstubAllEnvs();
        await rm(temporary, { recursive: true });
      }
    });
  });
});

test.each([
  ["https://lf.test", "acme", "web", null, "https://lf.test/organizations/acme/projects/web/artifacts/"],
  ["https://lf.test/x//", "a b", "é", "1-2", "https://lf.test/x/organizations/a%20b/projects/%C3%A9/artifacts/?bundle=1-2"],
])("%s %s %s %s", (server, organization, project, bundle, expected) => {
  expect(artifactsUrl(server, organization, project, bundle)).toBe(expected);
});

describe("inject", () => {
  let cli: ServedCli;

  beforeAll(async () => {
    cli = await serveCli();
  });
  afterAll(() => cli[Symbol.asyncDispose]());

  const inject = (site: BuiltSite, ...more: string[]) => cli.run(["sourcemaps", "inject", "dist", ...more], { cwd: site.path });
  const read = (site: BuiltSite, name: string) => readFile(join(site.path, name), "utf8");

  /** Returns the stack trace of the script, run by Node. */
  async function thrown(path: string): Promise<string> {
    const error: unknown = await promisify(execFile)(process.execPath, [path]).then(
      () => null,
      (reason: unknown) => reason,
    );
    return typeof error === "object" && error !== null && "stderr" in error ? String(error.stderr) : "";
  }

  describe("sourcemaps inject", () => {
    test("adds the same id to a script and its map, and positions stay correct", async () => {
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
      const frame = parseStack(await thrown(join(site.path, "dist/js/app.js"))).find(
        (line) => line.kind === "frame" && line.column !== null,
      );
      if (frame?.kind !== "frame" || frame.line === null) throw new Error("nothing was thrown");
      expect(resolvePosition(map, { line: frame.line, column: frame.column })).toMatchObject({
        isFound: true,
        source: "../../src/greet.ts",
        line: 3,
      });
    });

    test("changes nothing the second time, not even file times", async () => {
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

    test("only prints the changes in a dry run", async () => {
      await using site = await builtSite();
      const before = await read(site, "dist/js/app.js");
      const planned = await inject(site, "--dry-run", "--quiet");
      expect(planned.out).toContain("1 to inject, 0 unchanged.");
      expect(await read(site, "dist/js/app.js")).toBe(before);
      const { out } = await inject(site);
      expect(out.match(/[\da-f-]{36}/)?.[0]).toBe(planned.out.match(/[\da-f-]{36}/)?.[0]);
    });

    test.each(["inline", "none"] as const)("injects a script whose map is %s", async (sourcemap) => {
      await using site = await builtSite({ sourcemap });
      expect((await inject(site)).out).toMatch(/injected {2}dist\/js\/app.js {2}- /);
      expect(readDebugId(await read(site, "dist/js/app.js"))).not.toBeNull();
      expect((await inject(site)).out).toContain("0 injected, 1 unchanged.");
    });

    test("skips files that it cannot change safely", async () => {
      await using site = await builtSite();
      await site.write({ "dist/broken.js": "code()\n//# sourceMappingURL=broken.js.map", "dist/broken.js.map": "no json" });
      await writeFile(join(site.path, "dist/latin.js"), Buffer.from([0x61, 0xe9, 0x62]));
      const ran = await inject(site);
      expect(ran.exit).toBe(0);
      expect(ran.out).toContain("1 injected, 0 unchanged, 2 skipped.");
      expect(ran.err).toContain("dist/broken.js: This is not a source map: it is not JSON.");
      expect(ran.err).toContain("dist/latin.js: The script is not UTF-8");
      expect(await read(site, "dist/broken.js.map")).toBe("no json");
      expect(await readFile(join(site.path, "dist/latin.js"))).toEqual(Buffer.from([0x61, 0xe9, 0x62]));
    });

    test("warns about a folder without scripts, and rejects a missing one", async () => {
      await using site = await builtSite();
      expect(await cli.run(["sourcemaps", "inject", "src"], { cwd: site.path })).toMatchObject({
        exit: 0,
        err: "warning: No scripts found in src.\n",
      });
      expect(await cli.run(["sourcemaps", "inject", "nowhere"], { cwd: site.path })).toMatchObject({ exit: 20 });
      expect(await cli.run(["sourcemaps", "inject"], { cwd: site.path })).toMatchObject({ exit: 2 });
    });

    test("requires no server and no token", async () => {
      await using site = await builtSite();
      const env = { SENTRY_URL: "", SENTRY_AUTH_TOKEN: "", SENTRY_ORG: "" };
      expect(await cli.run(["sourcemaps", "inject", "dist"], { cwd: site.path, env })).toMatchObject({ exit: 0, err: "" });
    });
  });
});
