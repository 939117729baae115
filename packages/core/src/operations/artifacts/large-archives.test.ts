import { createHash } from "node:crypto";
import type { Store } from "@landfall/db/store";
import { callers } from "@landfall/testing/access/callers";
import { makeBundle } from "@landfall/testing/artifacts/make-bundle";
import { oneFile } from "@landfall/testing/artifacts/upload-artifacts";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
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
import { deleteOrganization } from "../organizations/manage.ts";
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
import { createAssembler, resumeAssemblies } from "./assembler.ts";
import { describeReleaseArtifacts } from "./get-release-artifacts.ts";
import { findArtifacts } from "./look-up.ts";
import { uploadChunks } from "./upload-chunks.ts";

const organization = "acme";
const at = { organization, version: "1" };
const FILES = 2 * FILES_AT_ONCE + 1;
const PARTS = 3;

/** Transactions of an assembly before those that store its archive: the claim and what keeps the blob. */
const BEFORE = 3;

type Upload = { readonly bytes: Uint8Array<ArrayBuffer>; readonly checksum: string };

/** An archive of so many files with one content, from the file of this number on. */
function archive(content: string, { from = 0, count = FILES } = {}): Upload {
  const files = Array.from({ length: count }, (_, n) => [`f${from + n}`, { url: `~/${from + n}.js`, content }] as const);
  const bytes = makeBundle({ files: Object.fromEntries(files) });
  return { bytes, checksum: createHash("sha1").update(bytes).digest("hex") };
}

const first = archive("first");

/** Has the last half of the files of `first`, and as many others. */
const HALF = FILES_AT_ONCE;

const second = archive("second", { from: FILES - HALF });
const sha1 = (text: string): string => createHash("sha1").update(text).digest("hex");

let bench: TestApp;
let owner: Context;
afterEach(() => bench.close());

async function open(kind: TestStoreKind): Promise<void> {
  bench = await createTestApp(kind);
  await bench.given.organization(organization, { teams: ["crew"], projects: { web: "crew" } });
  await bench.given.user("ann@acme.test", { organization, role: "owner" });
  owner = await callers(bench.app, bench.given).person("ann@acme.test");
  await createRelease(owner, { organization, version: "1", projects: ["web"] });
}

async function ask({ bytes, checksum }: Upload) {
  await uploadChunks.call(owner, { organization }, () => oneFile(bytes, checksum));
  return assembleRelease.call(owner, at, () => ({ checksum, chunks: [checksum] }));
}

/** Lets the assembler work. Returns what failed in it. */
async function assemble(app: App = bench.app): Promise<unknown[]> {
  const errors: unknown[] = [];
  const assembler = createAssembler(app, { onError: (error) => errors.push(error) });
  assembler.wake();
  assembler.wake();
  await assembler.idle();
  return errors;
}

async function upload(archived: Upload, app?: App): Promise<unknown[]> {
  await ask(archived);
  return assemble(app);
}

/** The application with something done before each transaction of its store. */
function withStore(before: (transaction: number) => Promise<void>): App {
  const { store } = bench.app;
  let transactions = 0;
  const watched: Store = {
    ...store,
    transaction: async (work) => {
      transactions += 1;
      await before(transactions);
      return store.transaction(work);
    },
  };
  return { ...bench.app, store: watched };
}

const endsAt = (last: number): App =>
  withStore((transaction) => (transaction >= last ? Promise.reject(new Error("the process ends")) : Promise.resolve()));

/** Does something once, when the members of a second archive begin to be written. */
function onceStaged(work: () => Promise<unknown>): App {
  let isDone = false;
  return withStore(async () => {
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

/** How many members are written and not shown. */
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

/** How readers find the release's files: one by one, by URL, in lists, and counted. */
async function seen() {
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
  test("is shown as a whole or not at all while it is stored in parts", async () => {
    await open(kind);
    const counts = new Set<number>();
    const states: unknown[] = [];
    const app = withStore(async () => {
      counts.add(await staged());
      states.push(await seen());
    });
    expect(await upload(first, app)).toEqual([]);
    expect(counts).toEqual(new Set([0, FILES_AT_ONCE, 2 * FILES_AT_ONCE, FILES]));
    for (const state of states) expect(state).toEqual(NOTHING);
    expect(await seen()).toEqual(FIRST);
    expect(await ask(first)).toMatchObject({ state: "ok" });
  });

  test("replaces members of an earlier one all at once", async () => {
    await open(kind);
    await upload(first);
    const states: unknown[] = [];
    expect(
      await upload(
        second,
        withStore(async () => void states.push(await seen())),
      ),
    ).toEqual([]);
    expect(states.length).toBeGreaterThan(PARTS);
    for (const state of states) expect(state).toEqual(FIRST);
    expect(await seen()).toEqual(BOTH);
    expect(await rows()).toMatchObject({ files: 2 * FILES });
    await sweepArtifacts(bench.app);
    expect([await seen(), await rows()]).toEqual([BOTH, { files: 2 * FILES - HALF, archives: 2, dropped: 0 }]);
  });

  test("takes the place of an archive with the same names, and is that archive when it is stored again", async () => {
    await open(kind);
    await upload(first);
    await upload(archive("other"));
    expect(await seen()).toMatchObject({ members: FILES, archives: 1, contents: [sha1("other"), sha1("other"), null] });
    await bench.app.store.transaction((tx) => tx.delete(tx.tables.assemblies));
    await upload(archive("other"));
    expect(await seen()).toMatchObject({ members: FILES, archives: 1, contents: [sha1("other"), sha1("other"), null] });
    expect(await ask(archive("other"))).toMatchObject({ state: "ok" });
    expect(await ask(first)).toMatchObject({ state: "created" });
    await sweepArtifacts(bench.app);
    expect(await rows()).toEqual({ files: FILES, archives: 1, dropped: 0 });
    await assemble();
    expect(await seen()).toEqual(FIRST);
  });

  test("leaves what was there when the process ends in between, and is swept a day later", async () => {
    await open(kind);
    await upload(first);
    const left: number[] = [];
    // Transactions of an assembly that are not about its parts come first: the claim and what keeps the blob.
    for (let stop = BEFORE + 1; stop <= BEFORE + PARTS + 2; stop += 1) {
      await upload(archive(`never ${stop}`, { from: FILES - HALF }), endsAt(stop));
      await bench.app.store.transaction((tx) => tx.delete(tx.tables.assemblies));
      expect(await seen()).toEqual(FIRST);
      left.push(await staged());
    }
    expect(Math.max(...left)).toBeGreaterThanOrEqual(FILES);
    bench.clock.advance(GRACE_PERIOD + 1);
    await expect(sweepArtifacts(endsAt(6))).rejects.toThrow("the process ends");
    expect(await seen()).toEqual(FIRST);
    await sweepArtifacts(bench.app);
    expect([await seen(), await rows()]).toEqual([FIRST, { files: FILES, archives: 1, dropped: 0 }]);
    expect(await upload(second)).toEqual([]);
    expect(await seen()).toEqual(BOTH);
  });

  test("is stored over what an ended process left, before that is swept", async () => {
    await open(kind);
    await upload(first);
    await upload(archive("never", { from: FILES - HALF }), endsAt(BEFORE + PARTS + 2));
    expect(await staged()).toBe(FILES);
    await resumeAssemblies({ store: { ...bench.app.store, dialect: "sqlite" } });
    expect(await upload(second)).toEqual([]);
    expect(await seen()).toEqual(BOTH);
    await sweepArtifacts(bench.app);
    expect([await seen(), await rows()]).toEqual([BOTH, { files: 2 * FILES - HALF, archives: 2, dropped: 0 }]);
  });

  test("is stored again when another process gave it up in between", async () => {
    await open(kind);
    await upload(first);
    const [release] = await bench.app.store.read.select().from(tables().releases);
    const app = onceStaged(() => bench.app.store.transaction((tx) => abandonStagedArchives(tx, release?.id ?? 0)));
    expect(await upload(second, app)).toEqual([]);
    expect(await seen()).toEqual(BOTH);
    await sweepArtifacts(bench.app);
    expect([await seen(), await rows()]).toEqual([BOTH, { files: 2 * FILES - HALF, archives: 2, dropped: 0 }]);
  });

  test("waits for another of the same release, and replaces its files", async () => {
    await open(kind);
    await ask(first);
    bench.clock.advance(1);
    await ask(second);
    expect(await assemble()).toEqual([]);
    // Neither gave up the other, which would leave the row of a third.
    expect([await seen(), await rows()]).toEqual([BOTH, { files: 2 * FILES, archives: 2, dropped: 0 }]);
    await sweepArtifacts(bench.app);
    expect(await rows()).toEqual({ files: 2 * FILES - HALF, archives: 2, dropped: 0 });
  });

  test("is not stored when its release is deleted in between", async () => {
    await open(kind);
    expect(
      await upload(
        first,
        onceStaged(() => deleteRelease(owner, at)),
      ),
    ).toEqual([]);
    await createRelease(owner, { organization, version: "1", projects: ["web"] });
    expect(await seen()).toEqual(NOTHING);
    await sweepArtifacts(bench.app);
    expect([await seen(), await rows()]).toEqual([NOTHING, { files: 0, archives: 0, dropped: 0 }]);
  });

  test("does not bring back a file that is deleted in between", async () => {
    await open(kind);
    await upload(first);
    const remove = (n: number) => deleteReleaseFile(owner, { ...at, file: memberId({ dist: "", name: `~/${n}.js` }) });
    const app = onceStaged(async () => {
      await remove(0);
      await remove(FILES - 1);
      await expect(remove(FILES)).rejects.toMatchObject({ code: "not_found" });
    });
    expect(await upload(second, app)).toEqual([]);
    const members = BOTH.members - 1;
    expect(await seen()).toMatchObject({ found: [0, 1, 1], contents: [null, sha1("second"), sha1("second")], members });
  });

  test.each(["its source maps", "the release"] as const)("is gone at once with %s, and its rows with the next sweep", async (what) => {
    await open(kind);
    await upload(first);
    if (what === "the release") {
      await deleteRelease(owner, at);
      await createRelease(owner, { organization, version: "1", projects: ["web"] });
    } else await deleteSourceMaps(owner, { organization, project: "web", name: "1" });
    expect(await seen()).toEqual(NOTHING);
    expect(await rows()).toEqual({ files: FILES, archives: 1, dropped: 1 });
    await expect(sweepArtifacts(endsAt(5))).rejects.toThrow("the process ends");
    expect(await seen()).toEqual(NOTHING);
    await upload(first);
    expect(await seen()).toEqual(FIRST);
    await sweepArtifacts(bench.app);
    expect([await seen(), await rows()]).toEqual([FIRST, { files: FILES, archives: 1, dropped: 0 }]);
  });

  test("is gone with its organization", async () => {
    await open(kind);
    await upload(first);
    await uploadReleaseFile.call(owner, at, () => form("single"));
    await bench.app.store.transaction((tx) => tx.update(tx.tables.organizations).set({ isSample: true }));
    await deleteOrganization(owner, { organization });
    expect(await rows()).toEqual({ files: 0, archives: 0, dropped: 0 });
    expect(await bench.app.store.read.$count(tables().organizations)).toBe(0);
  });

  test("is shown after the files of its release were deleted in between", async () => {
    await open(kind);
    await upload(first);
    const app = onceStaged(() => deleteSourceMaps(owner, { organization, project: "web", name: "1" }));
    expect(await upload(second, app)).toEqual([]);
    const state = { found: [0, 1, 1], members: FILES, archives: 1, fileCount: FILES };
    expect(await seen()).toMatchObject(state);
    await sweepArtifacts(bench.app);
    expect([await seen(), await rows()]).toMatchObject([state, { files: FILES, archives: 1, dropped: 0 }]);
  });
});

async function* form(content: string): AsyncIterable<UploadPart> {
  const bytes = ReadableStream.from([Buffer.from(content)]);
  yield { kind: "file", name: "file", filename: "~/single.js", contentType: "text/plain", bytes };
}

describe.each(["sqlite", "pglite"] as const)("single files of a release with many on %s", { timeout: 120_000 }, (kind) => {
  test("are deleted at once with the others, and can be uploaded again before their rows are gone", async () => {
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
