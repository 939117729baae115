import { DAY } from "@landfall/domain/durations";
import { createHash } from "node:crypto";
import { makeBundle } from "@landfall/testing/artifacts/make-bundle";
import { oneFile } from "@landfall/testing/artifacts/upload-artifacts";
import type { TestApp } from "@landfall/testing/create-test-app";
import type { TestStoreKind } from "@landfall/testing/stores/open-test-store";
import { eq } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import type { App } from "../../kernel/app.ts";
import type { Context } from "../../kernel/context.ts";
import { FILES_AT_ONCE } from "../../records/artifacts/delete-bundles.ts";
import { GRACE_PERIOD } from "../../records/artifacts/inspect-blob-store.ts";
import { abandonStagedArchives } from "../../records/artifacts/release-files.ts";
import { countStorage } from "../../records/artifacts/storage-usage.ts";
import type { UploadPart } from "../../records/artifacts/uploads.ts";
import { deleteOrganization, purgeRemovedOrganizations } from "../organizations/remove.ts";
import { deleteReleaseFile } from "../release-files/delete.ts";
import { memberId } from "../release-files/find-file.ts";
import { deleteSourceMaps, listSourceMaps } from "../release-files/legacy-source-maps.ts";
import { listReleaseFiles } from "../release-files/list.ts";
import { readReleaseFile } from "../release-files/read.ts";
import { uploadReleaseFile } from "../release-files/upload.ts";
import { createRelease } from "../releases/create.ts";
import { deleteRelease } from "../releases/delete.ts";
import { sweepArtifacts } from "../storage/sweep.ts";
import { assembleRelease } from "./assemble.ts";
import { resumeAssemblies } from "./assembler.ts";
import { describeReleaseArtifacts } from "./get-release-artifacts.ts";
import { findArtifacts } from "./lookup.ts";
import { uploadChunks } from "./upload-chunks.ts";
import { assembleAll, beforeTransactions, endingBefore, FILES, openLargeUploads, PARTS } from "./large-uploads.fixture.ts";

const organization = "acme";
const at = { organization, version: "1" };

/** Transactions of an assembly before those that store its archive: the claim and those that keep the blob. */
const BEFORE = 3;

type Upload = { readonly bytes: Uint8Array<ArrayBuffer>; readonly checksum: string };

/** Returns an archive of `count` files with the same content, numbered from `from`. */
function archive(content: string, { from = 0, count = FILES } = {}): Upload {
  const files = Array.from({ length: count }, (_, n) => [`f${from + n}`, { url: `~/${from + n}.js`, content }] as const);
  const bytes = makeBundle({ files: Object.fromEntries(files) });
  return { bytes, checksum: createHash("sha1").update(bytes).digest("hex") };
}

const first = archive("first");

/** The last half of the files of `first`, and as many others. */
const HALF = FILES_AT_ONCE;

const second = archive("second", { from: FILES - HALF });
const sha1 = (text: string): string => createHash("sha1").update(text).digest("hex");

let bench: TestApp;
let owner: Context;
afterEach(() => bench.close());

const open = async (kind: TestStoreKind) => void ({ bench, owner } = await openLargeUploads(kind));

async function requestAssembly({ bytes, checksum }: Upload) {
  await uploadChunks.call(owner, { organization }, () => oneFile(bytes, checksum));
  return assembleRelease.call(owner, at, () => ({ checksum, chunks: [checksum] }));
}

async function upload(archiveUpload: Upload, app = bench.app): Promise<unknown[]> {
  await requestAssembly(archiveUpload);
  return assembleAll(app);
}

/** Returns an app that runs `work` once, when the members of a second archive begin to be written. */
function onFirstMember(work: () => Promise<unknown>): App {
  let isDone = false;
  return beforeTransactions(bench.app, async () => {
    if (isDone || (await staged()) === 0) return;
    isDone = true;
    await work();
  });
}

const tables = () => bench.app.store.read.tables;

const rows = async () => ({
  files: await bench.app.store.read.$count(tables().releaseFiles),
  archives: await bench.app.store.read.$count(tables().releaseArchives),
  dropped: await bench.app.store.read.$count(tables().droppedFiles),
});

/** Returns the number of members that are written but not visible. */
async function staged(): Promise<number> {
  const { releaseArchives, releaseFiles } = tables();
  const found = await bench.app.store.read
    .select({ id: releaseFiles.id })
    .from(releaseFiles)
    .innerJoin(releaseArchives, eq(releaseArchives.id, releaseFiles.archiveId))
    .where(eq(releaseArchives.state, "staged"));
  return found.length;
}

async function project() {
  const [row] = await bench.app.store.read.select().from(tables().projects);
  if (!row) throw new Error("no project");
  return row;
}

const contentOf = async (n: number): Promise<string | null> => {
  const read = await readReleaseFile(owner, { ...at, file: memberId({ dist: "", name: `~/${n}.js` }) }).catch(() => null);
  return read !== null && "view" in read ? read.view.sha1 : null;
};

/** Returns what readers see of the release's files: single files, by URL, in lists, and counts. */
async function visible() {
  const { store } = bench.app;
  const web = await project();
  const found = [];
  for (const n of [0, FILES - 1, FILES]) found.push((await findArtifacts(store.read, web, { url: `~/${n}.js`, release: "1" })).length);
  const contents = [await contentOf(0), await contentOf(FILES - 1), await contentOf(FILES)];
  const { members, archives } = await describeReleaseArtifacts(owner, at);
  const [maps] = (await listSourceMaps(owner, { organization, project: "web" })).items;
  const { all } = await countStorage(store.read, web.organizationId);
  return { found, contents, members, archives, fileCount: maps?.fileCount ?? 0, stored: [all.archives.count, all.archives.files] };
}

const NOTHING = { found: [0, 0, 0], contents: [null, null, null], members: 0, archives: 0, fileCount: 0, stored: [0, 0] };

const FIRST = {
  found: [1, 1, 0],
  contents: [sha1("first"), sha1("first"), null],
  members: FILES,
  archives: 1,
  fileCount: FILES,
  stored: [1, FILES],
};

const BOTH = {
  found: [1, 1, 1],
  contents: [sha1("first"), sha1("second"), sha1("second")],
  members: 2 * FILES - HALF,
  archives: 2,
  fileCount: 2 * FILES - HALF,
  stored: [2, 2 * FILES - HALF],
};

describe.each(["sqlite", "pglite"] as const)("a release archive of many files on %s", { timeout: 120_000 }, (kind) => {
  test("is visible as a whole or not at all while it is stored in parts", async () => {
    await open(kind);
    const counts = new Set<number>();
    const states: unknown[] = [];
    const app = beforeTransactions(bench.app, async () => {
      counts.add(await staged());
      states.push(await visible());
    });
    expect(await upload(first, app)).toEqual([]);
    expect(counts).toEqual(new Set([0, FILES_AT_ONCE, 2 * FILES_AT_ONCE, FILES]));
    for (const state of states) expect(state).toEqual(NOTHING);
    expect(await visible()).toEqual(FIRST);
    expect(await requestAssembly(first)).toMatchObject({ state: "ok" });
  });

  test("replaces members of an earlier one atomically", async () => {
    await open(kind);
    await upload(first);
    const states: unknown[] = [];
    expect(
      await upload(
        second,
        beforeTransactions(bench.app, async () => void states.push(await visible())),
      ),
    ).toEqual([]);
    expect(states.length).toBeGreaterThan(PARTS);
    for (const state of states) expect(state).toEqual(FIRST);
    expect(await visible()).toEqual(BOTH);
    expect(await rows()).toMatchObject({ files: 2 * FILES });
    await sweepArtifacts(bench.app);
    expect([await visible(), await rows()]).toEqual([BOTH, { files: 2 * FILES - HALF, archives: 2, dropped: 0 }]);
  });

  test("replaces an archive with the same names, and is replaced when that is stored again", async () => {
    await open(kind);
    await upload(first);
    await upload(archive("other"));
    expect(await visible()).toMatchObject({ members: FILES, archives: 1, contents: [sha1("other"), sha1("other"), null] });
    await bench.app.store.transaction((tx) => tx.delete(tx.tables.assemblies));
    await upload(archive("other"));
    expect(await visible()).toMatchObject({ members: FILES, archives: 1, contents: [sha1("other"), sha1("other"), null] });
    expect(await requestAssembly(archive("other"))).toMatchObject({ state: "ok" });
    expect(await requestAssembly(first)).toMatchObject({ state: "created" });
    await sweepArtifacts(bench.app);
    expect(await rows()).toEqual({ files: FILES, archives: 1, dropped: 0 });
    await assembleAll(bench.app);
    expect(await visible()).toEqual(FIRST);
  });

  test("keeps the earlier files if the process ends in between, and is swept a day later", async () => {
    await open(kind);
    await upload(first);
    const left: number[] = [];
    // The first transactions are not about parts: the claim and those that keep the blob.
    for (let stop = BEFORE + 1; stop <= BEFORE + PARTS + 2; stop += 1) {
      await upload(archive(`never ${stop}`, { from: FILES - HALF }), endingBefore(bench.app, stop));
      await bench.app.store.transaction((tx) => tx.delete(tx.tables.assemblies));
      expect(await visible()).toEqual(FIRST);
      left.push(await staged());
    }
    expect(Math.max(...left)).toBeGreaterThanOrEqual(FILES);
    bench.clock.advance(GRACE_PERIOD + 1);
    await expect(sweepArtifacts(endingBefore(bench.app, 6))).rejects.toThrow("the process ends");
    expect(await visible()).toEqual(FIRST);
    await sweepArtifacts(bench.app);
    expect([await visible(), await rows()]).toEqual([FIRST, { files: FILES, archives: 1, dropped: 0 }]);
    expect(await upload(second)).toEqual([]);
    expect(await visible()).toEqual(BOTH);
  });

  test("replaces what a process that ended has left, before that is swept", async () => {
    await open(kind);
    await upload(first);
    await upload(archive("never", { from: FILES - HALF }), endingBefore(bench.app, BEFORE + PARTS + 2));
    expect(await staged()).toBe(FILES);
    await resumeAssemblies({ store: { ...bench.app.store, dialect: "sqlite" } });
    expect(await upload(second)).toEqual([]);
    expect(await visible()).toEqual(BOTH);
    await sweepArtifacts(bench.app);
    expect([await visible(), await rows()]).toEqual([BOTH, { files: 2 * FILES - HALF, archives: 2, dropped: 0 }]);
  });

  test("is stored again if another process abandoned it in between", async () => {
    await open(kind);
    await upload(first);
    const [release] = await bench.app.store.read.select().from(tables().releases);
    const app = onFirstMember(() => bench.app.store.transaction((tx) => abandonStagedArchives(tx, release?.id ?? 0)));
    expect(await upload(second, app)).toEqual([]);
    expect(await visible()).toEqual(BOTH);
    await sweepArtifacts(bench.app);
    expect([await visible(), await rows()]).toEqual([BOTH, { files: 2 * FILES - HALF, archives: 2, dropped: 0 }]);
  });

  test("waits for another archive of the release, and replaces its files", async () => {
    await open(kind);
    await requestAssembly(first);
    bench.clock.advance(1);
    await requestAssembly(second);
    expect(await assembleAll(bench.app)).toEqual([]);
    // Neither abandoned the other, which would leave the row of a third.
    expect([await visible(), await rows()]).toEqual([BOTH, { files: 2 * FILES, archives: 2, dropped: 0 }]);
    await sweepArtifacts(bench.app);
    expect(await rows()).toEqual({ files: 2 * FILES - HALF, archives: 2, dropped: 0 });
  });

  test("is not stored if its release is deleted in between", async () => {
    await open(kind);
    expect(
      await upload(
        first,
        onFirstMember(() => deleteRelease(owner, at)),
      ),
    ).toEqual([]);
    await createRelease(owner, { organization, version: "1", projects: ["web"] });
    expect(await visible()).toEqual(NOTHING);
    await sweepArtifacts(bench.app);
    expect([await visible(), await rows()]).toEqual([NOTHING, { files: 0, archives: 0, dropped: 0 }]);
  });

  test("does not restore a file that is deleted in between", async () => {
    await open(kind);
    await upload(first);
    const remove = (n: number) => deleteReleaseFile(owner, { ...at, file: memberId({ dist: "", name: `~/${n}.js` }) });
    const app = onFirstMember(async () => {
      await remove(0);
      await remove(FILES - 1);
      await expect(remove(FILES)).rejects.toMatchObject({ code: "not_found" });
    });
    expect(await upload(second, app)).toEqual([]);
    const members = BOTH.members - 1;
    expect(await visible()).toMatchObject({ found: [0, 1, 1], contents: [null, sha1("second"), sha1("second")], members });
  });

  test.each(["its source maps", "the release"] as const)("is deleted at once with %s, and its rows by the next sweep", async (what) => {
    await open(kind);
    await upload(first);
    if (what === "the release") {
      await deleteRelease(owner, at);
      await createRelease(owner, { organization, version: "1", projects: ["web"] });
    } else await deleteSourceMaps(owner, { organization, project: "web", name: "1" });
    expect(await visible()).toEqual(NOTHING);
    expect(await rows()).toEqual({ files: FILES, archives: 1, dropped: 1 });
    await expect(sweepArtifacts(endingBefore(bench.app, 5))).rejects.toThrow("the process ends");
    expect(await visible()).toEqual(NOTHING);
    await upload(first);
    expect(await visible()).toEqual(FIRST);
    await sweepArtifacts(bench.app);
    expect([await visible(), await rows()]).toEqual([FIRST, { files: FILES, archives: 1, dropped: 0 }]);
  });

  test("is deleted with its organization", async () => {
    await open(kind);
    await upload(first);
    await uploadReleaseFile.call(owner, at, () => form("single"));
    await bench.app.store.transaction((tx) => tx.update(tx.tables.organizations).set({ isSample: true }));
    await deleteOrganization(owner, { organization });
    await purgeRemovedOrganizations({ ...owner, now: () => new Date(bench.app.now().getTime() + DAY) });
    expect(await rows()).toEqual({ files: 0, archives: 0, dropped: 0 });
    expect(await bench.app.store.read.$count(tables().organizations)).toBe(0);
  });

  test("is visible even if the files of its release are deleted in between", async () => {
    await open(kind);
    await upload(first);
    const app = onFirstMember(() => deleteSourceMaps(owner, { organization, project: "web", name: "1" }));
    expect(await upload(second, app)).toEqual([]);
    const state = { found: [0, 1, 1], members: FILES, archives: 1, fileCount: FILES };
    expect(await visible()).toMatchObject(state);
    await sweepArtifacts(bench.app);
    expect([await visible(), await rows()]).toMatchObject([state, { files: FILES, archives: 1, dropped: 0 }]);
  });
});

async function* form(content: string): AsyncIterable<UploadPart> {
  const bytes = ReadableStream.from([Buffer.from(content)]);
  yield { kind: "file", name: "file", filename: "~/single.js", contentType: "text/plain", bytes };
}

describe.each(["sqlite", "pglite"] as const)("single files of a release with many on %s", { timeout: 120_000 }, (kind) => {
  test("are deleted at once with the others, and can be uploaded again before their rows are deleted", async () => {
    await open(kind);
    await upload(first);
    await uploadReleaseFile.call(owner, at, () => form("old"));
    const names = async () => (await listReleaseFiles(owner, at)).items.map(({ name, sha1: sum }) => [name, sum]);
    expect((await names())[0]).toEqual(["~/single.js", sha1("old")]);
    await expect(uploadReleaseFile.call(owner, at, () => form("new"))).rejects.toMatchObject({ code: "conflict" });
    await deleteSourceMaps(owner, { organization, project: "web", name: "1" });
    expect([await names(), await rows()]).toEqual([[], { files: FILES + 1, archives: 1, dropped: 1 }]);
    await uploadReleaseFile.call(owner, at, () => form("new"));
    expect(await names()).toEqual([["~/single.js", sha1("new")]]);
    await sweepArtifacts(bench.app);
    expect([await names(), await rows()]).toEqual([[["~/single.js", sha1("new")]], { files: 1, archives: 0, dropped: 0 }]);
  });
});
