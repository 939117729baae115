import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addOddFiles, builtSite } from "../src/built-site.ts";
import { clientBench } from "../src/client-bench.ts";
import type { ClientName } from "../src/client-binary.ts";
import { loggedRequests } from "../src/logged-requests.ts";
import { type Staged, stagedBytes } from "../src/staged-bytes.ts";
import { storedArtifacts } from "../src/stored-artifacts.ts";

const bench = clientBench();
const MiB = 1024 * 1024;
const CHUNK = 8 * MiB;

/** What was acknowledged so far: by version, the bytes of the large file. */
const acknowledged = new Map<string, Buffer>();

// Each round kills the server a little later in its work.
const ROUNDS = [
  ["3.8", 0, 1],
  ["2.58", 1, 6 * MiB],
  ["2.22", 2, 16 * MiB],
] as const satisfies readonly (readonly [ClientName, number, number])[];

/** Waits until the server has written so much; false when the client ended before. */
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

async function expectEverything(): Promise<void> {
  const stored = storedArtifacts(bench.server);
  for (const [version, bytes] of acknowledged) {
    const bundles = await stored.bundles(version);
    expect(bundles).toMatchObject([{ associations: [{ release: version, dist: null }], fileCount: 4 }]);
    const bundleId = bundles[0]?.bundleId ?? "none";
    const big = (await stored.files(bundleId)).find(({ filePath }) => filePath === "~/deep/big.js");
    const same = big !== undefined && (await stored.read(bundleId, big)).equals(bytes);
    expect({ version, same }).toEqual({ version, same: true });
    expect(await stored.lookUp({ url: "~/deep/big.js", release: version })).toMatchObject([{ resolved_with: "index" }]);
  }
}

const chunkUploads = async () =>
  (await loggedRequests(bench.server)).filter(({ method, path }) => method === "POST" && path.endsWith("/chunk-upload/")).length;

test.each(ROUNDS)(
  "SIGKILL amid an upload of sentry-cli %s loses nothing acknowledged, and it succeeds when it is run again",
  { timeout: 150_000 },
  async (client, kind, atLeast) => {
    await using site = await builtSite(`upload ${kind}`);
    await addOddFiles(site, 40 * MiB, kind);
    const version = `upload-${kind}`;
    const run = () => bench.run(client, ["sourcemaps", "upload", "--release", version, "--wait", "."], { cwd: site.path, limit: 60_000 });
    const interrupted = run();
    expect(await isCaught(interrupted, ({ all }) => all >= atLeast)).toBe(true);
    await bench.server.crash();
    expect((await interrupted).code).toBe(1);
    expect(await storedArtifacts(bench.server).bundles(version)).toEqual([]);
    await expectEverything();
    expect(await run()).toMatchObject({ code: 0, stdout: expect.stringMatching(/Uploaded files to Sentry\n[^]*File processing complete/) });
    acknowledged.set(version, await readFile(join(site.path, "deep", "big.js")));
    await expectEverything();
  },
);

test.each(ROUNDS)(
  "SIGKILL amid an assembly for sentry-cli %s: the next process ends it, and nothing is sent again",
  { timeout: 150_000 },
  async (client, round, atLeast) => {
    const kind = 10 + round;
    await using site = await builtSite(`assembly ${kind}`);
    await addOddFiles(site, 40 * MiB, kind);
    const version = `assembly-${kind}`;
    const run = () => bench.run(client, ["sourcemaps", "upload", "--release", version, "--wait", "."], { cwd: site.path, limit: 60_000 });
    const interrupted = run();
    // Only what is made of chunks is larger than a chunk.
    expect(await isCaught(interrupted, ({ largest }) => largest > CHUNK + atLeast)).toBe(true);
    await bench.server.crash();
    // A client that sleeps between two questions may never know.
    expect([0, 1]).toContain((await interrupted).code);
    acknowledged.set(version, await readFile(join(site.path, "deep", "big.js")));
    await expect.poll(() => storedArtifacts(bench.server).bundles(version), { timeout: 20_000 }).toHaveLength(1);
    await expectEverything();
    const sent = await chunkUploads();
    expect(await run()).toMatchObject({ code: 0, stdout: expect.stringMatching(/Nothing to upload[^]*File processing complete/) });
    expect(await chunkUploads()).toBe(sent);
    await expectEverything();
  },
);
