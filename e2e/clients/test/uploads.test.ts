import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { addOddFiles, builtSite } from "../src/built-site.ts";
import { clientBench, type RunOptions } from "../src/client-bench.ts";
import { type ClientName, isInstalled, RUST_CLIENTS } from "../src/client-binary.ts";
import { loggedRequests } from "../src/observed-server.ts";
import { type ProgramResult, type ScratchDirectory, scratchDirectory } from "../src/run-program.ts";
import { storedArtifacts } from "../src/stored-artifacts.ts";

const bench = clientBench();
const clients = RUST_CLIENTS.filter(isInstalled);
const MINUTES = { timeout: 150_000 };

/** Returns the number of chunk uploads that the server has accepted. */
const chunkUploads = async () =>
  (await loggedRequests(bench.server)).filter(({ method, path }) => method === "POST" && path.endsWith("/chunk-upload/")).length;

/** Lines of the clients' output that do not concern the server. */
const IRRELEVANT = [
  // 2.58 prints the speed.
  /^> \w+ completed in [\d.]+m?s\n/gm,
  // 2.25 does not know the later token format.
  /^ {2}WARN .* Unrecognized auth token format!\n\tHint: Did you copy your token correctly\?\n/gm,
  // The test uploads a script without a source map.
  /^ +- warning: could not determine a source map reference .*~\/(deep\/big|empty)\.js\)\n/gm,
];

/** Runs a client that must succeed, without warnings of client or server. */
async function runs(client: ClientName, args: readonly string[], options: RunOptions): Promise<ProgramResult> {
  const result = await bench.run(client, args, options);
  const [stdout, stderr] = [result.stdout, result.stderr].map((text) => IRRELEVANT.reduce((rest, one) => rest.replace(one, ""), text));
  expect({ client, args, code: result.code, stdout, stderr: stderr?.trim() }).toEqual({
    client,
    args,
    code: 0,
    stdout: expect.not.stringMatching(/warn|error|fail/i),
    stderr: "",
  });
  expect(bench.server.output()).not.toMatch(/"level":[456]0/);
  return result;
}

/** Uploads a site unchanged; by default, the client would change source maps. */
const upload = (client: ClientName, { path: cwd }: ScratchDirectory, ...more: string[]) =>
  runs(client, ["sourcemaps", "upload", "--no-rewrite", ...more, "."], { cwd, limit: 60_000 });

/** Asserts that the newest bundle with the id contains these files, byte for byte. */
async function expectStored(bundleId: string, { path }: ScratchDirectory, names: readonly string[]): Promise<void> {
  const stored = storedArtifacts(bench.server);
  const files = await stored.files(bundleId);
  expect(files.map(({ filePath }) => filePath)).toEqual(names.map((name) => `~/${name}`).toSorted());
  for (const file of files) {
    const there = await readFile(join(path, file.filePath.slice(2)));
    expect(file).toMatchObject({ fileSize: there.length });
    const here = await stored.read(bundleId, file);
    expect({ file: file.filePath, isSame: here.equals(there) }).toEqual({ file: file.filePath, isSame: true });
  }
}

const bundleIdOf = ({ stdout }: ProgramResult) => /Bundle ID: ([0-9a-f-]{36})/.exec(stdout)?.[1] ?? "none";

describe.each(clients)("sentry-cli %s uploads a build", (client) => {
  test("with debug ids and without a release", MINUTES, async () => {
    await using site = await builtSite(`debug ids of ${client}`);
    const injected = await runs(client, ["sourcemaps", "inject", "."], { cwd: site.path });
    const debugId = /\n\/\/# debugId=([0-9a-f-]{36})\s*$/.exec(await readFile(join(site.path, "app.js"), "utf8"))?.[1] ?? "not injected";
    expect(injected.stdout).toContain(debugId);
    const stored = storedArtifacts(bench.server);
    expect(await stored.lookUp({ debug_id: debugId })).toEqual([]);

    const uploaded = await upload(client, site, "--wait");
    for (const line of ["Uploaded files to Sentry", "File processing complete", "Release: None", "Upload type: artifact bundle", debugId])
      expect(uploaded.stdout).toContain(line);

    const bundleId = bundleIdOf(uploaded);
    expect(await stored.bundles(bundleId)).toMatchObject([{ bundleId, associations: [], fileCount: 2, dateModified: null }]);
    expect(await stored.files(bundleId)).toMatchObject([
      { filePath: "~/app.js", debugId, sourcemap: "app.js.map" },
      { filePath: "~/app.js.map", fileType: 3, debugId, sourcemap: null },
    ]);
    await expectStored(bundleId, site, ["app.js", "app.js.map"]);
    const [found, ...others] = await stored.lookUp({ debug_id: debugId, url: "https://example.test/app.js", release: "none" });
    expect(found).toMatchObject({ type: "bundle", resolved_with: "debug-id" });
    expect(others).toEqual([]);
    if (found) expect((await stored.fetchFound(found)).subarray(0, 4).toString()).toBe("SYSB");

    const sent = await chunkUploads();
    const again = await upload(client, site, "--wait");
    expect(again.stdout).toContain("Nothing to upload, all files are on the server");
    expect(again.stdout).toContain("File processing complete");
    expect(await chunkUploads()).toBe(sent);
    expect(await stored.bundles(bundleId)).toHaveLength(1);
  });

  test("for a release, and for a dist of it, from the same files", MINUTES, async () => {
    await using site = await builtSite(`releases of ${client}`);
    const version = `app@${client}+1`;
    const stored = storedArtifacts(bench.server);
    const lookUp = (more: Readonly<Record<string, string>>) => stored.lookUp({ url: "https://example.test/app.js?v=1", ...more });
    await runs(client, ["sourcemaps", "inject", "."], { cwd: site.path });

    const first = await upload(client, site, "--release", version, "--wait", "--strict");
    for (const line of ["Uploaded files to Sentry", "File processing complete", `Release: ${version}`, "Dist: None"])
      expect(first.stdout).toContain(line);
    const unnamed = await lookUp({ release: version });
    expect(unnamed).toMatchObject([{ type: "bundle", resolved_with: "index" }]);
    expect(await lookUp({ release: version, dist: "d1" })).toEqual([]);

    const second = await upload(client, site, "--release", version, "--dist", "d1", "--note", "from a test", "--wait");
    for (const line of ["Uploaded files to Sentry", "File processing complete", `Release: ${version}`, "Dist: d1"])
      expect(second.stdout).toContain(line);
    const ofDist = await lookUp({ release: version, dist: "d1" });
    expect(ofDist).toMatchObject([{ type: "bundle", resolved_with: "index" }]);
    expect(ofDist).not.toEqual(unnamed);
    expect(await lookUp({ release: version })).toEqual(unnamed);
    expect(await lookUp({ release: `${version}0` })).toEqual([]);

    // The client derives the bundle id from the files alone.
    expect(bundleIdOf(second)).toBe(bundleIdOf(first));
    expect((await stored.bundles(version)).map(({ associations }) => associations)).toEqual([
      [{ release: version, dist: "d1" }],
      [{ release: version, dist: null }],
    ]);
    await expectStored(bundleIdOf(second), site, ["app.js", "app.js.map"]);
    // An upload does not create a release.
    expect(await bench.api.findRelease(version)).toBeUndefined();

    const sent = await chunkUploads();
    for (const more of [[], ["--dist", "d1", "--note", "from a test"]]) {
      const { stdout } = await upload(client, site, "--release", version, ...more, "--wait");
      expect(stdout).toContain("Nothing to upload, all files are on the server");
      expect(stdout).toContain("File processing complete");
    }
    expect(await chunkUploads()).toBe(sent);
    expect(await stored.bundles(version)).toHaveLength(2);
  });

  test("without waiting, without debug ids, with an organization token", MINUTES, async () => {
    await using site = await builtSite(`no waiting of ${client}`);
    const version = `quick-${client}`;
    const env = { SENTRY_AUTH_TOKEN: bench.server.ciToken };
    const args = ["sourcemaps", "upload", "--release", version, "--dist", "d1", "--url-prefix", "https://cdn.example.test/static", "."];
    const { stdout } = await runs(client, args, { cwd: site.path, env });
    expect(stdout).toMatch(/File upload complete \(processing pending on server\)|File processing complete/);
    const stored = storedArtifacts(bench.server);
    await expect
      .poll(() => stored.lookUp({ url: "https://cdn.example.test/static/app.js", release: version, dist: "d1" }), { timeout: 10_000 })
      .toMatchObject([{ type: "bundle", resolved_with: "index" }]);
    const [bundle] = await stored.bundles(version);
    const files = await stored.files(bundle?.bundleId ?? "none");
    expect(files.map(({ filePath }) => filePath)).toEqual(
      ["app.js", "app.js.map"].map((name) => `https://cdn.example.test/static/${name}`),
    );
  });

  test("without files", MINUTES, async () => {
    await using empty = await scratchDirectory("empty");
    const { stdout } = await upload(client, empty, "--release", "nothing", "--wait");
    expect(stdout).toContain("Nothing to upload");
    const strict = await bench.run(client, ["sourcemaps", "upload", "--release", "nothing", "--strict", "."], { cwd: empty.path });
    expect(strict).toMatchObject({ code: 1, stderr: expect.stringContaining("No files to upload (strict mode).") });
    expect(await storedArtifacts(bench.server).bundles("nothing")).toEqual([]);
  });
});

describe.each(["3.8", "2.58", "2.22"] as const)("sentry-cli %s uploads large files", (client) => {
  test("a file of 40 MB and an empty one, in several chunks, once", MINUTES, async () => {
    await using site = await builtSite(`large of ${client}`);
    await addOddFiles(site, 40 * 1024 * 1024);
    const version = `large-${client}`;
    const before = await chunkUploads();
    const uploaded = await upload(client, site, "--release", version, "--wait");
    expect(uploaded.stdout).toContain("Uploaded files to Sentry");
    expect(uploaded.stdout).toContain("File processing complete");
    const sent = await chunkUploads();
    expect(sent).toBeGreaterThan(before);

    const stored = storedArtifacts(bench.server);
    const bundleId = bundleIdOf(uploaded);
    await expectStored(bundleId, site, ["app.js", "app.js.map", "deep/big.js", "empty.js"]);
    const [found] = await stored.lookUp({ url: "~/deep/big.js", release: version });
    expect(found).toMatchObject({ type: "bundle", resolved_with: "index" });
    // More than three chunks of eight MiB.
    if (found) expect((await stored.fetchFound(found)).length).toBeGreaterThan(3 * 8 * 1024 * 1024);

    const again = await upload(client, site, "--release", version, "--wait");
    expect(again.stdout).toContain("Nothing to upload, all files are on the server");
    expect(await chunkUploads()).toBe(sent);
  });
});

describe("a rejected upload", () => {
  // For 2.x, a missing organization means a server without chunk uploads, so it tries the upload of single files instead.
  const messages = { "3.8": /organization not found/i, "2.58": /project not found/i, "2.22": /project not found/i };

  test.each(["3.8", "2.58", "2.22"] as const)("sentry-cli %s gets an error for an unknown organization or project", async (client) => {
    await using site = await builtSite("unknown organization");
    const args = ["sourcemaps", "upload", "--release", "nowhere", "--wait", "."];
    const organization = await bench.run(client, args, { cwd: site.path, env: { SENTRY_ORG: "no-such-org" } });
    expect(organization).toMatchObject({ code: 1, stderr: expect.stringMatching(messages[client]) });
    const project = await bench.run(client, args, { cwd: site.path, env: { SENTRY_PROJECT: "no-such-project" } });
    expect(project).toMatchObject({ code: 1, stderr: expect.stringContaining("One or more projects are invalid") });
    expect(await storedArtifacts(bench.server).bundles("nowhere")).toEqual([]);
  });
});

test("the TypeScript client uploads a build, and its report is correct", MINUTES, async () => {
  await using site = await builtSite("from the new client");
  const uploaded = await bench.run("new", ["sourcemap", "upload", ".", "--release", "of-new"], { cwd: site.path, limit: 60_000 });
  expect(uploaded).toMatchObject({ code: 0, stdout: expect.stringContaining("Files uploaded") });
  const stored = storedArtifacts(bench.server);
  await expect.poll(() => stored.bundles("of-new"), { timeout: 10_000 }).toHaveLength(1);
  const [bundle] = await stored.bundles("of-new");
  const files = await stored.files(bundle?.bundleId ?? "none");
  expect(files.map(({ filePath }) => filePath)).toEqual(["~/app.js", "~/app.js.map"]);
  const debugId = files[0]?.debugId ?? "none";
  expect(await stored.lookUp({ debug_id: debugId })).toMatchObject([{ resolved_with: "debug-id" }]);
  expect(await stored.lookUp({ url: "~/app.js", release: "of-new" })).toMatchObject([{ resolved_with: "index" }]);
});
