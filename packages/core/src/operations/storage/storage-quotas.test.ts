import { createHash } from "node:crypto";
import { callers } from "@landfall/testing/access/callers";
import { makeBundle } from "@landfall/testing/artifacts/make-bundle";
import { uploadFile } from "@landfall/testing/artifacts/upload-artifacts";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createStorageQuotas } from "../../records/artifacts/storage-quotas.ts";
import type { UploadPart } from "../../records/artifacts/uploads.ts";
import { assembleArtifactBundle } from "../artifacts/assemble.ts";
import { createAssembler } from "../artifacts/assembler.ts";
import { uploadChunks } from "../artifacts/upload-chunks.ts";
import { deleteReleaseFile } from "../release-files/delete.ts";
import { createRelease } from "../releases/create.ts";
import { getStorage } from "./usage-and-quota.ts";

const sha1 = (bytes: Uint8Array): string => createHash("sha1").update(bytes).digest("hex");

/** Returns incompressible bytes that differ for each name. */
const chunkOf = (name: string, size = 1000): Buffer<ArrayBuffer> =>
  Buffer.from(
    Array.from({ length: Math.ceil(size / 64) }, (_, index) => createHash("sha256").update(`${name} ${index}`).digest("hex")).join(""),
  ).subarray(0, size);

async function* parts(...chunks: readonly Uint8Array[]): AsyncIterable<UploadPart> {
  for (const chunk of chunks) {
    async function* once() {
      yield chunk;
    }
    yield { kind: "file", name: "file", filename: sha1(chunk), contentType: "", bytes: once() };
  }
}

const upload = (context: Context, organization: string, ...chunks: readonly Uint8Array[]) =>
  uploadChunks.call(context, { organization }, () => parts(...chunks));

const tooLarge = { code: "too_large", message: expect.stringMatching(/quota of 4 KiB/) };

describe.each(["sqlite", "pglite"] as const)("storage quotas on %s", (kind) => {
  let bench: TestApp;
  let acme: Context;
  let other: Context;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    for (const slug of ["acme", "other"]) {
      await bench.given.organization(slug);
      await bench.given.project(slug, "web");
    }
    acme = await callers(bench.app, bench.given).ci("acme");
    other = await callers(bench.app, bench.given).ci("other");
    await setQuota(4096);
  });
  afterEach(() => bench.close());

  async function setQuota(storageQuota: number | null): Promise<void> {
    await bench.app.store.transaction(async (tx) => {
      await tx.update(tx.tables.organizations).set({ storageQuota }).where(eq(tx.tables.organizations.slug, "acme"));
    });
  }

  const stored = async (): Promise<number> => (await Array.fromAsync(bench.app.blobs.list())).length;
  const later = (milliseconds: number) => bench.clock.set(new Date(bench.clock.now().getTime() + milliseconds).toISOString());

  test("reject requests with chunks beyond the quota, but not those of other organizations", async () => {
    await upload(acme, "acme", chunkOf("a"), chunkOf("b"), chunkOf("c"));
    await expect(upload(acme, "acme", chunkOf("d"), chunkOf("e"))).rejects.toMatchObject(tooLarge);
    expect(await stored()).toBe(3);
    await upload(acme, "acme", chunkOf("d"));
    await upload(other, "other", chunkOf("e"), chunkOf("f"));
    expect(await stored()).toBe(6);
  });

  test("cannot be exceeded by concurrent requests", async () => {
    const results = await Promise.allSettled(Array.from({ length: 12 }, (_, index) => upload(acme, "acme", chunkOf(`${index}`))));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(4);
    expect(await stored()).toBe(4);
  });

  test("reject a release file while it arrives, and leave nothing of it", async () => {
    await createRelease(acme, { organization: "acme", version: "1", projects: ["web"] });
    const at = { organization: "acme", version: "1" };
    await uploadFile(acme, at, { name: "~/a.js", content: chunkOf("a", 3000) });
    await expect(uploadFile(acme, at, { name: "~/b.js", content: chunkOf("b", 3000) })).rejects.toMatchObject(tooLarge);
    expect(await stored()).toBe(1);
    expect(await bench.app.blobs.sweepStaged(new Date(Date.now() + 60_000))).toBe(0);
  });

  test("allow uploads again after artifacts are deleted or the quota is raised", async () => {
    await createRelease(acme, { organization: "acme", version: "1", projects: ["web"] });
    const at = { organization: "acme", version: "1" };
    await uploadFile(acme, at, { name: "~/a.js", content: chunkOf("a", 4000) });
    await expect(upload(acme, "acme", chunkOf("b"))).rejects.toMatchObject(tooLarge);
    const { releaseFiles } = bench.app.store.read.tables;
    const [file] = await bench.app.store.read.select({ id: releaseFiles.id }).from(releaseFiles);
    await bench.given.user("ann@acme.test", { organization: "acme", role: "owner" });
    await deleteReleaseFile(await callers(bench.app, bench.given).person("ann@acme.test"), { ...at, file: String(file?.id) });
    later(5001);
    await upload(acme, "acme", chunkOf("b"));
    await setQuota(5096);
    await upload(await callers(bench.app, bench.given).ci("acme"), "acme", chunkOf("c", 4000));
  });

  test("fail an assembly that would exceed the quota with a message, and keep nothing of the archive", async () => {
    const bundle = makeBundle({ files: { "a.js": { url: "~/a.js", content: chunkOf("a", 2500).toString() } } });
    await setQuota(bundle.length + 100);
    const request = { checksum: sha1(bundle), chunks: [sha1(bundle)], projects: ["web"] };
    const context = await callers(bench.app, bench.given).ci("acme");
    await upload(context, "acme", bundle);
    await upload(context, "acme", chunkOf("b", 100));
    await assembleArtifactBundle.call(context, { organization: "acme" }, () => request);
    const assembler = createAssembler(bench.app, { onError: (error) => expect.unreachable(String(error)) });
    assembler.wake();
    await assembler.idle();
    expect(await assembleArtifactBundle.call(context, { organization: "acme" }, () => request)).toMatchObject({
      state: "error",
      detail: expect.stringMatching(/reached its quota/),
    });
    expect(await stored()).toBe(2);
  });

  test("are returned with the storage of the organization, with a default for organizations without a quota", async () => {
    const quotas = createStorageQuotas({ read: bench.app.store.read, now: bench.clock.now }, { byDefault: 100 });
    expect(await getStorage({ ...acme, quotas }, { organization: "acme" })).toMatchObject({ quota: 4096 });
    expect(await getStorage({ ...other, quotas }, { organization: "other" })).toMatchObject({ quota: 100 });
    expect(await getStorage(other, { organization: "other" })).toMatchObject({ quota: null });
    await expect(upload({ ...other, quotas }, "other", chunkOf("a", 200))).rejects.toMatchObject({ code: "too_large" });
  });
});

describe.each(["sqlite", "pglite"] as const)("the queue of archives on %s", (kind) => {
  let bench: TestApp;
  afterEach(() => bench.close());

  async function open(...slugs: readonly string[]): Promise<Context[]> {
    bench = await createTestApp(kind);
    for (const slug of slugs) {
      await bench.given.organization(slug);
      await bench.given.project(slug, "web");
    }
    return Promise.all(slugs.map((slug) => callers(bench.app, bench.given).ci(slug)));
  }

  const requestAssembly = (context: Context, organization: string, chunks: readonly Uint8Array[], version?: string) =>
    assembleArtifactBundle.call(context, { organization }, () => {
      const checksum = sha1(Buffer.concat(chunks));
      return { checksum, chunks: chunks.map(sha1), projects: ["web"], ...(version !== undefined && { version }) };
    });

  test("rejects an archive many times larger than its distinct chunks", async () => {
    const [acme] = await open("acme");
    if (!acme) return expect.unreachable();
    const chunk = chunkOf("a");
    await upload(acme, "acme", chunk, chunkOf("b"));
    await expect(
      requestAssembly(
        acme,
        "acme",
        Array.from({ length: 5 }, () => chunk),
      ),
    ).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/4 times as large/),
    });
    expect(await requestAssembly(acme, "acme", [chunk, chunk, chunkOf("b"), chunk])).toMatchObject({ state: "created" });
  });

  test("is bounded for each organization", async () => {
    const [acme, other] = await open("acme", "other");
    if (!acme || !other) return expect.unreachable();
    await upload(acme, "acme", chunkOf("a"));
    await upload(other, "other", chunkOf("a"));
    for (let index = 0; index < 100; index += 1) await requestAssembly(acme, "acme", [chunkOf("a")], `v${index}`);
    await expect(requestAssembly(acme, "acme", [chunkOf("a")], "v100")).rejects.toMatchObject({ code: "unavailable" });
    expect(await requestAssembly(acme, "acme", [chunkOf("a")], "v1")).toMatchObject({ state: "created" });
    expect(await requestAssembly(other, "other", [chunkOf("a")], "v1")).toMatchObject({ state: "created" });
  });

  test("lets organizations take turns", async () => {
    const [acme, other] = await open("acme", "other");
    if (!acme || !other) return expect.unreachable();
    const bundleOf = (name: string) => makeBundle({ files: { [name]: { url: `~/${name}`, content: name } } });
    for (const name of ["a", "b", "c", "d"]) {
      await upload(acme, "acme", bundleOf(name));
      await requestAssembly(acme, "acme", [bundleOf(name)]);
      later(1);
    }
    await upload(other, "other", bundleOf("x"));
    await requestAssembly(other, "other", [bundleOf("x")]);
    const assembler = createAssembler(bench.app, { onError: (error) => expect.unreachable(String(error)), workers: 1 });
    assembler.wake();
    await assembler.idle();
    const { artifactBundles, organizations } = bench.app.store.read.tables;
    const order = await bench.app.store.read
      .select({ slug: organizations.slug })
      .from(artifactBundles)
      .innerJoin(organizations, eq(organizations.id, artifactBundles.organizationId))
      .orderBy(artifactBundles.id);
    expect(order.map(({ slug }) => slug)).toEqual(["acme", "other", "acme", "acme", "acme"]);
  });

  const later = (milliseconds: number) => bench.clock.set(new Date(bench.clock.now().getTime() + milliseconds).toISOString());
});
