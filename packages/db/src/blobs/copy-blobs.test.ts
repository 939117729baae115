import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { testBucket } from "@landfall/testing/network/test-bucket";
import { AwsClient } from "aws4fetch";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { BlobError, blobName, type BlobStore, readWhole } from "./blob-store.ts";
import { copyBlobs, type CopyProgress, type KnownBlob } from "./copy-blobs.ts";
import { fileBlobs } from "./file-blobs.ts";
import { s3Blobs } from "./s3-blobs.ts";

const folder = mkdtempSync(path.join(tmpdir(), "landfall-copy-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Place = {
  readonly blobs: BlobStore;
  /** The staged files. */
  readonly staged: () => string[];
  /** Replaces the bytes of a blob, as a failing disk would. */
  readonly damage: (name: string, text: string) => Promise<unknown>;
};

async function files(): Promise<Place> {
  const place = mkdtempSync(path.join(folder, "files-"));
  return {
    blobs: fileBlobs({ folder: place, durable: false }),
    staged: () => readdirSync(path.join(place, "staged")),
    async damage(name, text) {
      await mkdir(path.dirname(path.join(place, name)), { recursive: true });
      await writeFile(path.join(place, name), text);
    },
  };
}

async function objects(): Promise<Place> {
  const bucket = await testBucket();
  onTestFinished(() => bucket[Symbol.asyncDispose]());
  const stagingFolder = mkdtempSync(path.join(folder, "staged-"));
  return {
    blobs: s3Blobs({ ...bucket.access, stagingFolder, partSize: 5 * 1024 * 1024 }),
    staged: () => readdirSync(stagingFolder),
    damage: (name, text) =>
      new AwsClient({ ...bucket.access, service: "s3" }).fetch(`${bucket.access.bucket}/${name}`, { method: "PUT", body: text }),
  };
}

const kinds = { files, objects };

async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode(text);
}

async function keep(blobs: BlobStore, text: string): Promise<KnownBlob> {
  const staged = await blobs.stage(bytesOf(text));
  return { name: await staged.keep(), size: staged.size };
}

const keepMany = async (blobs: BlobStore, count: number): Promise<KnownBlob[]> => {
  const copied: KnownBlob[] = [];
  for (let number = 0; number < count; number += 1) copied.push(await keep(blobs, `blob ${number}`));
  return copied;
};

const textOf = async (blobs: BlobStore, name: string) => new TextDecoder().decode(await readWhole(blobs.read(name)));
const sizes = async (blobs: BlobStore) => new Map((await Array.fromAsync(blobs.list())).map(({ name, size }) => [name, size]));
const unknown: KnownBlob = { name: blobName("c".repeat(64), "0123456789abcdef"), size: 1 };

describe.each([
  ["files", "files"],
  ["files", "objects"],
  ["objects", "files"],
  ["objects", "objects"],
] as const)("from %s to %s", (source, target) => {
  const places = async () => ({ from: await kinds[source](), to: await kinds[target]() });

  test("blobs keep their names and bytes, and a later copy continues an earlier one", async () => {
    const { from, to } = await places();
    const known = [...(await keepMany(from.blobs, 12)), await keep(from.blobs, ""), await keep(from.blobs, "x".repeat(6_000_000))];
    const bytes = known.reduce((sum, { size }) => sum + size, 0);
    const [first, ...others] = known;
    expect(await copyBlobs(first ? [first] : [], { from: from.blobs, to: to.blobs })).toMatchObject({ count: 1, bytes: first?.size });
    expect(await copyBlobs(known, { from: from.blobs, to: to.blobs })).toEqual({
      count: others.length,
      bytes: bytes - Number(first?.size),
      missing: 0,
      damaged: 0,
    });
    expect(await copyBlobs(known, { from: from.blobs, to: to.blobs })).toEqual({ count: 0, bytes: 0, missing: 0, damaged: 0 });
    expect(await sizes(to.blobs)).toEqual(new Map(known.map(({ name, size }) => [name, size])));
    for (const { name } of known) expect(await textOf(to.blobs, name)).toBe(await textOf(from.blobs, name));
    expect([from.staged(), to.staged()]).toEqual([[], []]);
  });

  test("missing and unknown blobs are reported, not copied", async () => {
    const { from, to } = await places();
    const [known] = [await keep(from.blobs, "known"), await keep(from.blobs, "not known")];
    expect(await copyBlobs([unknown, known], { from: from.blobs, to: to.blobs })).toEqual({ count: 1, bytes: 5, missing: 1, damaged: 0 });
    expect([...(await sizes(to.blobs)).keys()]).toEqual([known.name]);
  });

  test("damaged blobs are reported, not copied", async () => {
    const { from, to } = await places();
    const [known, other] = [await keep(from.blobs, "as it was"), await keep(from.blobs, "sound")];
    await from.damage(known.name, "as it is.");
    expect(await copyBlobs([known, other], { from: from.blobs, to: to.blobs })).toEqual({ count: 1, bytes: 5, missing: 0, damaged: 1 });
    expect([[...(await sizes(to.blobs)).keys()], to.staged()]).toEqual([[other.name], []]);
  });

  test("a partial blob is replaced", async () => {
    const { from, to } = await places();
    const known = await keep(from.blobs, "whole");
    await to.damage(known.name, "wh");
    expect(await textOf(to.blobs, known.name)).toBe("wh");
    expect(await copyBlobs([known], { from: from.blobs, to: to.blobs })).toMatchObject({ count: 1 });
    expect(await textOf(to.blobs, known.name)).toBe("whole");
  });
});

test("copies several at once, fewer large ones, and reports each", async () => {
  const [from, to] = [await files(), await files()];
  const known = await keepMany(from.blobs, 40);
  for (const letter of "abcde") known.push(await keep(from.blobs, letter.repeat(4_200_000)));
  const large = new Set(known.slice(40).map(({ name }) => name));
  const [now, most] = [
    { small: 0, large: 0 },
    { small: 0, large: 0 },
  ];
  const watched: BlobStore = {
    ...from.blobs,
    fileOf: () => null,
    async *read(name) {
      const kind = large.has(name) ? "large" : "small";
      now[kind] += 1;
      most[kind] = Math.max(most[kind], now[kind]);
      yield* from.blobs.read(name);
      now[kind] -= 1;
    },
  };
  const reported: CopyProgress[] = [];
  const copied = await copyBlobs(known, { from: watched, to: to.blobs, onProgress: (progress) => reported.push(progress) });
  const ofBytes = known.reduce((sum, { size }) => sum + size, 0);
  expect([copied.count, most, reported.at(-1)]).toEqual([45, { small: 6, large: 2 }, { blobs: 45, ofBlobs: 45, bytes: ofBytes, ofBytes }]);
  expect(reported.map(({ blobs }) => blobs)).toEqual(Array.from({ length: 45 }, (_, index) => index + 1));
});

/** A store that is unreachable at the given reads, counted from 1. */
function breaking(blobs: BlobStore, breaks: (reading: number) => boolean): BlobStore {
  let readings = 0;
  return {
    ...blobs,
    fileOf: () => null,
    async *read(name) {
      readings += 1;
      const broken = breaks(readings);
      for await (const part of blobs.read(name)) {
        yield broken ? part.subarray(0, 1) : part;
        if (broken) throw new BlobError("unreachable", "The connection was lost.");
      }
    },
  };
}

test("retries interrupted downloads", async () => {
  const [from, to] = [await files(), await objects()];
  const known = await keepMany(from.blobs, 10);
  expect(await copyBlobs(known, { from: breaking(from.blobs, (reading) => reading % 3 === 0), to: to.blobs })).toMatchObject({ count: 10 });
  expect(await sizes(to.blobs)).toEqual(new Map(known.map(({ name, size }) => [name, size])));
  expect(to.staged()).toEqual([]);
});

test("stops when a store becomes unreachable, without partial blobs; a later copy continues", async () => {
  const [from, to] = [await files(), await files()];
  const known = await keepMany(from.blobs, 60);
  let reported = 0;
  const unreachable = breaking(from.blobs, (reading) => reading > 20);
  await expect(copyBlobs(known, { from: unreachable, to: to.blobs, onProgress: () => (reported += 1) })).rejects.toMatchObject({
    code: "unreachable",
  });
  const copied = await sizes(to.blobs);
  expect([copied.size, reported, to.staged()]).toEqual([20, 20, []]);
  expect(await copyBlobs(known, { from: from.blobs, to: to.blobs })).toMatchObject({ count: 40 });
});
