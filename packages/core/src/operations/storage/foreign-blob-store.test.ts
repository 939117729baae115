import { HOUR } from "@landfall/domain/durations";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { BlobStore } from "@landfall/db/blobs/blob-store";
import { fileBlobs } from "@landfall/db/blobs/file-blobs";
import { s3Blobs } from "@landfall/db/blobs/s3-blobs";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { type TestBucket, testBucket } from "@landfall/testing/network/test-bucket";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { App } from "../../kernel/app.ts";
import { keepBlobs, saveBlobRows } from "../../records/artifacts/blobs.ts";
import { changeIdentity, QUARANTINE_PERIOD, readLabel, recordRestore } from "../../records/artifacts/database-identity.ts";
import { GRACE_PERIOD } from "../../records/artifacts/inspect-blob-store.ts";
import { listQuarantine, purgeQuarantined, restoreQuarantined } from "../../records/artifacts/quarantine.ts";
import { checkArtifacts } from "./check.ts";
import { adoptBlobStore, bindBlobStore, sweepArtifacts } from "./sweep.ts";

let folder: string;
let bucket: TestBucket | null;
let apps: TestApp[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "landfall-foreign-"));
  bucket = null;
  apps = [];
});

afterEach(async () => {
  for (const bench of apps) await bench.close();
  await bucket?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

async function openBlobs(kind: "files" | "bucket"): Promise<BlobStore> {
  if (kind === "files") return fileBlobs({ folder, durable: false });
  bucket = await testBucket();
  return s3Blobs({ ...bucket.access, stagingFolder: path.join(folder, "staged") });
}

/** Creates a database over a blob store, with its own clock that starts `days` ago. Dates of blobs are those of the machine. */
async function database(blobs: BlobStore, { days }: { readonly days: number }): Promise<TestApp & { readonly app: App }> {
  const bench = await createTestApp();
  apps.push(bench);
  bench.clock.set(new Date(Date.now() - days * GRACE_PERIOD).toISOString());
  // Random bytes are the same in every test app.
  const nonce = String(apps.length);
  return { ...bench, app: { ...bench.app, blobs, randomHex: (bytes) => nonce.padStart(2 * bytes, "0") } };
}

async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** Stores blobs with rows in the database, last used now and otherwise unreferenced. */
async function store({ app }: TestApp, ...texts: readonly string[]): Promise<void> {
  const staged = await Promise.all(texts.map((text) => app.blobs.stage(bytesOf(text))));
  const kept = await keepBlobs(app, staged);
  await app.store.transaction((tx) => saveBlobRows(tx, kept, { blobs: app.blobs, now: app.now() }));
}

const storeUnknown = async ({ app }: TestApp, count: number) => {
  for (let left = count; left > 0; left -= 1) await (await app.blobs.stage(bytesOf(`stray ${left}`))).keep();
};

/** Marks all blobs of a database as used now. */
const use = ({ app }: TestApp) => app.store.transaction((tx) => tx.update(tx.tables.blobs).set({ dateLastUsed: app.now() }));

const names = async (blobs: BlobStore) => (await Array.fromAsync(blobs.list())).length;

const TEXTS = ["one", "two", "three", "four", "five"];

describe.each(["files", "bucket"] as const)("a blob store of %s", (kind) => {
  let blobs: BlobStore;
  beforeEach(async () => void (blobs = await openBlobs(kind)));

  test("is never swept by a database that its label does not name", async () => {
    const own = await database(blobs, { days: 3 });
    await bindBlobStore(own.app);
    own.clock.advance(3 * GRACE_PERIOD);
    await store(own, ...TEXTS);
    const empty = await database(blobs, { days: 10 });
    for (let days = 0; days < 10; days += 1) {
      empty.clock.advance(GRACE_PERIOD);
      expect(await sweepArtifacts(empty.app)).toMatchObject({ refusal: { reason: "other_database", isProblem: true } });
    }
    expect(await names(blobs)).toBe(5);
    expect((await checkArtifacts(empty.app, { contents: false })).problems[0]).toMatch(/belongs to another database.*artifacts adopt$/);

    // The uploads of the other database are not deleted either.
    await storeUnknown(empty, 1);
    own.clock.advance(6 * GRACE_PERIOD);
    await use(own);
    expect(await sweepArtifacts(own.app)).toMatchObject({ refusal: { reason: "shared", isProblem: true } });
    own.clock.advance(QUARANTINE_PERIOD);
    await use(own);
    expect(await sweepArtifacts(own.app)).toMatchObject({ refusal: null });
    expect(await names(blobs)).toBe(6);
  });

  test("without a label is never bound to a database that is newer than its blobs", async () => {
    const own = await database(blobs, { days: 0 });
    await store(own, ...TEXTS);
    const empty = await database(blobs, { days: 0 });
    empty.clock.advance(2 * HOUR);
    await bindBlobStore(empty.app);
    for (let days = 0; days < 10; days += 1) {
      expect(await sweepArtifacts(empty.app)).toMatchObject({ refusal: { reason: "older_than_database" } });
      empty.clock.advance(GRACE_PERIOD);
    }
    expect([await names(blobs), await readLabel(blobs)]).toEqual([5, null]);
    expect((await checkArtifacts(empty.app, { contents: false })).problems[0]).toMatch(
      /5 of 5 artifact blobs are older than this database/,
    );
    await sweepArtifacts(own.app);
    expect(await readLabel(blobs)).toMatchObject({ identity: expect.any(String), generation: 0, others: {} });
  });

  test("without a label is bound to a database that knows most of its blobs, a day before the first sweep", async () => {
    const own = await database(blobs, { days: 2 });
    await store(own, ...TEXTS.map((text) => text.repeat(9)));
    await storeUnknown(own, 1);
    await bindBlobStore(own.app);
    expect(await readLabel(blobs)).toMatchObject({ generation: 0 });
    own.clock.advance(GRACE_PERIOD);
    expect(await sweepArtifacts(own.app)).toMatchObject({ refusal: null });
  });

  test("is not swept for a day after its first use and after a restore; then removed blobs stay in quarantine for seven days", async () => {
    const own = await database(blobs, { days: 0 });
    await bindBlobStore(own.app);
    await store(own, ...TEXTS);
    own.clock.advance(GRACE_PERIOD - 1);
    expect(await sweepArtifacts(own.app)).toMatchObject({ refusal: { reason: "new", isProblem: false } });
    await recordRestore(own.app.store, { now: own.app.now() });
    own.clock.advance(GRACE_PERIOD - 1);
    expect(await sweepArtifacts(own.app)).toMatchObject({ refusal: { reason: "restored", isProblem: false } });
    own.clock.advance(1);
    expect(await sweepArtifacts(own.app)).toMatchObject({ refusal: null, quarantined: { count: 5, bytes: 19 }, deleted: { count: 0 } });
    own.clock.advance(QUARANTINE_PERIOD - 1);
    expect(await sweepArtifacts(own.app)).toMatchObject({ refusal: null, deleted: { count: 0 } });
    own.clock.advance(1);
    expect(await sweepArtifacts(own.app)).toMatchObject({ deleted: { count: 5, bytes: 19 } });
    expect(await names(blobs)).toBe(0);
  });

  test("is not swept if too many blobs are unknown, until an operator adopts it", async () => {
    const own = await database(blobs, { days: 3 });
    await bindBlobStore(own.app);
    own.clock.advance(3 * GRACE_PERIOD);
    await store(own, ...TEXTS);
    await storeUnknown(own, 101);
    own.clock.advance(2 * GRACE_PERIOD);
    await use(own);
    expect(await sweepArtifacts(own.app)).toMatchObject({ refusal: { reason: "many_strays", isProblem: true } });
    const { problems } = await checkArtifacts(own.app, { contents: false });
    expect([problems.length, problems[0], problems.at(-1)]).toEqual([
      22,
      expect.stringContaining("101 of 106 artifact blobs (801 of 820 bytes) are unknown to this database."),
      "81 more blobs are unknown to this database.",
    ]);
    expect(await adoptBlobStore(own.app)).toEqual({ count: 101, bytes: 801 });
    expect(await checkArtifacts(own.app, { contents: false })).toMatchObject({
      problems: [],
      notes: [expect.any(String), expect.any(String)],
    });
    own.clock.advance(QUARANTINE_PERIOD);
    await use(own);
    expect(await sweepArtifacts(own.app)).toMatchObject({ refusal: null, deleted: { count: 101 } });
    expect(await names(blobs)).toBe(5);
  });

  test("is not swept for a day by a database that was replaced by an earlier state without a restore", async () => {
    const own = await database(blobs, { days: 3 });
    await bindBlobStore(own.app);
    own.clock.advance(2 * GRACE_PERIOD);
    for (let hours = 0; hours < 3; hours += 1) await sweepArtifacts(own.app);
    await changeIdentity(own.app.store, { generation: 1 });
    expect(await sweepArtifacts(own.app)).toMatchObject({ refusal: { reason: "went_back", isProblem: false } });
    own.clock.advance(HOUR);
    expect(await sweepArtifacts(own.app)).toMatchObject({ refusal: { reason: "restored", isProblem: false } });
    own.clock.advance(GRACE_PERIOD - HOUR);
    expect(await sweepArtifacts(own.app)).toMatchObject({ refusal: null });
    expect(await readLabel(blobs)).toMatchObject({ generation: 4 });
  });

  test("is not swept while its label cannot be read", async () => {
    const own = await database(blobs, { days: 3 });
    await bindBlobStore(own.app);
    own.clock.advance(2 * GRACE_PERIOD);
    for (const text of ["", "{", '{"identity":1}']) {
      await blobs.writeLabel(text);
      expect(await sweepArtifacts(own.app)).toMatchObject({ refusal: { reason: "unreadable_label", isProblem: true } });
      expect(await blobs.readLabel()).toBe(text);
    }
    await adoptBlobStore(own.app);
    own.clock.advance(GRACE_PERIOD);
    expect(await sweepArtifacts(own.app)).toMatchObject({ refusal: null });
  });

  test("keeps blobs restored from quarantine, deletes purged ones, and removes those in use again from quarantine", async () => {
    const own = await database(blobs, { days: 3 });
    await bindBlobStore(own.app);
    own.clock.advance(3 * GRACE_PERIOD);
    await store(own, ...TEXTS);
    own.clock.advance(GRACE_PERIOD + HOUR);
    expect(await sweepArtifacts(own.app)).toMatchObject({ quarantined: { count: 5 } });
    const page = await listQuarantine(own.app.store.read, { after: "", limit: 3 });
    const [first, second, third] = page;
    if (!first || !second || !third) throw new Error("nothing is in quarantine");
    expect([page.length, first.sha256.length, first.dateDue]).toEqual([3, 64, new Date(own.app.now().getTime() + QUARANTINE_PERIOD)]);
    expect(await restoreQuarantined(own.app, [first.name])).toEqual({ count: 1, bytes: first.size });
    expect(await purgeQuarantined(own.app, [second.name])).toEqual({ count: 1, bytes: second.size });
    // The third blob is in use again, as after a restore of the database.
    const now = new Date(own.app.now().getTime() + QUARANTINE_PERIOD);
    const kept = { ...third, sha1: "", dateCreated: now, dateLastUsed: now };
    await own.app.store.transaction((tx) => tx.insert(tx.tables.blobs).values(kept));
    own.clock.advance(QUARANTINE_PERIOD);
    expect(await sweepArtifacts(own.app)).toMatchObject({ quarantined: { count: 0 }, deleted: { count: 2 } });
    const left = (await Array.fromAsync(blobs.list())).map(({ name }) => name);
    expect(left.toSorted()).toEqual([first.name, third.name].toSorted());
    expect(await purgeQuarantined(own.app, null)).toEqual({ count: 0, bytes: 0 });
    expect((await listQuarantine(own.app.store.read, { after: "", limit: 9 })).map(({ name }) => name)).toEqual([first.name]);
  });
});
