import { createHash } from "node:crypto";
import { uploadBundle } from "@landfall/client/uploads/upload-bundle";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { generatedBundle, noise } from "../src/generated-bundle.ts";
import { forgetPeak, residentMemory } from "../src/observed-server.ts";
import { releasePath, restApi } from "../src/rest-api.ts";
import { type RunningServer, startServer } from "../src/start-server.ts";
import { storedArtifacts } from "../src/stored-artifacts.ts";

const MiB = 1024 * 1024;

/** The upload size; the limit of servers is 2048. */
const SIZE = Number(process.env["LANDFALL_E2E_UPLOAD_MIB"] ?? 256) * MiB;

/** The allowed memory growth of the server. */
const ALLOWED_GROWTH = 128 * MiB;

describe.runIf(process.platform === "linux")("the server", { timeout: 600_000 }, () => {
  let server: RunningServer;
  let idle: number;
  beforeEach(async () => {
    server = await startServer();
    await forgetPeak(server.pid);
    idle = (await residentMemory(server.pid)).now;
  });
  afterEach(() => server[Symbol.asyncDispose]());

  async function expectFlat(what: string, work: () => Promise<void>): Promise<void> {
    const begun = performance.now();
    await work();
    const seconds = (performance.now() - begun) / 1000;
    const more = (await residentMemory(server.pid)).peak - idle;
    const [size, rest, peak] = [SIZE, idle, more].map((bytes) => Math.round(bytes / MiB));
    console.log(`${what}: ${size} MiB in ${seconds.toFixed(1)} s; ${rest} MiB in memory at rest, at most ${peak} MiB more`);
    expect(more).toBeLessThanOrEqual(ALLOWED_GROWTH);
  }

  test("receives a release file without keeping it in memory", async () => {
    await restApi(server.url, server.token).send("POST", "/organizations/acme/releases/", { version: "1", projects: ["web"] });
    const sum = createHash("sha1");
    const target = `${server.url}/api/0${releasePath("1")}files/`;
    const headers = { authorization: `Bearer ${server.token}`, "content-type": "multipart/form-data; boundary=edge" };
    let stored: unknown;
    await expectFlat("one file", async () => {
      const response = await fetch(target, { method: "POST", headers, body: ReadableStream.from(formOf(SIZE, sum)), duplex: "half" });
      stored = await response.json();
    });
    expect(stored).toMatchObject({ name: "~/large.js", size: SIZE, sha1: sum.digest("hex") });
    const { id } = z.object({ id: z.string() }).parse(stored);
    const range = { range: `bytes=-${MiB}`, authorization: headers.authorization };
    await expectFlat("its end read", async () => {
      const end = await fetch(`${target}${id}/?download=1`, { headers: range });
      expect(end.status).toBe(206);
      expect(Buffer.from(await end.arrayBuffer()).equals(noise(1, SIZE - MiB, MiB))).toBe(true);
    });
  });

  test("receives chunks and assembles a bundle without keeping it in memory", async () => {
    const bundle = generatedBundle(SIZE - MiB);
    await expectFlat("a bundle in chunks", async () => {
      const uploaded = await uploadBundle(
        { url: server.url, token: server.token },
        { organization: "acme", projects: ["web"], version: "1", bundle },
      );
      expect(uploaded).toMatchObject({ state: "ok", size: bundle.size, sentBytes: bundle.size });
    });
    const stored = storedArtifacts(server);
    expect(await stored.lookUp({ url: "https://example.test/0.js", release: "1" })).toMatchObject([
      { type: "bundle", resolved_with: "index" },
    ]);
  });
});

/** A form with a file of noise, which is hashed on its way. */
async function* formOf(size: number, sum: ReturnType<typeof createHash>) {
  yield Buffer.from('--edge\r\ncontent-disposition: form-data; name="name"\r\n\r\n~/large.js\r\n');
  yield Buffer.from('--edge\r\ncontent-disposition: form-data; name="file"; filename="large.js"\r\n\r\n');
  for (let offset = 0; offset < size; offset += MiB) {
    const part = noise(1, offset, Math.min(MiB, size - offset));
    sum.update(part);
    yield part;
  }
  yield Buffer.from("\r\n--edge--\r\n");
}
