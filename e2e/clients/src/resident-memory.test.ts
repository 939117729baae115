import { expect, test } from "vitest";
import { forgetPeak, residentMemory } from "./resident-memory.ts";

test.runIf(process.platform === "linux")("the peak is that of everything since it was forgotten", async () => {
  const MiB = 1024 * 1024;
  await forgetPeak(process.pid);
  const before = await residentMemory(process.pid);
  expect(before.now).toBeGreaterThan(16 * MiB);
  expect(before.peak).toBeGreaterThanOrEqual(before.now);
  const held = Buffer.alloc(256 * MiB, 1);
  const during = await residentMemory(process.pid);
  expect(during.peak - before.now).toBeGreaterThan(held.length / 2);
  await expect(residentMemory(0)).rejects.toThrow("ENOENT");
});
