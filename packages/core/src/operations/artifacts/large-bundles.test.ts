import { createHash } from "node:crypto";
import { makeBundle } from "@landfall/testing/artifacts/make-bundle";
import type { TestApp } from "@landfall/testing/create-test-app";
import type { TestStoreKind } from "@landfall/testing/stores/open-test-store";
import { afterEach, describe, expect, test } from "vitest";
import type { App } from "../../kernel/app.ts";
import type { Context } from "../../kernel/context.ts";
import { FILES_AT_ONCE } from "../../records/artifacts/delete-bundles.ts";
import { GRACE_PERIOD } from "../../records/artifacts/inspect-blob-store.ts";
import { countStorage } from "../../records/artifacts/storage-usage.ts";
import { deleteRelease } from "../releases/delete.ts";
import { sweepArtifacts } from "../storage/sweep.ts";
import { assembleArtifactBundle } from "./assemble.ts";
import { deleteArtifactBundle } from "./delete-bundle.ts";
import { listArtifactBundles } from "./list-bundles.ts";
import { findArtifacts } from "./lookup.ts";
import { uploadChunks } from "./upload-chunks.ts";
import { oneFile } from "@landfall/testing/artifacts/upload-artifacts";
import { assembleAll, beforeTransactions, endingBefore, FILES, openLargeUploads, PARTS } from "./large-uploads.fixture.ts";

const organization = "acme";
const BUNDLE = "11111111-1111-4111-8111-111111111111";

const debugIdOf = (n: number): string => `${n.toString(16).padStart(8, "0")}-1111-4111-8111-111111111111`;

const archive = makeBundle({
  debug_id: BUNDLE,
  files: Object.fromEntries(
    Array.from({ length: FILES }, (_, n) => [
      `f${n}`,
      { url: `~/${n}.js`, type: "minified_source", headers: { "debug-id": debugIdOf(n) }, content: String(n) },
    ]),
  ),
});

const checksum = createHash("sha1").update(archive).digest("hex");

let bench: TestApp;
let owner: Context;
afterEach(() => bench.close());

const open = async (kind: TestStoreKind) => void ({ bench, owner } = await openLargeUploads(kind));

const requestAssembly = (version: string) =>
  assembleArtifactBundle.call(owner, { organization }, () => ({ checksum, chunks: [checksum], projects: ["web"], version }));

/** Uploads the bundle for a version. Returns the errors of the assembler. */
async function upload(app: App, version = "1"): Promise<unknown[]> {
  await uploadChunks.call(owner, { organization }, () => oneFile(archive, checksum));
  await requestAssembly(version);
  return assembleAll(app);
}

const tables = () => bench.app.store.read.tables;

const count = (name: "artifactBundles" | "artifactFiles" | "artifactUrls" | "artifactReleases") =>
  bench.app.store.read.$count(tables()[name]);

const rows = async () => ({
  bundles: await count("artifactBundles"),
  files: await count("artifactFiles"),
  urls: await count("artifactUrls"),
  versions: await count("artifactReleases"),
});

async function project() {
  const [row] = await bench.app.store.read.select().from(tables().projects);
  if (!row) throw new Error("no project");
  return row;
}

/** Returns what readers see of the bundle: in the list, by debug ids and URLs of its first and last file, and in the storage. */
async function visible(version = "1") {
  const { store } = bench.app;
  const web = await project();
  const found = [];
  for (const n of [0, FILES - 1]) {
    found.push((await findArtifacts(store.read, web, { debugId: debugIdOf(n) })).length);
    found.push((await findArtifacts(store.read, web, { url: `~/${n}.js`, release: version })).length);
  }
  const { items } = await listArtifactBundles(owner, { organization, project: "web" });
  const { all } = await countStorage(store.read, web.organizationId);
  return { found, listed: items.map(({ bundleId, fileCount }) => ({ bundleId, fileCount })), stored: all.bundles.count };
}

const COMPLETE = { found: [1, 1, 1, 1], listed: [{ bundleId: BUNDLE, fileCount: FILES }], stored: 1 };
const NOTHING = { found: [0, 0, 0, 0], listed: [], stored: 0 };

describe.each(["sqlite", "pglite"] as const)("a bundle of many files on %s", { timeout: 60_000 }, (kind) => {
  test("is visible as a whole or not at all while it is stored in parts", async () => {
    await open(kind);
    const states: unknown[] = [];
    const files: number[] = [];
    const app = beforeTransactions(bench.app, async () => {
      states.push(await visible());
      files.push(await count("artifactFiles"));
    });
    expect(await upload(app)).toEqual([]);
    expect(new Set(files)).toEqual(new Set([0, FILES_AT_ONCE, 2 * FILES_AT_ONCE, FILES]));
    for (const state of states) expect(state).toEqual(NOTHING);
    expect(await visible()).toEqual(COMPLETE);
    expect(await requestAssembly("1")).toMatchObject({ state: "ok" });
    const { items } = await listArtifactBundles(owner, { organization, project: "web" });
    expect(items).toMatchObject([{ associations: [{ release: "1", dist: null }] }]);
  });

  test("gets the URLs of another version atomically", async () => {
    await open(kind);
    await upload(bench.app);
    const found: number[][] = [];
    expect(
      await upload(
        beforeTransactions(bench.app, async () => void found.push((await visible("2")).found)),
        "2",
      ),
    ).toEqual([]);
    for (const one of found) expect(one).toEqual([1, 0, 1, 0]);
    expect([await visible("1"), await visible("2")]).toEqual([COMPLETE, COMPLETE]);
    expect(await rows()).toEqual({ bundles: 1, files: FILES, urls: 2 * FILES, versions: 2 });
  });

  test("leaves nothing visible if the process ends in between, and is swept a day later", async () => {
    await open(kind);
    const left: number[] = [];
    // The first transactions are not about parts: the claim and those that keep the blob.
    for (let stop = 3; stop < 3 + PARTS + 2; stop += 1) {
      await upload(endingBefore(bench.app, stop), `never ${stop}`);
      expect(await visible(`never ${stop}`)).toEqual(NOTHING);
      left.push(await count("artifactFiles"));
    }
    expect(Math.max(...left)).toBeGreaterThanOrEqual(FILES);
    await sweepArtifacts(bench.app);
    expect(await count("artifactFiles")).toBe(left.at(-1));
    bench.clock.advance(GRACE_PERIOD + 1);
    await sweepArtifacts(bench.app);
    expect(await rows()).toMatchObject({ bundles: 0, files: 0, urls: 0 });
    expect(await upload(bench.app)).toEqual([]);
    expect(await visible()).toEqual(COMPLETE);
  });

  test("is stored again if its version is deleted in between", async () => {
    await open(kind);
    let isDeleted = false;
    const app = beforeTransactions(bench.app, async () => {
      if (isDeleted || (await count("artifactUrls")) === 0) return;
      isDeleted = true;
      await deleteRelease(owner, { organization, version: "1" });
    });
    expect(await upload(app)).toEqual([]);
    expect([isDeleted, await visible()]).toEqual([true, COMPLETE]);
    await sweepArtifacts(bench.app);
    expect([await visible(), await rows()]).toEqual([COMPLETE, { bundles: 1, files: FILES, urls: FILES, versions: 1 }]);
  });

  test.each(["the bundle", "the release"] as const)("is deleted at once with %s, and its rows by the next sweep", async (what) => {
    await open(kind);
    await upload(bench.app);
    if (what === "the bundle") await deleteArtifactBundle(owner, { organization, project: "web", bundleId: BUNDLE });
    else await deleteRelease(owner, { organization, version: "1" });
    expect(await visible()).toEqual(NOTHING);
    expect(await count("artifactFiles")).toBe(FILES);
    const stopped = endingBefore(bench.app, 5);
    await expect(sweepArtifacts(stopped)).rejects.toThrow("the process ends");
    expect(await visible()).toEqual(NOTHING);
    await sweepArtifacts(bench.app);
    expect(await rows()).toMatchObject({ bundles: 0, files: 0, urls: 0 });
  });

  test("is stored as a new bundle while rows of the deleted one remain", async () => {
    await open(kind);
    await upload(bench.app);
    await deleteArtifactBundle(owner, { organization, project: "web", bundleId: BUNDLE });
    expect(await upload(bench.app)).toEqual([]);
    expect(await visible()).toEqual(COMPLETE);
    await sweepArtifacts(bench.app);
    expect([await visible(), await rows()]).toEqual([COMPLETE, { bundles: 1, files: FILES, urls: FILES, versions: 1 }]);
  });
});
