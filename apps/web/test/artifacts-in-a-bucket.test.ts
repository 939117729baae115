import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { makeBundle } from "@landfall/testing/artifacts/make-bundle";
import { type TestBucket, testBucket } from "@landfall/testing/network/test-bucket";
import { afterAll, beforeAll, expect, test } from "vitest";
import { artifactClient, type Bytes } from "./artifact-client.ts";
import { provisioned } from "./provisioned.ts";
import { runAdmin, runAdminWith } from "./run-program.ts";
import { type RunningServer, runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";
import { seededRandom } from "./seeded-random.ts";
import { uploadFile } from "./upload-file.ts";

const scratch = scratchDir();
const inScratch = (name: string): string => path.join(scratch.path, name);
let bucket: TestBucket;
let env: Record<string, string>;

beforeAll(async () => {
  bucket = await testBucket();
  env = settingsOf(bucket);
});

afterAll(async () => {
  await bucket[Symbol.asyncDispose]();
  scratch[Symbol.dispose]();
});

const settingsOf = ({ access }: TestBucket): Record<string, string> => ({
  LANDFALL_S3_BUCKET: access.bucket,
  LANDFALL_S3_REGION: access.region,
  LANDFALL_S3_ACCESS_KEY_ID: access.accessKeyId,
  LANDFALL_S3_SECRET_ACCESS_KEY: access.secretAccessKey,
});

/** Returns a bundle larger than one part of a multipart upload, whose parts all differ. */
function largeBundle(): Bytes {
  const random = seededRandom(7);
  const content = Array.from({ length: 3_000_000 }, () => Math.floor(random() * 2 ** 48).toString(36)).join("");
  return makeBundle({ files: { "app.js": { url: "~/app.js", content } } });
}

async function download({ url }: RunningServer, token: string, target: string): Promise<Buffer> {
  const response = await fetch(url + target, { headers: { Authorization: `Bearer ${token}` } });
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

const LOOKUP = "/api/0/projects/acme/web/artifact-lookup/?download=artifact_bundle/1";

type Uploaded = { readonly token: string; readonly file: string; readonly bundle: Bytes };

/** Expects that a server with the storage settings `storage` serves what was uploaded, and that check finds no problem. */
async function expectServed(dataDir: string, storage: Record<string, string>, { token, file, bundle }: Uploaded): Promise<void> {
  await using server = await runningServer(dataDir, storage);
  expect((await download(server, token, file)).toString()).toBe("let app;");
  expect(Buffer.compare(await download(server, token, LOOKUP), bundle)).toBe(0);
  expect(await runAdminWith(storage, dataDir, "check", "--contents")).toMatchObject({ code: 0 });
  expect(await server.stop()).toEqual({ code: 0, signal: null });
  expect(server.log().filter(({ msg }) => msg === "bug" || msg === "artifacts")).toEqual([]);
}

/** Provisions a server, uploads a file and a large bundle to it, and backs it up while it serves. */
async function uploadedAndBackedUp(dataDir: string, storage: Record<string, string>, backup: string): Promise<Uploaded> {
  const token = await provisioned(dataDir);
  const bundle = largeBundle();
  await using server = await runningServer(dataDir, storage);
  const file = await uploadFile(server.url, token, "let app;");
  expect(await artifactClient(server.url, token).offer(bundle, "artifact bundle")).toMatchObject({ state: "ok" });
  const { code, stdout, stderr } = await runAdminWith(storage, dataDir, "backup", backup, "--json");
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(/^(?:\d.+ …\n)*Backed up to .+\nBacked up \d+ artifacts to .+\.blobs \(.+ MiB\)\.\n$/),
  ]);
  const { blobs }: { readonly blobs: unknown } = JSON.parse(stdout);
  expect(blobs).toEqual({ folder: `${backup}.blobs`, count: expect.any(Number), bytes: expect.any(Number), missing: 0, damaged: 0 });
  return { token, file, bundle };
}

test("backs up artifacts in a bucket, and restores them into an empty bucket and into files", { timeout: 120_000 }, async () => {
  const [dataDir, elsewhere, backup] = [inScratch("data"), inScratch("elsewhere"), inScratch("backup.db")];
  const uploaded = await uploadedAndBackedUp(dataDir, env, backup);
  expect(uploaded.bundle.length).toBeGreaterThan(16 * 1024 * 1024);
  expect(readdirSync(path.join(dataDir, "blobs"))).toEqual(["staged"]);
  expect(readdirSync(path.join(dataDir, "blobs", "staged"))).toEqual([]);
  rmSync(dataDir, { recursive: true });

  await using empty = await testBucket();
  expect(await runAdminWith(settingsOf(empty), dataDir, "restore", backup)).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/^(?:\d.+ …\n)*Restored .+\nRestored \d+ artifacts\.\n$/),
  });
  expect(readdirSync(path.join(dataDir, "blobs"))).toEqual(["staged"]);
  await expectServed(dataDir, settingsOf(empty), uploaded);

  expect(await runAdmin(elsewhere, "restore", backup)).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/Restored \d+ artifacts\.\n$/),
  });
  await expectServed(elsewhere, {}, uploaded);
});

test(
  "restores artifacts in files into a bucket once it can be reached, and keeps what is there already",
  { timeout: 120_000 },
  async () => {
    const [files, dataDir, backup] = [inScratch("files"), inScratch("moved"), inScratch("files.db")];
    // A bucket belongs to one database.
    await using another = await testBucket();
    const storage = settingsOf(another);
    const uploaded = await uploadedAndBackedUp(files, {}, backup);
    const refused = await runAdminWith({ ...storage, LANDFALL_S3_SECRET_ACCESS_KEY: "wrong" }, dataDir, "restore", backup);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^The object storage at \S+ responded with 403 SignatureDoesNotMatch to .+\n$/),
    });
    expect(readdirSync(dataDir).filter((name) => name.includes("landfall.db") && !name.endsWith(".lock"))).toEqual([]);

    expect(await runAdminWith(storage, dataDir, "restore", backup)).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/Restored \d+ artifacts\.\n$/),
    });
    await expectServed(dataDir, storage, uploaded);
    const again = await runAdminWith(storage, dataDir, "restore", "--force", backup);
    expect(again).toMatchObject({ code: 0, stderr: expect.not.stringContaining("artifact") });
  },
);

test("fails an upload with the reason if the storage rejects the keys, and leaves nothing behind", async () => {
  const dataDir = inScratch("refused");
  const token = await provisioned(dataDir);
  await using server = await runningServer(dataDir, { ...env, LANDFALL_S3_SECRET_ACCESS_KEY: "wrong" });
  await expect(uploadFile(server.url, token, "let app;")).rejects.toThrow(/cannot reach its artifact storage/);
  expect(readdirSync(path.join(dataDir, "blobs", "staged"))).toEqual([]);
  // The log is flushed when the server ends.
  await server.stop();
  expect(server.log()).toContainEqual(expect.objectContaining({ msg: "request", method: "POST", status: 503 }));
  expect(server.log().filter(({ msg }) => msg === "bug")).toEqual([]);
});
