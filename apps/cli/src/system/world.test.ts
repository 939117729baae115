import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { scratchFolder } from "../../test/scratch-repository.ts";
import { nodeWorld } from "./world.ts";

let folder: Awaited<ReturnType<typeof scratchFolder>>;

beforeEach(async () => {
  folder = await scratchFolder();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await folder[Symbol.asyncDispose]();
});

describe("nodeWorld", () => {
  test("uses the folder and the variables of the process", () => {
    const world = nodeWorld({ A: "b" });
    expect(world).toMatchObject({ env: { A: "b" }, cwd: process.cwd() });
    expect(world.stdout.columns).toBeGreaterThan(0);
    expect(Math.abs(world.now().getTime() - Date.now())).toBeLessThan(5_000);
  });

  test("aborts requests and git on Ctrl-C", async () => {
    const before = process.listeners("SIGINT");
    const world = nodeWorld({});
    const [added] = process.listeners("SIGINT").filter((listener) => !before.includes(listener));
    added?.("SIGINT");
    expect(world.signal.aborted).toBe(true);
    await expect(world.fetch("http://127.0.0.1:9/", {})).rejects.toMatchObject({ name: "AbortError" });
  });

  test.runIf(process.platform === "linux")("opens a URL without a shell", async () => {
    const seen = join(folder.path, "seen");
    const opener = join(folder.path, "xdg-open");
    await writeFile(opener, `#!/bin/sh\nprintf '%s' "$1" > '${seen}'\n`);
    await chmod(opener, 0o755);
    vi.stubEnv("PATH", `${folder.path}:/usr/bin:/bin`);
    const url = "https://lf.test/?a=1&b=$(touch x); echo";
    expect(await nodeWorld({}).openUrl(url)).toBe(true);
    await vi.waitFor(async () => expect(await readFile(seen, "utf8")).toBe(url));
  });

  test.runIf(process.platform === "linux")("returns false if there is no opener", async () => {
    vi.stubEnv("PATH", folder.path);
    expect(await nodeWorld({}).openUrl("https://lf.test/")).toBe(false);
  });
});
