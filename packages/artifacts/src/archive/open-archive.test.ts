import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { buildZip, type ZipEntry, type ZipShape } from "@landfall/testing/artifacts/build-zip";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countedSource } from "../../test/counted-source.ts";
import { bundleLimits } from "./bundle-limits.ts";
import { type BundleProblem, isBundleProblem } from "./bundle-problem.ts";
import { openArchive } from "./open-archive.ts";
import { fromBytes, openFile } from "./random-access.ts";

/** Too large to be decompressed in one call, with an acceptable compression ratio. */
const large = Buffer.from(Array.from({ length: 100_000 }, (_, index) => Math.imul(index, 0x9e37_79b1).toString(36)).join(""));

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const open = (entries: ZipEntry[], shape?: ZipShape) => openArchive(fromBytes(buildZip(entries, shape)));

async function problemOf(work: Promise<unknown>): Promise<BundleProblem> {
  const error: unknown = await work.then(
    () => new Error("no error was thrown"),
    (reason: unknown) => reason,
  );
  if (!isBundleProblem(error)) throw error;
  expect(error.message).toMatch(/^\S.*\.$/);
  return error;
}

describe("an archive", () => {
  it.each([
    { kind: "a plain ZIP", shape: {}, version: null },
    { kind: "a bundle", shape: { bundleVersion: 2 }, version: 2 },
    { kind: "a bundle of version 1", shape: { bundleVersion: 1 }, version: 1 },
    { kind: "a ZIP64", shape: { zip64: true }, version: null },
    { kind: "a bundle in ZIP64", shape: { zip64: true, bundleVersion: 2 }, version: 2 },
  ])("is read from $kind", async ({ shape, version }) => {
    const archive = await open(
      [
        { name: "a.js", data: "alert()" },
        { name: "b.js", data: "stored", stored: true, zip64: true },
      ],
      shape,
    );
    expect(archive.version).toBe(version);
    expect([...archive.entries.keys()]).toEqual(["a.js", "b.js"]);
    expect(text(await archive.read("a.js", 100))).toBe("alert()");
    expect(text(await archive.read("b.js", 100))).toBe("stored");
  });

  it("returns all files that were added", async () => {
    const name = fc.stringMatching(/^[a-z_~é][\w ~é.-]{0,20}(\/[\w é~-]{1,9}){0,3}$/u);
    const file = fc.record({ name, data: fc.uint8Array({ maxLength: 200 }), stored: fc.boolean(), zip64: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(file, { selector: (one) => one.name, maxLength: 8 }),
        fc.constantFrom(undefined, 2),
        async (files, bundleVersion) => {
          const archive = await open(files, { bundleVersion });
          expect([...archive.entries.keys()]).toEqual(files.map((one) => one.name));
          for (const one of files) expect(new Uint8Array(await archive.read(one.name, 200))).toEqual(one.data);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("only fails with `BundleProblem`, for any changed bytes", async () => {
    const original = buildZip(
      [
        { name: "a.js", data: "alert()".repeat(20) },
        { name: "b.js", data: "b", stored: true },
      ],
      { bundleVersion: 2 },
    );
    const edits = fc.array(fc.tuple(fc.nat(original.byteLength - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(edits, fc.nat(original.byteLength), async (changes, end) => {
        const bytes = Uint8Array.from(original);
        for (const [at, value] of changes) bytes[at] = value;
        try {
          const archive = await openArchive(countedSource(end % 3 === 0 ? bytes.subarray(0, end) : bytes));
          for (const name of archive.entries.keys()) await archive.read(name, 1000);
        } catch (error) {
          if (!isBundleProblem(error)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });

  it("reports truncation at any byte", async () => {
    const original = buildZip([{ name: "a.js", data: "alert()" }], { bundleVersion: 2 });
    for (let end = 0; end < original.byteLength; end += 1) {
      const { code } = await problemOf(openArchive(fromBytes(original.subarray(0, end))));
      expect(code).toBe(end < 4 ? "not-a-bundle" : "truncated");
    }
  });

  it("describes other kinds of uploads", async () => {
    for (const bytes of ["", "PK", "{}", "<html>", "\u007fELF....", "\u001f\u008b......."]) {
      expect((await problemOf(openArchive(fromBytes(Buffer.from(bytes, "latin1"))))).code).toBe("not-a-bundle");
    }
    expect(await problemOf(openArchive(fromBytes(buildZip([], { bundleVersion: 3 }))))).toMatchObject({
      code: "unsupported-version",
      message: "The bundle has format version 3; versions 1 and 2 can be read.",
    });
  });

  it("omits directories", async () => {
    const archive = await open([
      { name: "files/", stored: true, mode: 0o040755 },
      { name: "files/a.js", data: "1" },
    ]);
    expect([...archive.entries.keys()]).toEqual(["files/a.js"]);
  });

  it("decodes names of old archives", async () => {
    const archive = await open([{ name: Uint8Array.of(0x81, 0x2e, 0x6a, 0x73), flags: 0, data: "1" }]);
    expect([...archive.entries.keys()]).toEqual(["ü.js"]);
  });
});

describe("unsafe names", () => {
  it.each(["../a.js", "files/../../a.js", "..", "files/..", "/etc/passwd", "C:a.js", "c:/a.js", "a\\b.js", "..\\a", "a\0.js", ""])(
    "%j is rejected",
    async (name) => {
      const problem = await problemOf(
        open([
          { name: "ok.js", data: "1" },
          { name, data: "1" },
        ]),
      );
      expect(problem.code).toBe("unsafe-name");
      expect(problem.message).not.toContain("\0");
    },
  );

  it("are not dots that stay inside the bundle", async () => {
    expect([...(await open([{ name: "files/_/_/..a/...js", data: "1" }])).entries.keys()]).toEqual(["files/_/_/..a/...js"]);
  });

  it("are shown without characters that reorder or break a line", async () => {
    const { message, entry } = await problemOf(open([{ name: `../\u202egpj.\n${"x".repeat(500)}`, data: "" }]));
    expect(message).not.toMatch(/[\n\u202e]/);
    expect(message).toContain(String.raw`"../\u202egpj.\n`);
    expect(entry?.length).toBeLessThan(130);
  });

  it.each([
    {
      code: "duplicate-name",
      entries: [
        { name: "a.js", data: "1" },
        { name: "a.js", data: "2" },
      ],
    },
    { code: "name-too-long", entries: [{ name: "x".repeat(2049), data: "1" }] },
    { code: "not-a-file", entries: [{ name: "a.js", data: "/etc/passwd", mode: 0o120777 }] },
    { code: "not-a-file", entries: [{ name: "a", mode: 0o020666 }] },
  ])("$code", async ({ code, entries }) => {
    expect((await problemOf(open(entries))).code).toBe(code);
  });
});

describe("bounds", () => {
  const tenGigabytes = 10 * 1024 ** 3;

  it.each([
    { code: "entry-too-large", entry: { name: "a", data: "x", size: tenGigabytes, zip64: true } },
    { code: "entry-too-large", entry: { name: "a", data: "x", size: 2 ** 60, zip64: true } },
    { code: "suspicious-ratio", entry: { name: "a", data: Buffer.alloc(4 * 1024 * 1024) } },
    { code: "encrypted", entry: { name: "a", data: "x", flags: 1 } },
    { code: "encrypted", entry: { name: "a", data: "x", flags: 0x41 } },
    { code: "unsupported-compression", entry: { name: "a", packed: Buffer.from("x"), method: 12 } },
    { code: "truncated", entry: { name: "a", data: "x", packedSize: 1_000_000 } },
    { code: "damaged", entry: { name: "a", data: "x", stored: true, size: 2 } },
    { code: "damaged", entry: { name: "a", data: "x", extra: Uint8Array.of(1, 0, 255, 255) } },
  ])("$code before anything is decompressed", async ({ code, entry }) => {
    expect((await problemOf(open([entry]))).code).toBe(code);
  });

  it("apply to the number of files, their list, their total size and the bundle", async () => {
    const bytes = buildZip(["a", "b", "c"].map((name) => ({ name, data: "12345" })));
    const codeWith = async (limits: Partial<typeof bundleLimits>) =>
      (await problemOf(openArchive(fromBytes(bytes), { ...bundleLimits, ...limits }))).code;
    expect(await codeWith({ entries: 2 })).toBe("too-many-entries");
    expect(await codeWith({ directory: 3 * 47 - 1 })).toBe("directory-too-large");
    expect(await codeWith({ total: 14 })).toBe("bundle-too-large");
    expect(await codeWith({ bundle: bytes.byteLength - 1 })).toBe("bundle-too-large");
    const just = { entries: 3, directory: 3 * 47, total: 15, bundle: bytes.byteLength };
    expect((await openArchive(fromBytes(bytes), { ...bundleLimits, ...just })).entries.size).toBe(3);
  });

  it("reject a list that declares billions of files without reading it", async () => {
    const source = countedSource(buildZip([{ name: "a", data: "" }], { zip64: true, entryCount: 4_000_000_000 }));
    expect((await problemOf(openArchive(source))).code).toBe("too-many-entries");
    expect(source.reads.length).toBeLessThan(6);
  });

  it("reject files that share bytes", async () => {
    const kernel = { name: "a", data: Buffer.alloc(900_000) };
    expect((await problemOf(open([kernel, { ...kernel, name: "b", offset: 0 }]))).code).toBe("overlapping-entries");
    expect((await problemOf(open([kernel, { ...kernel, name: "b", offset: 40 }]))).code).toBe("overlapping-entries");
  });

  it.each([
    { kind: "more bytes", entry: { name: "a", data: "x".repeat(100_000), size: 10 } },
    { kind: "one byte more", entry: { name: "a", data: "xy", size: 1 } },
    { kind: "many more bytes", entry: { name: "a", data: large, size: large.length - 100 } },
    { kind: "fewer bytes, in a large file,", entry: { name: "a", data: large, size: large.length + 1 } },
    { kind: "other bytes, in a large file,", entry: { name: "a", data: large, crc: 1 } },
    {
      kind: "a truncated deflate stream, in a large file,",
      entry: { name: "a", packed: deflateRawSync(large).subarray(0, -100), size: large.length },
    },
    { kind: "fewer bytes", entry: { name: "a", data: "x", size: 100 } },
    { kind: "other bytes", entry: { name: "a", data: "x", crc: 1 } },
    { kind: "no deflate stream", entry: { name: "a", packed: Buffer.from("not deflate"), size: 11 } },
    {
      kind: "a truncated deflate stream",
      entry: { name: "a", packed: deflateRawSync(Buffer.from("hello hello")).subarray(0, 6), size: 11 },
    },
  ])("reject a file with $kind than declared", async ({ entry }) => {
    const archive = await open([entry]);
    expect(await problemOf(archive.read("a", 2_000_000))).toMatchObject({ code: "damaged", entry: '"a"' });
    await expect(archive.stream("a").toArray()).rejects.toMatchObject({ code: "damaged" });
  });

  it("reject reading a large file at once, and a missing file", async () => {
    const archive = await open([{ name: "a", data: "12345" }]);
    expect((await problemOf(archive.read("a", 4))).code).toBe("entry-too-large");
    expect((await problemOf(archive.read("b", 4))).code).toBe("missing-entry");
    expect(() => archive.stream("__proto__")).toThrow(/no file named "__proto__"/);
  });
});

describe("memory", () => {
  const noise = Buffer.alloc(8 * 1024 * 1024, "ab cd ef gh");

  it("reads the list of a large bundle without its files", async () => {
    const entries = Array.from({ length: 5_000 }, (_, index) => ({
      name: `files/_/_/chunk-${index}.js`,
      data: "x".repeat(1000),
      stored: true,
    }));
    const source = countedSource(buildZip(entries, { bundleVersion: 2 }));
    expect((await openArchive(source)).entries.size).toBe(5_000);
    expect(source.total()).toBeLessThan(600_000);
    expect(source.reads.length).toBeLessThan(20);
    expect(Math.max(...source.reads.map(({ length }) => length))).toBeLessThanOrEqual(65_600);
  });

  it("streams a file in blocks, and stops when its reader stops", async () => {
    const source = countedSource(buildZip([{ name: "a", data: noise, stored: true }]));
    const archive = await openArchive(source);
    const before = source.total();
    for await (const chunk of archive.stream("a")) {
      expect(chunk.length).toBeLessThanOrEqual(65_536);
      break;
    }
    expect(source.total() - before).toBeLessThan(400_000);
  });

  it.each([
    { kind: "a stored file", data: large, stored: true },
    { kind: "a compressed file", data: large, stored: false },
    { kind: "a small compressed file", data: "small", stored: false },
  ])("passes on the read error of $kind", async ({ data, stored }) => {
    const source = fromBytes(buildZip([{ name: "a.js", data, stored }]));
    const readError = new Error("the disk is unreachable");
    let isUnreachable = false;
    const archive = await openArchive({
      ...source,
      read: (offset, length) => (isUnreachable ? Promise.reject(readError) : source.read(offset, length)),
    });
    isUnreachable = true;
    await expect(archive.read("a.js", large.length)).rejects.toBe(readError);
    await expect(Array.fromAsync(archive.stream("a.js"))).rejects.toBe(readError);
  });

  it("reads from a file on disk", async () => {
    const folder = await mkdtemp(join(tmpdir(), "bundle-"));
    try {
      const path = join(folder, "bundle.zip");
      await writeFile(
        path,
        buildZip(
          [
            { name: "a", data: noise, stored: true },
            { name: "b", data: "end" },
          ],
          { bundleVersion: 2 },
        ),
      );
      const file = await openFile(path);
      const archive = await openArchive(file);
      expect(text(await archive.read("b", 10))).toBe("end");
      expect(Buffer.compare(await archive.read("a", noise.length), noise)).toBe(0);
      await expect(file.read(file.size - 1, 2)).rejects.toThrow(/expected 1 more bytes/);
      await file.close();
      await expect(openFile(join(folder, "none.zip"))).rejects.toThrow(/ENOENT/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
