import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { forgetPeak, loggedRequests, residentMemory, stagedBytes } from "./observed-server.ts";
import { restApi } from "./rest-api.ts";
import { scratchDirectory } from "./run-program.ts";
import { startServer } from "./start-server.ts";

test("reads all completed requests from the log, in order", async () => {
  await using server = await startServer();
  const api = restApi(server.url, server.token);
  const before = (await loggedRequests(server)).length;
  await api.send("GET", "/organizations/acme/releases/?query=x");
  await api.send("POST", "/organizations/acme/releases/", { version: "1", projects: ["web"] });
  await api.send("GET", "/nowhere/");
  expect((await loggedRequests(server)).slice(before + 1)).toEqual([
    { method: "GET", path: "/api/0/organizations/acme/releases/", status: 200 },
    { method: "POST", path: "/api/0/organizations/acme/releases/", status: 201 },
    { method: "GET", path: "/api/0/nowhere/", status: 404 },
  ]);
});

test("throws for a log without requests", { timeout: 20_000 }, async () => {
  await using server = await startServer();
  await expect(loggedRequests({ url: server.url, output: () => "" })).rejects.toThrow("does not contain the request");
});

test.runIf(process.platform === "linux")("the peak is measured since it was reset", async () => {
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

test("counts only new unfinished files, while they exist", async () => {
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
