import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { scratchFolder } from "../../test/scratch-repository.ts";
import { nodeRuntime } from "./runtime.ts";

let folder: Awaited<ReturnType<typeof scratchFolder>>;

beforeEach(async () => {
  folder = await scratchFolder();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await folder[Symbol.asyncDispose]();
});

describe("nodeRuntime", () => {
  test("uses the folder and the variables of the process", () => {
    const runtime = nodeRuntime({ A: "b" });
    expect(runtime).toMatchObject({ env: { A: "b" }, cwd: process.cwd() });
    expect(runtime.stdout.columns).toBeGreaterThan(0);
    expect(Math.abs(runtime.now().getTime() - Date.now())).toBeLessThan(5_000);
  });

  test("aborts requests and git on Ctrl-C", async () => {
    const before = process.listeners("SIGINT");
    const runtime = nodeRuntime({});
    const [added] = process.listeners("SIGINT").filter((listener) => !before.includes(listener));
    added?.("SIGINT");
    expect(runtime.signal.aborted).toBe(true);
    await expect(runtime.fetch("http://127.0.0.1:9/", {})).rejects.toMatchObject({ name: "AbortError" });
  });

  test.runIf(process.platform === "linux")("opens a URL without a shell", async () => {
    const seen = join(folder.path, "seen");
    const opener = join(folder.path, "xdg-open");
    await writeFile(opener, `#!/bin/sh\nprintf '%s' "$1" > '${seen}'\n`);
    await chmod(opener, 0o755);
    vi.stubEnv("PATH", `${folder.path}:/usr/bin:/bin`);
    const url = "https://lf.test/?a=1&b=$(touch x); echo";
    expect(await nodeRuntime({}).openUrl(url)).toBe(true);
    await vi.waitFor(async () => expect(await readFile(seen, "utf8")).toBe(url));
  });

  test.runIf(process.platform === "linux")("returns false if there is no opener", async () => {
    vi.stubEnv("PATH", folder.path);
    expect(await nodeRuntime({}).openUrl("https://lf.test/")).toBe(false);
  });
});
