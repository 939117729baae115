import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchDirectory } from "./scratch-directory.ts";
import { stagedBytes } from "./staged-bytes.ts";

test("only what came since counts, for as long as it lies there", async () => {
  await using data = await scratchDirectory("data");
  const none = await stagedBytes({ dataDirectory: data.path });
  expect(await none()).toEqual({ all: 0, largest: 0 });
  const folder = join(data.path, "blobs", "staged");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "old"), "12345");
  expect(await none()).toEqual({ all: 5, largest: 5 });
  const since = await stagedBytes({ dataDirectory: data.path });
  await writeFile(join(folder, "new"), "123");
  await writeFile(join(folder, "newer"), "1234");
  expect(await since()).toEqual({ all: 7, largest: 4 });
  await rm(join(folder, "new"));
  expect(await since()).toEqual({ all: 4, largest: 4 });
});
