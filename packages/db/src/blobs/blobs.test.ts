import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { type TestBucket, testBucket } from "@landfall/testing/network/test-bucket";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BlobStore, readWhole, sha256OfName } from "./blob-store.ts";
import { fileBlobs } from "./file-blobs.ts";
import { s3Blobs } from "./s3-blobs.ts";

const MIB = 1024 * 1024;
const folder = mkdtempSync(path.join(tmpdir(), "landfall-blobs-"));
const files = path.join(folder, "files");
const staged = path.join(folder, "s3-staged");
let bucket: TestBucket;

beforeAll(async () => void (bucket = await testBucket()));

afterAll(async () => {
  // oxlint-disable-next-line vitest/no-standalone-expect -- what all tests together must have done
  expect(bucket.verified()).toBeGreaterThan(50);
  await bucket[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const kinds: Readonly<Record<string, { open: () => BlobStore; staged: string }>> = {
  "files on a disk": { open: () => fileBlobs({ folder: files }), staged: path.join(files, "staged") },
  "objects in a bucket": { open: () => s3Blobs({ ...bucket.access, stagingFolder: staged, partSize: 5 * MIB }), staged },
};

async function* parts(bytes: Uint8Array, size = 60_000): AsyncIterable<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const sum = (kind: string, bytes: Uint8Array): string => createHash(kind).update(bytes).digest("hex");
const keep = async (blobs: BlobStore, bytes: Uint8Array) => (await blobs.stage(parts(bytes))).keep();
const names = async (blobs: BlobStore) => (await Array.fromAsync(blobs.list())).map((blob) => blob.name);

describe.each(Object.entries(kinds))("blobs as %s", (_kind, { open, staged: stagedFolder }) => {
  let blobs: BlobStore;
  beforeAll(() => void (blobs = open()));
  const leftovers = (): string[] => {
    mkdirSync(stagedFolder, { recursive: true });
    return readdirSync(stagedFolder);
  };

  test("are stored unchanged, with their checksums", async () => {
    const bytes = text("function add(a, b) {}");
    const taken = await blobs.stage(parts(bytes, 5));
    expect(taken).toMatchObject({ size: 21, sha1: sum("sha1", bytes), sha256: sum("sha256", bytes) });
    const name = await taken.keep();
    expect(sha256OfName(name)).toBe(taken.sha256);
    expect(await readWhole(blobs.read(name))).toEqual(new Uint8Array(bytes));
    expect(leftovers()).toEqual([]);
  });

  test("may be empty", async () => {
    const name = await keep(blobs, new Uint8Array());
    expect(await readWhole(blobs.read(name))).toEqual(new Uint8Array());
  });

  test("are read in part", async () => {
    const bytes = text("0123456789");
    const name = await keep(blobs, bytes);
    const property = fc.asyncProperty(fc.nat(9), fc.nat(12), async (start, length) => {
      expect(await readWhole(blobs.read(name, { start, end: start + length }))).toEqual(bytes.slice(start, start + length));
    });
    await fc.assert(property, { numRuns: 40, seed: 7 });
    expect(await readWhole(blobs.read(name, { start: 4 }))).toEqual(bytes.slice(4));
    expect(await readWhole(blobs.read(name, { end: 3 }))).toEqual(bytes.slice(0, 3));
  });

  test("of the same content have different names, so that removing one keeps the other", async () => {
    const [one, other] = [await keep(blobs, text("same")), await keep(blobs, text("same"))];
    expect([one === other, sha256OfName(one) === sha256OfName(other)]).toEqual([false, true]);
    await blobs.remove(one);
    await blobs.remove(one);
    expect(await readWhole(blobs.read(other))).toEqual(new Uint8Array(text("same")));
    await expect(readWhole(blobs.read(one))).rejects.toMatchObject({ code: "missing" });
  });

  test("are listed with size and date", async () => {
    const name = await keep(blobs, text("listed"));
    const listed = await Array.fromAsync(blobs.list());
    expect(listed.find((blob) => blob.name === name)).toEqual({ name, size: 6, date: expect.any(Date) });
    expect(listed.every((blob) => sha256OfName(blob.name) !== null)).toBe(true);
  });

  test("have a size, which is null for a missing one", async () => {
    const name = await keep(blobs, text("12345"));
    expect(await blobs.sizeOf(name)).toBe(5);
    await blobs.remove(name);
    expect(await blobs.sizeOf(name)).toBeNull();
  });

  test("have a label, which is replaced atomically and not listed", async () => {
    expect(await blobs.readLabel()).toBeNull();
    for (const label of ["one", "another, longer one: ä"]) {
      await blobs.writeLabel(label);
      expect(await blobs.readLabel()).toBe(label);
    }
    expect((await names(blobs)).filter((name) => sha256OfName(name) === null)).toEqual([]);
    expect(leftovers()).toEqual([]);
  });

  test("of many megabytes are stored completely", async () => {
    const bytes = new Uint8Array(12 * MIB + 5).map((_, index) => (index * 7) % 251);
    const name = await keep(blobs, bytes);
    const hash = createHash("sha1");
    for await (const part of blobs.read(name)) hash.update(part);
    expect(hash.digest("hex")).toBe(sum("sha1", bytes));
    expect(await readWhole(blobs.read(name, { start: 5 * MIB - 2, end: 5 * MIB + 2 }))).toEqual(bytes.slice(5 * MIB - 2, 5 * MIB + 2));
  });

  test("that are too large are rejected without reading more, and leave nothing", async () => {
    const before = await names(blobs);
    let reads = 0;
    async function* endless() {
      for (;;) {
        reads += 1;
        yield new Uint8Array(10);
      }
    }
    await expect(blobs.stage(endless(), { limit: 25 })).rejects.toMatchObject({ code: "too_large" });
    expect(reads).toBe(3);
    expect([leftovers(), await names(blobs)]).toEqual([[], before]);
    expect((await blobs.stage(parts(new Uint8Array(25)), { limit: 25 })).size).toBe(25);
  });

  test("that were interrupted or discarded leave nothing", async () => {
    for (const file of leftovers()) rmSync(path.join(stagedFolder, file));
    const before = await names(blobs);
    async function* broken() {
      yield text("half");
      throw new Error("read failed");
    }
    await expect(blobs.stage(broken())).rejects.toThrow("read failed");
    await (await blobs.stage(parts(text("unwanted")))).discard();
    expect([leftovers(), await names(blobs)]).toEqual([[], before]);
  });

  test("are stored again under their name, also over existing ones, but other bytes are not", async () => {
    const bytes = text("from a backup");
    const name = await keep(blobs, bytes);
    await blobs.remove(name);
    await (await blobs.stage(parts(bytes))).keepAs(name);
    await (await blobs.stage(parts(bytes))).keepAs(name);
    expect(await readWhole(blobs.read(name))).toEqual(new Uint8Array(bytes));
    const before = await names(blobs);
    const other = await blobs.stage(parts(text("other bytes")));
    for (const invalid of [name, "", "../../etc/passwd"]) await expect(other.keepAs(invalid)).rejects.toMatchObject({ code: "damaged" });
    await other.discard();
    expect(await readWhole(blobs.read(name))).toEqual(new Uint8Array(bytes));
    expect([leftovers(), await names(blobs)]).toEqual([[], before]);
  });

  test("of many megabytes are stored again under their name", async () => {
    const bytes = new Uint8Array(11 * MIB).map((_, index) => (index * 3) % 241);
    const name = await keep(blobs, bytes);
    await blobs.remove(name);
    await (await blobs.stage(parts(bytes))).keepAs(name);
    expect(Buffer.compare(await readWhole(blobs.read(name)), bytes)).toBe(0);
  });

  test("are staged as copies of files; a missing file is an error", async () => {
    const [file, bytes] = [path.join(folder, "a file"), new Uint8Array(MIB + 3).map((_, index) => index % 253)];
    writeFileSync(file, bytes, { mode: 0o644 });
    const taken = await blobs.stageCopy(file);
    expect(taken).toMatchObject({ size: MIB + 3, sha1: sum("sha1", bytes), sha256: sum("sha256", bytes) });
    expect(statSync(taken.file).mode & 0o077).toBe(0);
    expect(Buffer.compare(await readWhole(blobs.read(await taken.keep())), bytes)).toBe(0);
    expect(Buffer.compare(readFileSync(file), bytes)).toBe(0);
    await expect(blobs.stageCopy(path.join(folder, "nothing"))).rejects.toMatchObject({ code: "missing" });
    await expect(blobs.stageCopy(folder)).rejects.toThrow(/EISDIR|ERR_FS_EISDIR/);
    expect(leftovers()).toEqual([]);
  });

  test("staged by an ended process are removed when they are old", async () => {
    const [old, fresh] = [await blobs.stage(parts(text("old"))), await blobs.stage(parts(text("fresh")))];
    utimesSync(old.file, new Date(0), new Date(0));
    expect(await blobs.sweepStaged(new Date(60_000))).toBe(1);
    expect(leftovers()).toEqual([path.basename(fresh.file)]);
    await fresh.discard();
  });

  test.each(["", "../../etc/passwd", "ab/../x", "ab/cd", `ab/${"c".repeat(62)}-0123456789abcdeg`])(
    "are not read by an invalid name: %j",
    async (name) => {
      await expect(readWhole(blobs.read(name))).rejects.toMatchObject({ code: "missing" });
    },
  );
});

describe("files on a disk", () => {
  test("are complete whenever they have a blob's name", async () => {
    const blobs = fileBlobs({ folder: files });
    const before = await names(blobs);
    const taken = await blobs.stage(parts(text("later")));
    expect(path.dirname(taken.file)).toBe(path.join(files, "staged"));
    expect(await names(blobs)).toEqual(before);
    const name = await taken.keep();
    expect(readFileSync(path.join(files, name), "utf8")).toBe("later");
    expect(statSync(path.join(files, name)).mode & 0o077).toBe(0);
  });

  test("have a path, except for invalid names", () => {
    const blobs = fileBlobs({ folder: files });
    const name = `ab/${"c".repeat(62)}-0123456789abcdef`;
    expect(blobs.fileOf(name)).toBe(path.join(files, name));
    expect(() => blobs.fileOf("../../etc/passwd")).toThrow("is not the name of a blob");
  });

  test("of other programs are not listed", async () => {
    const blobs = fileBlobs({ folder: files });
    mkdirSync(path.join(files, "ab"), { recursive: true });
    writeFileSync(path.join(files, "ab", "notes.txt"), "");
    writeFileSync(path.join(files, "README"), "");
    expect((await names(blobs)).filter((name) => name.includes("notes") || name.includes("README"))).toEqual([]);
  });
});

describe("objects in a bucket", () => {
  test("report an unreachable object storage, without the keys", async () => {
    const blobs = s3Blobs({ ...bucket.access, bucket: bucket.access.bucket.replace("landfall", "nowhere"), stagingFolder: staged });
    const taken = await blobs.stage(parts(text("x")));
    await expect(taken.keep()).rejects.toMatchObject({ code: "unreachable", message: expect.stringContaining("404 NoSuchBucket") });
    const wrong = s3Blobs({ ...bucket.access, stagingFolder: staged, secretAccessKey: "wrong" });
    await expect((await wrong.stage(parts(text("x")))).keep()).rejects.toMatchObject({
      code: "unreachable",
      message: expect.stringMatching(/403 SignatureDoesNotMatch/),
    });
    expect(taken.file).toContain(staged);
  });

  test("report an interrupted download", async () => {
    await using broken = await serve((response) => {
      response.writeHead(200, { "Content-Length": "100" }).write("0123456789", () => response.destroy());
    });
    const half = path.join(folder, "half");
    const blobs = s3Blobs({ ...bucket.access, bucket: `${broken.url}/landfall`, stagingFolder: half });
    await expect(blobs.stage(blobs.read(`ab/${"c".repeat(62)}-0123456789abcdef`))).rejects.toMatchObject({
      code: "unreachable",
      message: expect.stringContaining("closed the connection in the middle"),
    });
    expect(readdirSync(half)).toEqual([]);
  });
});

/** A server that responds to every request in the same way. */
async function serve(respond: (response: ServerResponse) => void): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((_request, response) => respond(response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    [Symbol.asyncDispose]: async () => void server.close(),
  };
}
