import { createHash } from "node:crypto";
import { callers } from "@landfall/testing/access/callers";
import { makeBundle } from "@landfall/testing/artifacts/make-bundle";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { GRACE_PERIOD } from "../../records/artifacts/inspect-blob-store.ts";
import { countQuarantine } from "../../records/artifacts/quarantine.ts";
import type { UploadPart } from "../../records/artifacts/uploads.ts";
import { assembleArtifactBundle, assembleRelease } from "../artifacts/assemble.ts";
import { createAssembler } from "../artifacts/assembler.ts";
import { deleteArtifactBundle } from "../artifacts/delete-bundle.ts";
import { uploadChunks } from "../artifacts/upload-chunks.ts";
import { deleteReleaseFile } from "../release-files/delete.ts";
import { listReleaseFiles } from "../release-files/list.ts";
import { uploadReleaseFile } from "../release-files/upload.ts";
import { createRelease } from "../releases/create.ts";
import { deleteRelease } from "../releases/delete.ts";
import { setRetention } from "../retention/retention-rule.ts";
import { startRetention } from "../retention/start-and-list-runs.ts";
import { checkArtifacts } from "./check.ts";
import { bindBlobStore, sweepArtifacts } from "./sweep.ts";

const organization = "acme";
const BUNDLE = "11111111-1111-4111-8111-111111111111";

let bench: TestApp;
let owner: Context;

beforeEach(async () => {
  bench = await createTestApp();
  bench.clock.set(new Date(Date.now() - 2 * GRACE_PERIOD).toISOString());
  await bindBlobStore(bench.app);
  bench.clock.set(new Date().toISOString());
  await bench.given.organization(organization, { teams: ["crew"], projects: { web: "crew", api: "crew" } });
  await bench.given.user("ann@acme.test", { organization, role: "owner" });
  owner = await callers(bench.app, bench.given).person("ann@acme.test");
  await createRelease(owner, { organization, version: "1", projects: ["web"] });
});

afterEach(() => bench.close());

async function* part(content: Uint8Array, filename: string): AsyncIterable<UploadPart> {
  yield { kind: "file", name: "file", filename, contentType: "text/plain", bytes: ReadableStream.from([content]) };
}

/** Uploads an archive of one file as one chunk, and assembles it. */
async function assemble(content: string, request: (archive: { checksum: string; chunks: string[] }) => Promise<unknown>): Promise<void> {
  const archive = makeBundle({ debug_id: BUNDLE, files: { a: { url: "~/a.js", type: "minified_source", content } } });
  const checksum = createHash("sha1").update(archive).digest("hex");
  await uploadChunks.call(owner, { organization }, () => part(archive, checksum));
  await request({ checksum, chunks: [checksum] });
  const assembler = createAssembler(bench.app, { onError: (error) => expect.unreachable(String(error)) });
  assembler.wake();
  await assembler.idle();
}

const bundleFor = (projects: readonly string[], content = "a") =>
  assemble(content, (archive) => assembleArtifactBundle.call(owner, { organization }, () => ({ ...archive, projects, version: "1" })));

const archiveFor = (version: string) => assemble("b", (archive) => assembleRelease.call(owner, { organization, version }, () => archive));

const file = (version: string) => uploadReleaseFile.call(owner, { organization, version }, () => part(new Uint8Array(9), "c.js"));

/** Blobs that are not in quarantine. */
const countBytes = async () => (await Array.fromAsync(bench.app.blobs.list())).length - (await countQuarantine(bench.app.store.read)).count;

/** Returns the number of blobs outside of quarantine after a sweep at the end of the grace period. */
async function swept(): Promise<number> {
  bench.clock.advance(GRACE_PERIOD + 1);
  await sweepArtifacts(bench.app);
  expect(await checkArtifacts(bench.app, { contents: true })).toMatchObject({ problems: [] });
  return countBytes();
}

describe("blobs are deleted with their last reference:", () => {
  test("a bundle, only after it is deleted in its last project", async () => {
    await bundleFor(["web", "api"]);
    expect(await swept()).toBe(1);
    await deleteArtifactBundle(owner, { organization, project: "web", bundleId: BUNDLE });
    expect(await swept()).toBe(1);
    await deleteArtifactBundle(owner, { organization, project: "api", bundleId: BUNDLE });
    expect(await swept()).toBe(0);
  });

  test("a release, with its bundles, archives and files", async () => {
    await bundleFor(["web"]);
    await archiveFor("1");
    await file("1");
    await createRelease(owner, { organization, version: "2", projects: ["web"] });
    await archiveFor("2");
    expect(await swept()).toBe(3);
    await deleteRelease(owner, { organization, version: "1" });
    expect(await swept()).toBe(1);
    await deleteRelease(owner, { organization, version: "2" });
    expect(await swept()).toBe(0);
  });

  test("an archive whose files were all deleted", async () => {
    await archiveFor("1");
    const { items } = await listReleaseFiles(owner, { organization, version: "1" });
    expect([items.length, await swept()]).toEqual([1, 1]);
    for (const { id } of items) await deleteReleaseFile(owner, { organization, version: "1", file: id });
    expect(await swept()).toBe(0);
  });

  test("what a retention run deletes, with the number of bytes it returned; it can be uploaded again", async () => {
    await bundleFor(["web"]);
    await archiveFor("1");
    await file("1");
    const sizes = (await Array.fromAsync(bench.app.blobs.list())).map(({ size }) => size);
    await setRetention(owner, { organization, project: "web", keepDays: 2 });
    bench.clock.advance(2 * GRACE_PERIOD);
    expect(await startRetention(owner, { organization, project: "web" })).toMatchObject({ bundles: 0, files: 0, bytes: 0 });
    expect(await swept()).toBe(3);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    expect(await startRetention(owner, { organization, project: "web" })).toMatchObject({ bundles: 1, releases: 1, files: 3, bytes });
    await sweepArtifacts(bench.app);
    expect(await countBytes()).toBe(0);
    await bundleFor(["web"]);
    await archiveFor("1");
    expect(await swept()).toBe(2);
  });
});
