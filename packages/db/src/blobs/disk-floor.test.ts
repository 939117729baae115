import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withDiskFloor } from "./disk-floor.ts";
import { fileBlobs } from "./file-blobs.ts";

const MIB = 1024 * 1024;
let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), "landfall-floor-"))));
afterEach(() => rmSync(folder, { recursive: true }));

async function* parts(count: number, taken: number[] = []): AsyncIterable<Uint8Array> {
  for (let part = 0; part < count; part += 1) {
    taken.push(part);
    yield new Uint8Array(MIB).fill(part);
  }
}

/** A disk with these amounts of free space at successive checks; the last one stays. */
function diskWith(...amounts: readonly number[]) {
  let look = 0;
  const freeBytes = () => Promise.resolve(amounts[Math.min(look++, amounts.length - 1)] ?? 0);
  return withDiskFloor(fileBlobs({ folder, durable: false }), { folder, minFree: 100, freeBytes });
}

const full = { name: "BlobError", code: "full", message: expect.stringMatching(/99 bytes left/) };

test("accepts bytes while the disk has enough space", async () => {
  const staged = await diskWith(100).stage(parts(3));
  expect(staged.size).toBe(3 * MIB);
  await staged.keep();
});

test("rejects all bytes below the floor", async () => {
  const taken: number[] = [];
  await expect(diskWith(99).stage(parts(3, taken))).rejects.toMatchObject(full);
  expect(taken).toEqual([]);
});

test("rejects a large blob in the middle when the disk has too little space, and leaves nothing", async () => {
  const taken: number[] = [];
  await expect(diskWith(100, 100, 99).stage(parts(200, taken))).rejects.toMatchObject(full);
  expect(taken).toHaveLength(64);
  expect(readdirSync(path.join(folder, "staged"))).toEqual([]);
});

test("reads the free space of a real disk", async () => {
  const blobs = fileBlobs({ folder, durable: false });
  await (await withDiskFloor(blobs, { folder, minFree: 1 }).stage(parts(1))).discard();
  await expect(withDiskFloor(blobs, { folder, minFree: Number.MAX_SAFE_INTEGER }).stage(parts(1))).rejects.toMatchObject({ code: "full" });
});
