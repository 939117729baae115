import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { makeBundle } from "@landfall/testing/make-bundle";
import { type VerifyingProxy, verifyingProxy } from "@landfall/testing/verifying-proxy";
import S3rver from "s3rver";
import { afterAll, beforeAll, expect, test } from "vitest";
import { artifactClient, type Bytes } from "./artifact-client.ts";
import { provisioned } from "./provisioned.ts";
import { runAdminWith } from "./run-program.ts";
import { type RunningServer, runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";
import { seededRandom } from "./seeded-random.ts";
import { uploadFile } from "./upload-file.ts";

const scratch = scratchDir();
const keys = { region: "eu-central-1", accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };
const storage = new S3rver({
  port: 0,
  address: "127.0.0.1",
  silent: true,
  directory: path.join(scratch.path, "s3"),
  configureBuckets: [{ name: "landfall", configs: [] }],
});
let proxy: VerifyingProxy;
let env: Record<string, string>;

beforeAll(async () => {
  const { port } = await storage.run();
  proxy = await verifyingProxy(`http://127.0.0.1:${port}`, keys);
  env = {
    LANDFALL_S3_BUCKET: `${proxy.url}/landfall`,
    LANDFALL_S3_REGION: keys.region,
    LANDFALL_S3_ACCESS_KEY_ID: keys.accessKeyId,
    LANDFALL_S3_SECRET_ACCESS_KEY: keys.secretAccessKey,
  };
});
afterAll(async () => {
  proxy.close();
  await storage.close();
  scratch[Symbol.dispose]();
});

/** More than goes into one part of an upload to the bucket, and no two parts alike. */
function largeBundle(): Bytes {
  const random = seededRandom(7);
  const content = Array.from({ length: 3_000_000 }, () => Math.floor(random() * 2 ** 48).toString(36)).join("");
  return makeBundle({ files: { "app.js": { url: "~/app.js", content } } });
}

async function download({ url }: RunningServer, token: string, target: string): Promise<Buffer> {
  const answer = await fetch(url + target, { headers: { Authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

test("what is uploaded is kept in the bucket alone, found by a restored database, and checked there", { timeout: 120_000 }, async () => {
  const dataDir = path.join(scratch.path, "data");
  const backup = path.join(scratch.path, "backup.db");
  const token = await provisioned(dataDir);
  const bundle = largeBundle();
  expect(bundle.length).toBeGreaterThan(16 * 1024 * 1024);
  const lookUp = "/api/0/projects/acme/web/artifact-lookup/?download=artifact_bundle/1";
  let file = "";
  {
    await using server = await runningServer(dataDir, env);
    file = await uploadFile(server.url, token, "let app;");
    expect(await artifactClient(server.url, token).offer(bundle, "artifact bundle")).toMatchObject({ state: "ok" });
    expect((await download(server, token, file)).toString()).toBe("let app;");
    expect(Buffer.compare(await download(server, token, lookUp), bundle)).toBe(0);
    expect(await runAdminWith(env, dataDir, "backup", backup)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("back it up with its own means"),
    });
    expect(await runAdminWith(env, dataDir, "check", "--contents")).toMatchObject({ code: 0 });
    expect(await server.stop()).toEqual({ code: 0, signal: null });
  }
  expect(readdirSync(path.join(dataDir, "blobs"))).toEqual(["staged"]);
  expect(readdirSync(path.join(dataDir, "blobs", "staged"))).toEqual([]);
  rmSync(dataDir, { recursive: true });
  expect(await runAdminWith(env, dataDir, "restore", backup)).toMatchObject({ code: 0 });
  await using again = await runningServer(dataDir, env);
  expect((await download(again, token, file)).toString()).toBe("let app;");
  expect(Buffer.compare(await download(again, token, lookUp), bundle)).toBe(0);
  expect(again.log().filter(({ msg }) => msg === "bug" || msg === "artifacts")).toEqual([]);
});

test("a storage that refuses the keys fails the upload with a reason, and nothing is left behind", async () => {
  const dataDir = path.join(scratch.path, "refused");
  const token = await provisioned(dataDir);
  await using server = await runningServer(dataDir, { ...env, LANDFALL_S3_SECRET_ACCESS_KEY: "wrong" });
  await expect(uploadFile(server.url, token, "let app;")).rejects.toThrow(/cannot reach the place where artifacts are kept/);
  expect(readdirSync(path.join(dataDir, "blobs", "staged"))).toEqual([]);
  // What is left in the log's buffer is written at the end.
  await server.stop();
  expect(server.log()).toContainEqual(expect.objectContaining({ msg: "request", method: "POST", status: 503 }));
  expect(server.log().filter(({ msg }) => msg === "bug")).toEqual([]);
});
