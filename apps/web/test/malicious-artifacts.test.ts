import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { deflateRawSync, gzipSync } from "node:zlib";
import { buildZip, type ZipEntry, type ZipShape } from "@landfall/testing/artifacts/build-zip";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type ArtifactClient, artifactClient, type Bytes, sha1 } from "./artifact-client.ts";
import { provisioned } from "./provisioned.ts";
import { type RunningServer, runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";
import { seededRandom } from "./seeded-random.ts";
import { uploadFile } from "./upload-file.ts";

const MIB = 1024 * 1024;

/* Malicious archives and forms, sent to the real server, which must describe the problem of each without using much memory. */
const scratch = scratchDir();

const dataDir = path.join(scratch.path, "data");
let server: RunningServer;
let token: string;
let client: ArtifactClient;
let idle: number;

beforeAll(async () => {
  token = await provisioned(dataDir);
  server = await runningServer(dataDir);
  await uploadFile(server.url, token, "let app;");
  client = artifactClient(server.url, token);
  // Resets the peak, so that it does not include the start of the server.
  writeFileSync(`/proc/${server.program.process.pid}/clear_refs`, "5");
  idle = memory("VmRSS");
});

afterAll(async () => {
  await server.stop();
  scratch[Symbol.dispose]();
});

/** Returns the memory of the server process in MiB: the current or the peak value. */
function memory(name: "VmRSS" | "VmHWM"): number {
  const status = readFileSync(`/proc/${server.program.process.pid}/status`, "utf8");
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]) / 1024;
}

const folder = (name: string): string[] => readdirSync(name, { recursive: true }).map(String).toSorted();

const manifest = (files: Readonly<Record<string, unknown>> = {}): ZipEntry => ({ name: "manifest.json", data: JSON.stringify({ files }) });
const manifestEntry = (data: string | Uint8Array, more: Partial<ZipEntry> = {}): ZipEntry[] => [{ name: "manifest.json", data, ...more }];
const zip = (entries: readonly ZipEntry[], shape: ZipShape = { bundleVersion: 2 }): Bytes => new Uint8Array(buildZip(entries, shape));
const zeros = (size: number): Uint8Array => new Uint8Array(size);

/** Compresses nearly 300 times, just below the limit. */
function compressible(size: number): Uint8Array {
  const bytes = zeros(size);
  const random = seededRandom(1);
  for (let at = 0; at < size; at += 4096) for (let more = 0; more < 12; more += 1) bytes[at + more] = random() * 256;
  return bytes;
}

const kernel = { name: "a", data: zeros(900_000) };

const overlapping = Array.from({ length: 2000 }, (_, index) => ({
  ...kernel,
  packed: new Uint8Array(0),
  packedSize: 900,
  name: `f${index}`,
  offset: 8,
}));

const archives: readonly (readonly [what: string, archive: () => Bytes, message: RegExp])[] = [
  [
    "has a path outside the bundle",
    () => zip([manifest(), { name: "../../../../etc/cron.d/x", data: "1" }]),
    /points outside of the bundle/,
  ],
  ["has an absolute name", () => zip([manifest(), { name: "/etc/passwd", data: "1" }]), /is an absolute path/],
  ["has a NUL in a name", () => zip([manifest(), { name: "a\0.js", data: "1" }]), /contains a NUL character/],
  ["has a name twice", () => zip([manifest(), { name: "a", data: "1" }, { name: "a", data: "2" }]), /two files named "a"/],
  ["contains a symbolic link", () => zip([manifest(), { name: "a", data: "/etc/passwd", mode: 0o120777 }]), /is a link/],
  ["claims a file of 10 GiB", () => zip([manifest(), { name: "a", size: 10 * 1024 * MIB, zip64: true }]), /would unpack to 10 GiB/],
  ["claims a file of an exbibyte", () => zip([manifest(), { name: "a", size: 2 ** 60, zip64: true }]), /would unpack to/],
  ["is a bomb", () => zip([manifest(), { name: "a", data: zeros(200 * MIB) }]), /compressed more than 300 times/],
  [
    "is a bomb with a false size",
    () => zip(manifestEntry("", { packed: deflateRawSync(zeros(200 * MIB)), size: 100, crc: 0 })),
    /longer than the bundle declares/,
  ],
  ["is a bomb of files that overlap", () => zip([kernel, ...overlapping, manifest()]), /overlaps another file/],
  ["claims files that it does not contain", () => zip([manifest()], { bundleVersion: 2, entryCount: 3 }), /list of files/],
  [
    "claims billions of files",
    () => zip([manifest()], { bundleVersion: 2, entryCount: 4_000_000_000, zip64: true }),
    /has 4000000000 files/,
  ],
  [
    "has a file at an offset beyond its end",
    () => zip([manifest({ a: {} }), { name: "a", data: "1", offset: 2 ** 50, zip64: true }]),
    /past the end/,
  ],
  ["is encrypted", () => zip([manifest(), { name: "a", data: "1", flags: 1 }]), /is encrypted/],
  ["uses another compression method", () => zip([manifest(), { name: "a", packed: zeros(3), method: 93 }]), /compressed with method 93/],
  ["is cut off", () => zip([manifest(), { name: "a", data: compressible(MIB) }]).slice(0, -30), /is cut off/],
  ["has another format version", () => zip([manifest()], { bundleVersion: 3 }), /format version 3/],
  ["is not an archive", () => new TextEncoder().encode("<html>"), /bundle/],
  ["has no manifest", () => zip([{ name: "a.js", data: "1" }]), /has no manifest\.json/],
  ["has a manifest that is not JSON", () => zip(manifestEntry("{")), /is not JSON in UTF-8/],
  ["has a manifest nested a million deep", () => zip(manifestEntry("[".repeat(1_000_000))), /nested more than 32 deep/],
  [
    "has a manifest nested as deep as it may be long",
    () => zip(manifestEntry("[".repeat(32 * MIB), { stored: true })),
    /nested more than 32 deep/,
  ],
  [
    "has a manifest with millions of values",
    () => zip(manifestEntry(`{"note":[${"[],".repeat(10 * MIB)}0]}`, { stored: true })),
    /more than 1000000 values/,
  ],
  ["has a manifest of another shape", () => zip(manifestEntry('{"files":{"a":{"url":[1]}}}')), /of file "a", "url"/],
  [
    "lists files that it does not contain",
    () => zip([manifest({ "__proto__.js": {} })]),
    /names "__proto__\.js", which is not in the bundle/,
  ],
  ["has a manifest over the size limit", () => zip(manifestEntry(compressible(40 * MIB))), /the limit is 32 MiB/],
];

describe("an archive that", () => {
  test.for(archives)("%s is rejected with a readable error", async ([, archive, message]) => {
    const bytes = archive();
    for (const kind of ["artifact bundle", "release archive"] as const) {
      expect(await client.offer(bytes, kind)).toEqual({ state: "error", detail: expect.stringMatching(message) });
    }
  });

  test("contains nested archives is accepted without opening them", async () => {
    const inner = zip([manifest(), { name: "../../x", data: zeros(100 * MIB) }]);
    const outer = zip([manifest({ "inner.zip": { url: "~/inner.zip" } }), { name: "inner.zip", data: inner }]);
    for (const kind of ["artifact bundle", "release archive"] as const)
      expect(await client.offer(outer, kind)).toMatchObject({ state: "ok" });
  });

  test("is large but honest about its size is read block by block", async () => {
    const bytes = zip([manifest({ "a.js": { url: "~/a.js" } }), { name: "a.js", data: compressible(200 * MIB) }]);
    expect(await client.offer(bytes, "release archive")).toMatchObject({ state: "ok" });
  });

  test("is changed or truncated anywhere is accepted or rejected, and never fails the server", { timeout: 120_000 }, async () => {
    const whole = zip([manifest({ "a.js": { url: "~/a.js" } }), { name: "a.js", data: "alert()".repeat(50) }]);
    const anyChanges = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 });
    const property = fc.asyncProperty(anyChanges, fc.integer({ min: 1, max: whole.length * 3 }), async (changes, end) => {
      const bytes = whole.slice(0, end);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      const { state, detail } = await client.offer(bytes, "release archive");
      if (state === "error") expect(detail).toMatch(/^[A-Z"].*\.$/s);
      expect(detail ?? "").not.toContain("The server failed");
    });
    await fc.assert(property, { seed: 20_181_219, numRuns: 60 });
  });
});

describe("a form that", () => {
  const form = (...parts: readonly (readonly [name: string, bytes: Uint8Array, filename?: string])[]): FormData => {
    const form = new FormData();
    for (const [name, bytes, filename = sha1(bytes)] of parts) form.append(name, new File([new Uint8Array(bytes)], filename));
    return form;
  };
  const bomb = (): Uint8Array => gzipSync(zeros(300 * MIB));

  test.for<readonly [string, () => FormData, RegExp]>([
    ["is a gzip bomb", () => form(["file_gzip", bomb()]), /Chunk size too large/],
    ["has a gzip bomb after a chunk", () => form(["file", zeros(10)], ["file_gzip", bomb()]), /Chunk size too large/],
    ["has truncated gzip data", () => form(["file_gzip", gzipSync("hello").subarray(0, 20)]), /not valid gzip data/],
    [
      "has gzip data with trailing bytes",
      () => form(["file_gzip", Buffer.concat([gzipSync("hello"), Buffer.from("more")])]),
      /gzip|Checksum/,
    ],
    ["has a wrong checksum", () => form(["file", Buffer.from("a"), sha1(Buffer.from("b"))]), /Checksum mismatch/],
    [
      "has too many chunks",
      () => form(...Array.from({ length: 65 }, (_, at) => ["file", Buffer.from(`c${at}`)] as const)),
      /Too many chunks/,
    ],
    [
      "has thousands of parts",
      () => form(...Array.from({ length: 5000 }, () => ["other", new Uint8Array(0), "x"] as const)),
      /more than 1000 parts/,
    ],
    ["has an overlong name", () => form(["file", Buffer.from("a"), "x".repeat(40_000)]), /./],
  ])("%s is rejected", async ([, form, message]) => {
    const { status, text } = await client.send(form());
    expect([status, text]).toEqual([400, expect.stringMatching(message)]);
  });

  test("has an endless header or body is rejected before all of it was read", async () => {
    const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n';
    // `RequestInit` has no `duplex`, which a streamed body needs.
    const halfDuplex = { duplex: "half" };
    for (const [start, filler] of [
      [head, `X-Filler: ${"h".repeat(60_000)}\r\n`],
      [`${head}\r\n`, "x".repeat(65_536)],
      ["", "no boundary at all ".repeat(3000)],
    ] as const) {
      let sent = 0;
      const body = new ReadableStream<Bytes>({
        pull(controller) {
          controller.enqueue(new TextEncoder().encode(sent === 0 ? start : filler));
          sent += filler.length;
          if (sent > 200 * MIB) controller.error(new Error("all of it was read"));
        },
      });
      const headers = { Authorization: `Bearer ${token}`, "Content-Type": "multipart/form-data; boundary=x" };
      const target = `${server.url}/api/0/organizations/acme/chunk-upload/`;
      const outcome = await fetch(target, { method: "POST", headers, body, ...halfDuplex }).then(
        ({ status }) => status,
        // The server responded and closed the connection while the body was still being sent.
        (error: unknown) => String(error instanceof Error ? error.cause : error),
      );
      expect([400, 413, "Error: read ECONNRESET", "Error: write EPIPE", "SocketError: other side closed"]).toContain(outcome);
      expect(sent).toBeLessThan(100 * MIB);
    }
  });
});

test("forty stalled clients do not delay others, and leave nothing behind when they disconnect", async () => {
  const staged = path.join(dataDir, "blobs", "staged");
  const { hostname, port } = new URL(server.url);
  const head =
    `POST /api/0/organizations/acme/chunk-upload/ HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${token}\r\n` +
    "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 9000000\r\n\r\n" +
    `--x\r\nContent-Disposition: form-data; name="file"; filename="${"a".repeat(40)}"\r\n\r\n`;
  const stalled = Array.from({ length: 40 }, () => connect(Number(port), hostname));
  for (const socket of stalled) {
    socket.on("error", () => undefined);
    socket.write(Buffer.concat([Buffer.from(head), zeros(500_000)]));
  }
  await vi.waitFor(() => expect(readdirSync(staged)).toHaveLength(40), 20_000);
  expect(await client.offer(zip([manifest()]), "artifact bundle")).toMatchObject({ state: "ok" });
  for (const socket of stalled) socket.destroy();
  await vi.waitFor(() => expect(readdirSync(staged)).toEqual([]), 20_000);
});

test("the server logged no failure, wrote no other files, and used little memory", async () => {
  expect(server.log().filter(({ msg, level, status }) => msg === "bug" || Number(level) >= 50 || Number(status) >= 500)).toEqual([]);
  expect(folder(scratch.path).filter((name) => !/^data($|\/(blobs($|\/)|landfall\.db|first-run\.txt))/.test(name))).toEqual([]);
  expect(readdirSync(path.join(dataDir, "blobs", "staged"))).toEqual([]);
  expect(memory("VmHWM") - idle).toBeLessThan(160);
});
