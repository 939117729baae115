import { createHash, randomBytes } from "node:crypto";
import { fromBytes } from "@landfall/artifacts/archive/random-access";
import { makeBundle, zipOf } from "@landfall/testing/artifacts/make-bundle";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { serveApp, type ServedApp } from "../../test/serve-app.ts";
import { type UploadBundle, uploadBundle, type UploadProgress } from "./upload-bundle.ts";

let app: ServedApp;

beforeAll(async () => {
  app = await serveApp();
});

afterAll(() => app[Symbol.asyncDispose]());

beforeEach(() => {
  app.intercept = () => null;
  app.assembles = true;
});

let count = 0;

/** A unique bundle, with incompressible content. */
function bundleOf(bytes = 100): Uint8Array {
  const noise = randomBytes(Math.ceil(bytes / 2))
    .toString("hex")
    .slice(0, bytes);
  count += 1;
  return makeBundle({ files: { a: { url: "~/a.js", type: "minified_source", content: `${count} ${noise}` } } });
}

/** Chunks of 1,000 bytes, two per request, as another server might require. */
const SMALL = { chunkSize: 1_000, chunksPerRequest: 2, maxRequestSize: 2_000, maxFileSize: 1_000_000, concurrency: 3 };

async function smallOptions(request: Request, more: Readonly<Record<string, unknown>> = {}): Promise<Response | null> {
  if (request.method !== "GET" || !request.url.endsWith("/chunk-upload/")) return null;
  return Response.json({ ...SMALL, hashAlgorithm: "sha1", compression: ["gzip"], ...more });
}

type More = Partial<UploadBundle> & { readonly waits?: boolean };

const upload = (bytes: Uint8Array, more: More = {}) =>
  uploadBundle(
    { url: app.url, token: app.token, retry: { delayMs: () => 0 } },
    { organization: "acme", projects: ["web"], bundle: fromBytes(bytes), ...more },
  );

const seen = (since: number): string[] =>
  app.server.requests.slice(since).map(({ method, url }) => `${method} ${url.replace("/api/0/organizations/acme/", "")}`);

const sha1 = (bytes: Uint8Array): string => createHash("sha1").update(bytes).digest("hex");

async function bundlesOf(version: string): Promise<unknown[]> {
  const address = `${app.url}/api/0/projects/acme/web/files/artifact-bundles/?query=${version}`;
  const response = await fetch(address, { headers: { authorization: `Bearer ${app.token}` } });
  return (await response.json()) as unknown[];
}

describe("uploadBundle", () => {
  test("sends missing chunks and waits until the files are found", async () => {
    const bytes = bundleOf();
    const before = app.server.requests.length;
    const progress: UploadProgress[] = [];
    const uploaded = await upload(bytes, { version: "web@1", dist: "d1", onProgress: (event) => progress.push(event) });
    expect(uploaded).toEqual({ state: "ok", checksum: sha1(bytes), size: bytes.byteLength, sentBytes: bytes.byteLength });
    expect(seen(before).slice(0, 4)).toEqual([
      "GET chunk-upload/",
      "POST artifactbundle/assemble/",
      "POST chunk-upload/",
      "POST artifactbundle/assemble/",
    ]);
    expect(progress).toEqual([
      { step: "reading", done: bytes.byteLength, total: bytes.byteLength },
      { step: "sending", done: 0, total: bytes.byteLength },
      { step: "sending", done: bytes.byteLength, total: bytes.byteLength },
    ]);
    expect(await bundlesOf("web@1")).toMatchObject([{ associations: [{ release: "web@1", dist: "d1" }], fileCount: 1 }]);
  });

  test("sends nothing the second time", async () => {
    const bytes = bundleOf();
    await upload(bytes);
    const before = app.server.requests.length;
    expect(await upload(bytes)).toMatchObject({ state: "ok", sentBytes: 0 });
    expect(seen(before)).toEqual(["GET chunk-upload/", "POST artifactbundle/assemble/"]);
  });

  test("sends a long bundle in many chunks, a few at a time", async () => {
    app.intercept = smallOptions;
    const bytes = bundleOf(20_000);
    const before = app.server.requests.length;
    const sent: number[] = [];
    const uploaded = await upload(bytes, { onProgress: ({ step, done }) => step === "sending" && sent.push(done) });
    expect(uploaded).toMatchObject({ state: "ok", sentBytes: bytes.byteLength });
    const chunks = Math.ceil(bytes.byteLength / SMALL.chunkSize);
    expect(seen(before).filter((line) => line === "POST chunk-upload/")).toHaveLength(chunks);
    expect(sent).toEqual(sent.toSorted((a, b) => a - b));
    expect(sent.at(-1)).toBe(bytes.byteLength);
  });

  test("compresses what is compressible, and only if the server supports it", async () => {
    const texts: string[] = [];
    let compression: string[] = ["gzip"];
    app.intercept = async (request) => {
      if (request.method === "POST" && request.url.endsWith("/chunk-upload/")) texts.push(await request.clone().text());
      return smallOptions(request, { compression, chunkSize: 1_000_000 });
    };
    app.assembles = false;
    const send = (bytes: Uint8Array) => upload(bytes, { waits: false });
    expect(await send(Buffer.from("packs well, ".repeat(10_000)))).toMatchObject({ state: "created", sentBytes: 120_000 });
    expect(texts[0]).toContain('name="file_gzip"');
    expect(texts[0]?.length).toBeLessThan(10_000);
    compression = [];
    await send(Buffer.from("packs too, ".repeat(10_000)));
    expect(texts[1]).toContain('name="file"');
    compression = ["gzip"];
    await send(randomBytes(100_000));
    expect(texts[2]).toContain('name="file"');
  });

  test("continues an interrupted upload", async () => {
    const bytes = bundleOf(20_000);
    const controller = new AbortController();
    let sent = 0;
    app.intercept = async (request) => {
      if (request.method === "POST" && request.url.endsWith("/chunk-upload/") && ++sent === 6) controller.abort();
      return smallOptions(request);
    };
    await expect(upload(bytes, { signal: controller.signal })).rejects.toMatchObject({ code: "aborted" });
    const { sentBytes } = await upload(bytes);
    expect(sentBytes).toBeGreaterThan(0);
    expect(sentBytes).toBeLessThan(bytes.byteLength - 2 * SMALL.chunkSize);
    expect(await upload(bytes)).toMatchObject({ sentBytes: 0 });
  });

  test("retries requests without a response", async () => {
    const failures = new Map<string, number>();
    app.intercept = async (request) => {
      const key = `${request.method} ${new URL(request.url).pathname}`;
      const failed = failures.get(key) ?? 0;
      failures.set(key, failed + 1);
      if (failed < 2) return new Response("", { status: 503 });
      return null;
    };
    const waits: number[] = [];
    const wait = async (ms: number): Promise<void> => void waits.push(ms);
    const bytes = bundleOf();
    const uploaded = await uploadBundle(
      { url: app.url, token: app.token, retry: { delayMs: (count) => count, wait } },
      { organization: "acme", projects: ["web"], bundle: fromBytes(bytes), waits: false },
    );
    expect(uploaded.sentBytes).toBe(bytes.byteLength);
    expect(waits).toEqual([1, 2, 1, 2, 1, 2]);
  });

  test("fails if the server stays down or rejects the upload", async () => {
    let count = 0;
    app.intercept = async (request) => {
      if (request.method !== "POST" || !request.url.endsWith("/chunk-upload/")) return null;
      count += 1;
      return new Response("", { status: 503 });
    };
    await expect(upload(bundleOf())).rejects.toMatchObject({ code: "unavailable", status: 503 });
    expect(count).toBe(6);
    app.intercept = async (request) =>
      request.method === "POST" && request.url.endsWith("/chunk-upload/")
        ? Response.json({ error: "Too many chunks" }, { status: 400 })
        : null;
    await expect(upload(bundleOf())).rejects.toMatchObject({ code: "invalid", message: "Too many chunks" });
  });

  test("does not wait if waits is false", async () => {
    app.assembles = false;
    expect(await upload(bundleOf(), { waits: false })).toMatchObject({ state: "created" });
  });

  test("waits at most maxWaitMs", async () => {
    app.assembles = false;
    const waits: number[] = [];
    const running = uploadBundle(
      { url: app.url, token: app.token, retry: { wait: async (ms) => void waits.push(ms) } },
      { organization: "acme", projects: ["web"], bundle: fromBytes(bundleOf()), maxWaitMs: 10_000 },
    );
    await expect(running).rejects.toMatchObject({ code: "unavailable", reason: "assembly_pending" });
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBe(10_000);
    expect(waits.length).toBeLessThan(15);
  });

  test("reports why the server cannot read a bundle", async () => {
    const noManifest = zipOf([["a.js", `no manifest ${count}`]], true);
    await expect(upload(noManifest)).rejects.toMatchObject({
      code: "invalid",
      reason: "assembly_failed",
      message: expect.stringContaining("manifest.json"),
    });
  });

  test("sends nothing of a bundle that is too large", async () => {
    app.intercept = smallOptions;
    const before = app.server.requests.length;
    const running = upload(new Uint8Array(), { bundle: { size: 1_000_001, read: () => Promise.reject(new Error("read")) } });
    await expect(running).rejects.toMatchObject({ code: "too_large", message: expect.stringContaining("1000000") });
    expect(seen(before)).toEqual(["GET chunk-upload/"]);
  });

  test.each([
    [{ projects: ["nope"] }, "invalid", "One or more projects are invalid"],
    [{ projects: [] }, "invalid", "at least one project"],
    [{ dist: "d1" }, "invalid", "release together with a dist"],
    [{ organization: "nowhere" }, "not_found", "does not exist"],
  ])("reports rejected options: %j", async (more, code, words) => {
    await expect(upload(bundleOf(), more)).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  });

  test("fails if the server repeatedly loses chunks", async () => {
    app.intercept = async (request) =>
      request.url.endsWith("/assemble/") ? Response.json({ state: "not_found", missingChunks: [sha1(bytes)] }) : null;
    const bytes = bundleOf();
    const before = app.server.requests.length;
    await expect(upload(bytes)).rejects.toMatchObject({ code: "unavailable", reason: "chunks_lost" });
    expect(seen(before).filter((line) => line === "POST chunk-upload/")).toHaveLength(3);
  });

  test("sends the token only to the URL of the server", async () => {
    app.intercept = (request) => smallOptions(request, { url: "http://elsewhere.test/take" });
    expect(await upload(bundleOf())).toMatchObject({ state: "ok" });
  });

  test("rejects an invalid response", async () => {
    app.intercept = async (request) => (request.url.endsWith("/assemble/") ? Response.json({ state: "odd" }) : null);
    await expect(upload(bundleOf())).rejects.toMatchObject({ code: "internal", message: expect.stringContaining("odd") });
  });

  test("causes no unexpected server errors", () => {
    expect(app.bugs).toEqual([]);
  });
});
