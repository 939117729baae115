import { readdir, readFile, utimes } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addOddFiles, builtSite } from "../src/built-site.ts";
import { clientBench } from "../src/client-bench.ts";
import type { ClientName } from "../src/client-binary.ts";
import { loggedRequests, type Staged, stagedBytes } from "../src/observed-server.ts";
import { storedArtifacts } from "../src/stored-artifacts.ts";

const bench = clientBench();
const MiB = 1024 * 1024;
const CHUNK = 8 * MiB;

/** The size of the large file; compressed, it has three chunks. */
const SIZE = 32 * MiB;

/** The acknowledged bundles: the bytes of the large file, by version. */
const acknowledged = new Map<string, Buffer>();

// Each round kills the server a little later in its work; the two tests of each make ten.
const ROUNDS = [
  ["3.8", 0, 1],
  ["2.58", 1, 6 * MiB],
  ["2.22", 2, 12 * MiB],
  ["3.0", 3, 3 * MiB],
  ["3.6", 4, 9 * MiB],
] as const satisfies readonly (readonly [ClientName, number, number])[];

/** Waits until `isMoment` is true for the unfinished files. Returns false if the client ended before. */
async function isCaught(client: Promise<unknown>, isMoment: (staged: Staged) => boolean): Promise<boolean> {
  const over = new AbortController();
  const end = () => {
    over.abort();
  };
  client.then(end, end);
  const staged = await stagedBytes(bench.server);
  while (!over.signal.aborted) {
    if (isMoment(await staged())) return true;
    await new Promise((later) => {
      setTimeout(later, 1);
    });
  }
  return false;
}

/** Asserts that an acknowledged bundle exists with all of its files, and is found. */
async function expectExists(version: string): Promise<void> {
  const stored = storedArtifacts(bench.server);
  expect(await stored.bundles(version)).toMatchObject([{ associations: [{ release: version, dist: null }], fileCount: 4 }]);
  expect(await stored.lookUp({ url: "~/deep/big.js", release: version })).toMatchObject([{ resolved_with: "index" }]);
}

/** Asserts that its large file is what was uploaded. */
async function expectIntact(version: string, bytes: Buffer): Promise<void> {
  const stored = storedArtifacts(bench.server);
  const bundleId = (await stored.bundles(version))[0]?.bundleId ?? "none";
  const big = (await stored.files(bundleId)).find(({ filePath }) => filePath === "~/deep/big.js");
  const same = big !== undefined && (await stored.read(bundleId, big)).equals(bytes);
  expect({ version, same }).toEqual({ version, same: true });
}

/** Asserts that all acknowledged bundles exist; reads the latest one, which is most at risk. */
async function expectAcknowledged(): Promise<void> {
  for (const version of acknowledged.keys()) await expectExists(version);
  for (const [version, bytes] of [...acknowledged].slice(-1)) await expectIntact(version, bytes);
}

const chunkUploads = async () =>
  (await loggedRequests(bench.server)).filter(({ method, path }) => method === "POST" && path.endsWith("/chunk-upload/")).length;

test.each(ROUNDS)(
  "SIGKILL amid an upload of sentry-cli %s loses nothing acknowledged, and it succeeds when it is run again",
  { timeout: 150_000 },
  async (client, kind, atLeast) => {
    await using site = await builtSite(`upload ${kind}`);
    await addOddFiles(site, SIZE, kind);
    const version = `upload-${kind}`;
    const run = () => bench.run(client, ["sourcemaps", "upload", "--release", version, "--wait", "."], { cwd: site.path, limit: 60_000 });
    const interrupted = run();
    expect(await isCaught(interrupted, ({ all }) => all >= atLeast)).toBe(true);
    await bench.server.crash();
    expect((await interrupted).code).toBe(1);
    expect(await storedArtifacts(bench.server).bundles(version)).toEqual([]);
    await expectAcknowledged();
    expect(await run()).toMatchObject({ code: 0, stdout: expect.stringMatching(/Uploaded files to Sentry\n[^]*File processing complete/) });
    acknowledged.set(version, await readFile(join(site.path, "deep", "big.js")));
    await expectAcknowledged();
  },
);

test.each(ROUNDS)(
  "SIGKILL amid an assembly for sentry-cli %s: the next process ends it, and nothing is sent again",
  { timeout: 150_000 },
  async (client, round, atLeast) => {
    const kind = 10 + round;
    await using site = await builtSite(`assembly ${kind}`);
    await addOddFiles(site, SIZE, kind);
    const version = `assembly-${kind}`;
    const run = () => bench.run(client, ["sourcemaps", "upload", "--release", version, "--wait", "."], { cwd: site.path, limit: 60_000 });
    const interrupted = run();
    // Only an assembled file is larger than a chunk.
    expect(await isCaught(interrupted, ({ largest }) => largest > CHUNK + atLeast)).toBe(true);
    await bench.server.crash();
    // A client that waits between two polls may not notice the crash.
    expect([0, 1]).toContain((await interrupted).code);
    acknowledged.set(version, await readFile(join(site.path, "deep", "big.js")));
    await expect.poll(() => storedArtifacts(bench.server).bundles(version), { timeout: 20_000 }).toHaveLength(1);
    await expectAcknowledged();
    const sent = await chunkUploads();
    expect(await run()).toMatchObject({ code: 0, stdout: expect.stringMatching(/Nothing to upload[^]*File processing complete/) });
    expect(await chunkUploads()).toBe(sent);
    await expectAcknowledged();
  },
);

test("only unfinished files of killed processes are swept, after a day", { timeout: 60_000 }, async () => {
  const blobs = join(bench.server.dataDirectory, "blobs");
  const staged = () => readdir(join(blobs, "staged"));
  expect((await staged()).length).toBeGreaterThan(0);
  // A starting server keeps younger files, which may still be written.
  await bench.server.crash();
  expect((await staged()).length).toBeGreaterThan(0);
  const before = new Date(Date.now() - 25 * 60 * 60 * 1000);
  for (const entry of await readdir(blobs, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) await utimes(join(entry.parentPath, entry.name), before, before);
  await bench.server.crash();
  await expect.poll(staged, { timeout: 20_000 }).toEqual([]);
  expect(acknowledged.size).toBe(2 * ROUNDS.length);
  await expectAcknowledged();
  for (const [version, bytes] of acknowledged) await expectIntact(version, bytes);
});
