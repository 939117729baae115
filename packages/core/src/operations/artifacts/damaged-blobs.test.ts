import { HOUR } from "@landfall/domain/durations";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BlobStore, readWhole } from "@landfall/db/blobs/blob-store";
import { fileBlobs } from "@landfall/db/blobs/file-blobs";
import { s3Blobs } from "@landfall/db/blobs/s3-blobs";
import type { BlobRow } from "@landfall/db/tables/schema";
import { callers } from "@landfall/testing/access/callers";
import { makeBundle } from "@landfall/testing/artifacts/make-bundle";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { type TestBucket, testBucket } from "@landfall/testing/network/test-bucket";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { App } from "../../kernel/app.ts";
import type { Context } from "../../kernel/context.ts";
import type { UploadPart } from "../../records/artifacts/uploads.ts";
import { readReleaseFile } from "../release-files/read.ts";
import { uploadReleaseFile } from "../release-files/upload.ts";
import { createRelease } from "../releases/create.ts";
import { checkArtifacts } from "../storage/check.ts";
import { bindBlobStore } from "../storage/sweep.ts";
import { assembleArtifactBundle, ERROR_PERIOD } from "./assemble.ts";
import { createAssembler } from "./assembler.ts";
import { uploadChunks } from "./upload-chunks.ts";

const organization = "acme";

let folder: string;
let bucket: TestBucket | null;
let bench: TestApp;
let app: App;
let context: Context;
let fileOf: (name: string) => string;

async function open(kind: "files" | "bucket"): Promise<void> {
  let blobs: BlobStore;
  if (kind === "files") {
    blobs = fileBlobs({ folder, durable: false });
    fileOf = (name) => path.join(folder, name);
  } else {
    const opened = await testBucket();
    bucket = opened;
    blobs = s3Blobs({ ...opened.access, stagingFolder: path.join(folder, "staged") });
    fileOf = opened.fileOf;
  }
  bench = await createTestApp();
  bench.clock.set(new Date().toISOString());
  await bench.given.organization(organization);
  await bench.given.project(organization, "web");
  await bench.given.user("ann@acme.test", { organization, role: "owner" });
  app = { ...bench.app, blobs };
  await bindBlobStore(app);
  context = { ...(await callers(bench.app, bench.given).person("ann@acme.test")), blobs };
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "landfall-damaged-"));
  bucket = null;
});

afterEach(async () => {
  await bench.close();
  await bucket?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const DAMAGES: Readonly<Record<string, (name: string) => void>> = {
  missing: (name) => rmSync(fileOf(name)),
  truncated: (name) => truncateSync(fileOf(name), 3),
  changed(name) {
    const bytes = readFileSync(fileOf(name));
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    writeFileSync(fileOf(name), bytes);
  },
};

const CASES = (["files", "bucket"] as const).flatMap((kind) => Object.keys(DAMAGES).map((damage) => [damage, kind] as const));

const sha1 = (bytes: Uint8Array) => createHash("sha1").update(bytes).digest("hex");

async function* part(bytes: Uint8Array, filename: string): AsyncIterable<UploadPart> {
  yield { kind: "file", name: "file", filename, contentType: "", bytes: ReadableStream.from([bytes]) };
}

async function upload(bytes: Uint8Array): Promise<void> {
  await uploadChunks.call(context, { organization }, () => part(bytes, sha1(bytes)));
  await expectStored(bytes);
}

const rows = (): Promise<BlobRow[]> => app.store.read.select().from(app.store.read.tables.blobs);

/** Damages every blob of a size, or all. */
async function damageAll(damage: string, size?: number): Promise<void> {
  for (const row of await rows()) if (size === undefined || row.size === size) DAMAGES[damage]?.(row.name);
}

/** Expects the blob of this size to have these bytes. The test bucket responds before it has written all of an object. */
async function expectStored(bytes: Uint8Array): Promise<void> {
  const row = (await rows()).find(({ size }) => size === bytes.length);
  if (!row) throw new Error("there is no row");
  const check = async () => expect(Buffer.compare(await readWhole(app.blobs.read(row.name)), bytes)).toBe(0);
  await vi.waitFor(check, { timeout: 15_000 });
}

const BUNDLE = makeBundle({ files: { a: { url: "~/a.js", type: "minified_source", content: "let a;".repeat(500) } } });

/** Two chunks, so that the bundle is a separate blob. */
const CHUNKS = [BUNDLE.slice(0, 100), BUNDLE.slice(100)];

const request = { checksum: sha1(BUNDLE), chunks: CHUNKS.map(sha1), projects: ["web"], version: "1" };

const requestAssembly = () => assembleArtifactBundle.call(context, { organization }, () => request);

/** Assembles what is waiting. Returns the errors. */
async function assemble(): Promise<unknown[]> {
  const errors: unknown[] = [];
  const assembler = createAssembler(app, { onError: (error) => void errors.push(error) });
  assembler.wake();
  await assembler.idle();
  return errors;
}

describe.each(CASES)("a blob that is %s, in %s,", (damage, kind) => {
  beforeEach(() => open(kind));

  test("is repaired by an upload of the same chunk", async () => {
    const [bytes] = [new TextEncoder().encode("a chunk of a file")];
    await upload(bytes);
    await damageAll(damage);
    expect((await checkArtifacts(app, { contents: true })).problems).toHaveLength(1);
    await upload(bytes);
    expect(await rows()).toHaveLength(1);
    expect((await checkArtifacts(app, { contents: true })).problems).toEqual([]);
  });

  test("is requested before an assembly that needs it, or after that failed", async () => {
    for (const chunk of CHUNKS) await upload(chunk);
    await damageAll(damage, 100);
    bench.clock.advance(HOUR);
    if (damage === "changed") {
      // Only a read detects this damage.
      expect(await requestAssembly()).toMatchObject({ state: "created" });
      expect(await assemble()).toMatchObject([{ name: "BlobError", code: "damaged" }]);
      expect(await requestAssembly()).toMatchObject({
        state: "error",
        detail: expect.stringContaining("missing or damaged. Upload the archive again"),
      });
      bench.clock.advance(ERROR_PERIOD + 1);
    }
    expect(await requestAssembly()).toEqual({ state: "not_found", missingChunks: [request.chunks[0]] });
    for (const chunk of CHUNKS.slice(0, 1)) await upload(chunk);
    expect(await requestAssembly()).toMatchObject({ state: "created" });
    expect(await assemble()).toEqual([]);
    expect(await requestAssembly()).toMatchObject({ state: "ok" });
    await expectStored(BUNDLE);
  });

  test("is assembled again when its archive is uploaded again", async () => {
    for (const chunk of CHUNKS) await upload(chunk);
    await requestAssembly();
    await assemble();
    expect(await requestAssembly()).toMatchObject({ state: "ok" });
    await expectStored(BUNDLE);
    await damageAll(damage, BUNDLE.length);
    bench.clock.advance(HOUR);
    // A change without a change of length is found by a check or a download.
    if (damage === "changed") {
      const { problems } = await checkArtifacts(app, { contents: true, repair: true });
      expect(problems).toEqual([expect.stringMatching(/does not match its checksum\. Upload again: artifact bundle \S+ of acme\.$/)]);
    }
    expect(await requestAssembly()).toMatchObject({ state: "created" });
    expect(await assemble()).toEqual([]);
    expect(await requestAssembly()).toMatchObject({ state: "ok" });
    await expectStored(BUNDLE);
    expect((await checkArtifacts(app, { contents: true })).problems).toEqual([]);
  });

  test("is never downloaded as if it were intact, and is repaired by an upload of the same file, even if that is refused", async () => {
    await createRelease(context, { organization, version: "1", projects: ["web"] });
    const at = { organization, version: "1" };
    const bytes = new TextEncoder().encode("let app = 1;");
    const { id } = await uploadReleaseFile.call(context, at, () => part(bytes, "app.js"));
    const download = async (range?: { readonly start: number; readonly end: number }) => {
      const read = await readReleaseFile.call(context, { ...at, file: id }, () => ({ download: "1" }));
      if (!("content" in read)) throw new Error("no bytes");
      return Buffer.from(await readWhole(await read.content.open(range))).toString();
    };
    await expectStored(bytes);
    expect([await download(), await download({ start: 4, end: 7 })]).toEqual(["let app = 1;", "app"]);
    await damageAll(damage);
    const code = damage === "missing" ? "missing" : "damaged";
    await expect(download()).rejects.toMatchObject({ name: "BlobError", code });
    await expect(download({ start: 0, end: 2 })).rejects.toMatchObject({ name: "BlobError", code });
    await expect(uploadReleaseFile.call(context, at, () => part(bytes, "app.js"))).rejects.toMatchObject({ code: "conflict" });
    await expectStored(bytes);
    expect(await download()).toBe("let app = 1;");
  });

  test("is repaired from a copy in the blob store", async () => {
    const bytes = new TextEncoder().encode("a chunk of a file");
    await upload(bytes);
    const copy = await (await app.blobs.stage(ReadableStream.from([bytes]))).keep();
    await vi.waitFor(async () => expect((await readWhole(app.blobs.read(copy))).length).toBe(bytes.length), { timeout: 15_000 });
    await damageAll(damage);
    const repaired = await checkArtifacts(app, { contents: true, repair: true });
    expect(repaired).toMatchObject({ problems: [], notes: [expect.any(String), expect.stringMatching(/^Repaired: The blob /)] });
    await expectStored(bytes);
  });
});

test("a download of a large damaged file fails before its last part, and the file is requested again", async () => {
  await open("files");
  await createRelease(context, { organization, version: "1", projects: ["web"] });
  const at = { organization, version: "1" };
  const bytes = new Uint8Array(700_000).map((_, index) => index % 251);
  const { id } = await uploadReleaseFile.call(context, at, () => part(bytes, "app.js"));
  await damageAll("changed");
  const read = await readReleaseFile.call(context, { ...at, file: id }, () => ({ download: "1" }));
  if (!("content" in read)) throw new Error("no bytes");
  let length = 0;
  const all = async () => {
    for await (const piece of await read.content.open()) length += piece.length;
  };
  await expect(all()).rejects.toMatchObject({ name: "BlobError", code: "damaged" });
  expect(length).toBeLessThan(bytes.length);
  expect((await rows()).map(({ dateDamaged }) => dateDamaged)).toEqual([app.now()]);
});
