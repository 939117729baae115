import { createHash } from "node:crypto";
import { fromBytes } from "@landfall/artifacts/archive/random-access";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutChunks, groupChunks, readChunkOptions } from "./chunks.ts";

const OPTIONS = {
  url: "https://lf.test/api/0/organizations/acme/chunk-upload/",
  chunkSize: 8,
  chunksPerRequest: 64,
  maxRequestSize: 32,
  maxFileSize: 2048,
  concurrency: 8,
  hashAlgorithm: "sha1",
  compression: ["gzip"],
};

test("reads the upload options without the URL", () => {
  const { url: _url, hashAlgorithm: _hash, ...rest } = OPTIONS;
  expect(readChunkOptions(OPTIONS)).toEqual(rest);
  expect(readChunkOptions({ ...OPTIONS, compression: null }).compression).toEqual([]);
});

test.each([
  [{ ...OPTIONS, chunkSize: 0 }, "chunkSize is 0"],
  [{ ...OPTIONS, chunksPerRequest: "64" }, null],
  [{ ...OPTIONS, concurrency: -1 }, "concurrency is -1"],
  [{ ...OPTIONS, hashAlgorithm: "md5" }, "hashAlgorithm is md5"],
  [null, "chunkSize is undefined"],
  ["text", "chunkSize is undefined"],
])("rejects unusable options (%#)", (options, words) => {
  expect(() => readChunkOptions(options)).toThrow(words ?? "chunksPerRequest is 64");
});

const sha1 = (bytes: Uint8Array): string => createHash("sha1").update(bytes).digest("hex");

describe("cutChunks", () => {
  test("splits any bytes into chunks that join to the same bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3_000 }), fc.integer({ min: 1, max: 700 }), async (bytes, size) => {
        const { checksum, chunks } = await cutChunks(fromBytes(bytes), size);
        expect(checksum).toBe(sha1(bytes));
        const parts = chunks.map((chunk) => bytes.subarray(chunk.offset, chunk.offset + chunk.size));
        expect(Buffer.concat(parts)).toEqual(Buffer.from(bytes));
        expect(chunks.map((chunk) => chunk.sha1)).toEqual(parts.map(sha1));
        expect(chunks.slice(0, -1).every((chunk) => chunk.size === size)).toBe(true);
        expect(chunks.at(-1)?.size ?? 1).toBeGreaterThan(0);
      }),
    );
  });

  test("reads the file once, in order, block by block", async () => {
    const MiB = 1024 * 1024;
    const reads: [offset: number, length: number][] = [];
    const source = {
      size: 5 * MiB + 3,
      read: async (offset: number, length: number) => {
        reads.push([offset, length]);
        return new Uint8Array(length);
      },
    };
    const progress: number[] = [];
    const { chunks } = await cutChunks(source, 2 * MiB, { onRead: (bytes) => progress.push(bytes) });
    expect(chunks.map(({ size }) => size)).toEqual([2 * MiB, 2 * MiB, MiB + 3]);
    expect(Math.max(...reads.map(([, length]) => length))).toBe(MiB);
    let next = 0;
    for (const [offset, length] of reads) {
      expect(offset).toBe(next);
      next += length;
    }
    expect(next).toBe(source.size);
    expect(progress.at(-1)).toBe(source.size);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });

  test("stops when the caller aborts", async () => {
    const controller = new AbortController();
    const source = {
      size: 10,
      read: async (_offset: number, length: number) => {
        controller.abort();
        return new Uint8Array(length);
      },
    };
    await expect(cutChunks(source, 1, { signal: controller.signal })).rejects.toMatchObject({ code: "aborted" });
  });
});

describe("groupChunks", () => {
  test("returns all chunks, in order, within the limits", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 })),
        fc.record({ count: fc.integer({ min: 1, max: 5 }), bytes: fc.integer({ min: 1, max: 100 }) }),
        (sizes, limits) => {
          const chunks = sizes.map((size, index) => ({ sha1: String(index), offset: index, size }));
          const groups = [...groupChunks(chunks, limits)];
          expect(groups.flat()).toEqual(chunks);
          for (const group of groups) {
            expect(group.length).toBeGreaterThan(0);
            expect(group.length).toBeLessThanOrEqual(limits.count);
            const bytes = group.reduce((sum, { size }) => sum + size, 0);
            expect(group.length === 1 || bytes <= limits.bytes).toBe(true);
          }
        },
      ),
    );
  });
});
