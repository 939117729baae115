import { createHash } from "node:crypto";
import type { BlobStore } from "@landfall/db/blobs/blob-store";
import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { eq } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { QUARANTINE_PERIOD } from "../../records/artifacts/database-identity.ts";
import { GRACE_PERIOD } from "../../records/artifacts/inspect-blob-store.ts";
import type { UploadPart } from "../../records/artifacts/uploads.ts";
import { uploadChunks } from "../artifacts/upload-chunks.ts";
import { createRelease } from "../releases/create.ts";
import { deleteRelease } from "../releases/delete.ts";
import { checkArtifacts } from "./check.ts";
import { bindBlobStore, sweepArtifacts } from "./sweep.ts";

const organization = "acme";
let bench: TestApp;
let context: Context;
afterEach(() => bench.close());

async function open(kind: "sqlite" | "pglite"): Promise<void> {
  bench = await createTestApp(kind);
  // Dates of files are those of the machine. The blob store has been bound to the database for two days.
  bench.clock.set(new Date(Date.now() - 2 * GRACE_PERIOD).toISOString());
  await bindBlobStore(bench.app);
  bench.clock.set(new Date().toISOString());
  await bench.given.organization(organization);
  await bench.given.project(organization, "web");
  await bench.given.user("ann@acme.test", { organization, role: "owner" });
  context = await callers(bench.app, bench.given).ci(organization);
}

async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode(text);
}

async function* parts(...texts: readonly string[]): AsyncIterable<UploadPart> {
  for (const text of texts) {
    const filename = createHash("sha1").update(text).digest("hex");
    yield { kind: "file", name: "file", filename, contentType: "", bytes: bytesOf(text) };
  }
}

const upload = (...texts: readonly string[]) => uploadChunks.call(context, { organization }, () => parts(...texts));

const names = async (blobs: BlobStore = bench.app.blobs) => (await Array.fromAsync(blobs.list())).map((blob) => blob.name);

const rows = async (): Promise<{ chunks: number; blobs: number }> => {
  const { chunks, blobs } = bench.app.store.read.tables;
  return { chunks: await bench.app.store.read.$count(chunks), blobs: await bench.app.store.read.$count(blobs) };
};

/** Adds a reference to the first blob, like a release file. */
async function referByRelease(): Promise<void> {
  await createRelease(context, { organization, version: "1", projects: ["web"] });
  await bench.app.store.transaction(async (tx) => {
    const { releases, releaseFiles, blobs } = tx.tables;
    const [release] = await tx.select().from(releases);
    const [blob] = await tx.select().from(blobs);
    if (!release || !blob) throw new Error("nothing to refer to");
    const file = { name: "~/a.js", ident: "i", headers: {}, size: blob.size, sha1: blob.sha1 };
    await tx.update(blobs).set({ isChunk: false }).where(eq(blobs.id, blob.id));
    await tx.insert(releaseFiles).values({ ...file, releaseId: release.id, blobId: blob.id, dateCreated: new Date() });
  });
}

const DONE = { refusal: null, chunks: 0, quarantined: { count: 0, bytes: 0 }, deleted: { count: 0, bytes: 0 }, staged: 0 };

/** Sweeps seven days later. */
const afterQuarantine = async () => {
  bench.clock.advance(QUARANTINE_PERIOD);
  return sweepArtifacts(bench.app);
};

describe.each(["sqlite", "pglite"] as const)("sweeping on %s", (kind) => {
  test("chunks are kept for a day, and their blobs are deleted with them", async () => {
    await open(kind);
    await upload("one", "two");
    bench.clock.advance(GRACE_PERIOD);
    expect(await sweepArtifacts(bench.app)).toEqual(DONE);
    await upload("two");
    bench.clock.advance(1);
    expect(await sweepArtifacts(bench.app)).toEqual({ ...DONE, chunks: 1, deleted: { count: 1, bytes: 3 } });
    expect([await rows(), (await names()).length]).toEqual([{ chunks: 1, blobs: 1 }, 1]);
    bench.clock.advance(GRACE_PERIOD);
    expect(await sweepArtifacts(bench.app)).toMatchObject({ chunks: 1, deleted: { count: 1 } });
    expect([await rows(), await names()]).toEqual([{ chunks: 0, blobs: 0 }, []]);
  });

  test("blobs of a release are kept as long as the release, and then seven days in quarantine", async () => {
    await open(kind);
    await upload("kept");
    await referByRelease();
    bench.clock.advance(GRACE_PERIOD * 30);
    expect(await sweepArtifacts(bench.app)).toEqual({ ...DONE, chunks: 1 });
    expect([await rows(), (await names()).length]).toEqual([{ chunks: 0, blobs: 1 }, 1]);
    await deleteRelease(await callers(bench.app, bench.given).person("ann@acme.test"), { organization, version: "1" });
    expect(await sweepArtifacts(bench.app)).toEqual({ ...DONE, quarantined: { count: 1, bytes: 4 } });
    bench.clock.advance(QUARANTINE_PERIOD - 1);
    expect(await sweepArtifacts(bench.app)).toEqual(DONE);
    expect((await names()).length).toBe(1);
    bench.clock.advance(1);
    expect(await sweepArtifacts(bench.app)).toEqual({ ...DONE, deleted: { count: 1, bytes: 4 } });
    expect(await names()).toEqual([]);
  });

  test("blobs that a process left behind are put in quarantine only when they are old", async () => {
    await open(kind);
    await (await bench.app.blobs.stage(bytesOf("stray"))).keep();
    await bench.app.blobs.stage(bytesOf("half"));
    await upload("mine");
    await referByRelease();
    expect(await sweepArtifacts(bench.app)).toEqual(DONE);
    bench.clock.advance(GRACE_PERIOD + 60_000);
    expect(await sweepArtifacts(bench.app)).toMatchObject({ quarantined: { count: 1, bytes: 5 }, deleted: { count: 0 }, staged: 1 });
    expect((await names()).length).toBe(2);
    expect(await afterQuarantine()).toMatchObject({ deleted: { count: 1, bytes: 5 } });
    expect((await names()).length).toBe(1);
  });

  test("a blob that is used again during a sweep is kept", async () => {
    await open(kind);
    await upload("again");
    bench.clock.advance(GRACE_PERIOD + 1);
    const { store } = bench.app;
    let isUsed = false;
    const slow = {
      ...store,
      async transaction<T>(work: Parameters<typeof store.transaction<T>>[0]): Promise<T> {
        // The chunk is deleted and the blob is selected: the next transaction would delete its row.
        if (!isUsed && (await rows()).chunks === 0) {
          isUsed = true;
          await upload("again");
        }
        return store.transaction(work);
      },
    };
    await sweepArtifacts({ ...bench.app, store: slow });
    expect([isUsed, await rows(), (await names()).length]).toEqual([true, { chunks: 1, blobs: 1 }, 1]);
    expect(await checkArtifacts(bench.app, { contents: true })).toEqual({ problems: [], notes: [] });
  });

  test("the check reports missing, unknown, and changed blobs", async () => {
    await open(kind);
    await upload("one", "two", "three");
    expect(await checkArtifacts(bench.app, { contents: true })).toEqual({ problems: [], notes: [] });
    const stray = await (await bench.app.blobs.stage(bytesOf("stray"))).keep();
    const [missing = "", changed = "", longer = ""] = (await bench.app.store.read.select().from(bench.app.store.read.tables.blobs)).map(
      (row) => row.name,
    );
    await bench.app.blobs.remove(missing);
    const damaged: BlobStore = {
      ...bench.app.blobs,
      read: (name, range) => (name === changed ? bytesOf("owt") : bench.app.blobs.read(name, range)),
      async *list() {
        for await (const blob of bench.app.blobs.list()) yield blob.name === longer ? { ...blob, size: 9 } : blob;
      },
    };
    bench.clock.advance(GRACE_PERIOD + 60_000);
    const app = { ...bench.app, blobs: damaged };
    const found = [`The blob ${missing} is missing, but artifacts refer to it.`, `The blob ${longer} has 9 bytes instead of 5.`];
    const strayed = `The blob ${stray} is unknown to this database; a server puts it in quarantine within an hour.`;
    expect((await checkArtifacts(app, { contents: false })).problems).toEqual([...found, strayed]);
    expect((await checkArtifacts(app, { contents: true })).problems).toEqual([
      found[0],
      `The blob ${changed} does not match its checksum.`,
      found[1],
      strayed,
    ]);
  });
});
