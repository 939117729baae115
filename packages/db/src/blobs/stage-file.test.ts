import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { fileBlobs } from "./file-blobs.ts";

const MiB = 1024 * 1024;

test("memory does not grow while an upload is staged", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "landfall-pieces-"));
  try {
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    async function* bytes() {
      for (let left = 256 * MiB; left > 0; left -= 64 * 1024) {
        yield new Uint8Array(64 * 1024);
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      }
    }
    const staged = await fileBlobs({ folder, durable: false }).stage(bytes());
    expect(staged.size).toBe(256 * MiB);
    expect(most).toBeLessThan(40 * MiB);
  } finally {
    await rm(folder, { recursive: true });
  }
});
