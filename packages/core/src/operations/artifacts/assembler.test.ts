import { createHash } from "node:crypto";
import type { BlobStore } from "@landfall/db/blobs/blob-store";
import { callers } from "@landfall/testing/access/callers";
import { makeBundle } from "@landfall/testing/artifacts/make-bundle";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import type { TestStoreKind } from "@landfall/testing/stores/open-test-store";
import { afterEach, describe, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { LEASE } from "../../kernel/lease.ts";
import type { UploadPart } from "../../records/artifacts/uploads.ts";
import { assembleArtifactBundle } from "./assemble.ts";
import { claimAssembly, createAssembler, createAssemblyHeartbeat, resumeAssemblies } from "./assembler.ts";
import { runAssembly } from "./run-assembly.ts";
import { uploadChunks } from "./upload-chunks.ts";

const organization = "acme";
const opened: TestApp[] = [];

afterEach(async () => {
  for (const bench of opened.splice(0)) await bench.close();
});

async function open(kind: TestStoreKind): Promise<{ bench: TestApp; context: Context }> {
  const bench = await createTestApp(kind);
  opened.push(bench);
  await bench.given.organization(organization);
  await bench.given.project(organization, "web");
  return { bench, context: await callers(bench.app, bench.given).ci(organization) };
}

const sha1 = (bytes: Uint8Array): string => createHash("sha1").update(bytes).digest("hex");
const bundleOf = (name: string) => makeBundle({ files: { [name]: { url: `~/${name}`, content: name } } });

async function* parts(bytes: Uint8Array): AsyncIterable<UploadPart> {
  async function* once() {
    yield bytes;
  }
  yield { kind: "file", name: "file", filename: sha1(bytes), contentType: "", bytes: once() };
}

const inputOf = (bytes: Uint8Array) => () => ({ checksum: sha1(bytes), chunks: [sha1(bytes)], projects: ["web"] });
const requestAssembly = (context: Context, bytes: Uint8Array) => assembleArtifactBundle.call(context, { organization }, inputOf(bytes));

async function upload(context: Context, bytes: Uint8Array): Promise<void> {
  await uploadChunks.call(context, { organization }, () => parts(bytes));
  expect(await requestAssembly(context, bytes)).toMatchObject({ state: "created" });
}

const bundles = async ({ app: { store } }: TestApp): Promise<number> => store.read.$count(store.read.tables.artifactBundles);

function fail(error: unknown): never {
  throw error;
}

describe.each(["sqlite", "pglite"] as const)("assembling on %s", (kind) => {
  test("each archive is assembled once by any number of workers", async () => {
    const { bench, context } = await open(kind);
    const all = ["a", "b", "c", "d", "e"].map(bundleOf);
    for (const bytes of all) await upload(context, bytes);
    const assemblers = [1, 2, 3].map((workers) => createAssembler(bench.app, { onError: fail, workers }));
    for (const assembler of assemblers) for (let wake = 0; wake < 4; wake += 1) assembler.wake();
    await Promise.all(assemblers.map((assembler) => assembler.idle()));
    expect(await bundles(bench)).toBe(5);
    const { assemblies } = bench.app.store.read.tables;
    expect(await bench.app.store.read.select({ state: assemblies.state, attempts: assemblies.attempts }).from(assemblies)).toEqual(
      all.map(() => ({ state: "ok", attempts: 1 })),
    );
  });

  test("a request wakes the assembler once it is committed", async () => {
    const { bench, context } = await open(kind);
    const assembler = createAssembler(bench.app, { onError: fail, workers: 1 });
    const withWake = { ...context, onAssembly: assembler.wake };
    for (const name of ["a", "b", "c"]) await upload(withWake, bundleOf(name));
    await assembler.idle();
    expect(await bundles(bench)).toBe(3);
  });

  test("the work of a process that ended is resumed at once on SQLite, and after the lease on PostgreSQL", async () => {
    const { bench, context } = await open(kind);
    const bytes = bundleOf("left");
    await upload(context, bytes);
    expect(await claimAssembly(bench.app.store, bench.clock.now())).toMatchObject({ state: "assembling", attempts: 1 });
    expect(await requestAssembly(context, bytes)).toMatchObject({ state: "assembling" });
    expect(await claimAssembly(bench.app.store, bench.clock.now())).toBeNull();
    await resumeAssemblies(bench.app);
    const assembler = createAssembler(bench.app, { onError: fail });
    assembler.wake();
    await assembler.idle();
    expect(await bundles(bench)).toBe(kind === "sqlite" ? 1 : 0);
    bench.clock.advance(LEASE + 1);
    assembler.wake();
    await assembler.idle();
    expect([await bundles(bench), await requestAssembly(context, bytes)]).toEqual([1, { state: "ok", detail: null, missingChunks: [] }]);
  });

  test("long work renews its lease, and no other worker takes it", async () => {
    const { bench, context } = await open(kind);
    await upload(context, bundleOf("slow"));
    const claimed = await claimAssembly(bench.app.store, bench.clock.now());
    const heartbeat = createAssemblyHeartbeat(bench.app, claimed?.id ?? 0);
    for (let minute = 0; minute < 10; minute += 1) {
      bench.clock.advance(60_000);
      await heartbeat();
      expect(await claimAssembly(bench.app.store, bench.clock.now())).toBeNull();
    }
  });

  test("an archive that ended the process three times is given up", async () => {
    const { bench, context } = await open(kind);
    const bytes = bundleOf("deadly");
    await upload(context, bytes);
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      expect(await claimAssembly(bench.app.store, bench.clock.now())).toMatchObject({ attempts: attempt });
      bench.clock.advance(LEASE + 1);
    }
    expect(await claimAssembly(bench.app.store, bench.clock.now())).toBeNull();
    expect(await requestAssembly(context, bytes)).toMatchObject({ state: "error", detail: expect.stringMatching(/stopped 3 times/) });
  });

  test("a failure of the server is distinguished from an invalid archive, and reported", async () => {
    const { bench, context } = await open(kind);
    const bytes = bundleOf("fine");
    await upload(context, bytes);
    const broken: BlobStore = {
      ...bench.app.blobs,
      stage: () => Promise.reject(new Error("no space left on device")),
    };
    const reported: unknown[] = [];
    const assembler = createAssembler({ ...bench.app, blobs: broken }, { onError: (error) => reported.push(error) });
    assembler.wake();
    await assembler.idle();
    expect(reported).toMatchObject([{ message: "no space left on device" }]);
    expect(await requestAssembly(context, bytes)).toMatchObject({ state: "error", detail: expect.stringMatching(/server failed/) });
    bench.clock.advance(61_000);
    expect(await requestAssembly(context, bytes)).toMatchObject({ state: "created" });
    const working = createAssembler(bench.app, { onError: fail });
    working.wake();
    await working.idle();
    expect(await requestAssembly(context, bytes)).toMatchObject({ state: "ok" });
  });

  test("two workers on the same archive create one bundle", async () => {
    const { bench, context } = await open(kind);
    await upload(context, bundleOf("twice"));
    const claimed = await claimAssembly(bench.app.store, bench.clock.now());
    if (!claimed) throw new Error("nothing was claimed");
    await Promise.all([1, 2].map(() => runAssembly(bench.app, claimed, () => Promise.resolve())));
    expect(await bundles(bench)).toBe(1);
    const kept = await Array.fromAsync(bench.app.blobs.list());
    const { blobs } = bench.app.store.read.tables;
    expect(kept.length).toBe(await bench.app.store.read.$count(blobs));
  });

  test("stopping releases the current work, and starts no more", async () => {
    const { bench, context } = await open(kind);
    for (const name of ["a", "b", "c"]) await upload(context, bundleOf(name));
    const assembler = createAssembler(bench.app, { onError: fail, workers: 1 });
    assembler.wake();
    await assembler.stop();
    assembler.wake();
    await assembler.idle();
    expect(await bundles(bench)).toBe(0);
    const { assemblies } = bench.app.store.read.tables;
    expect(await bench.app.store.read.select({ state: assemblies.state, attempts: assemblies.attempts }).from(assemblies)).toEqual(
      [1, 2, 3].map(() => ({ state: "created", attempts: 0 })),
    );
    expect(await bench.app.blobs.sweepStaged(new Date("9999-01-01"))).toBe(0);
    const next = createAssembler(bench.app, { onError: fail });
    next.wake();
    await next.idle();
    expect(await bundles(bench)).toBe(3);
  });
});
