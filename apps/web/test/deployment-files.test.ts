import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { initialize } from "./provisioned.ts";
import { WEB } from "./run-program.ts";
import { scratchDir } from "./scratch-dir.ts";
import { createMetrics } from "../src/server/lifecycle/metrics.ts";

const DEPLOY = path.join(import.meta.dirname, "../../../deploy");
const read = (file: string): string => readFileSync(path.join(DEPLOY, file), "utf8");

describe("monitoring", () => {
  test.each(["landfall-alerts.yaml", "grafana-dashboard.json"])("%s uses only metrics and labels that the server has", async (file) => {
    const metrics = createMetrics();
    metrics.request("pages", 200, 0.1);
    metrics.transaction("committed");
    metrics.storageFailure("disk_full");
    const lines = (await metrics.text()).split("\n").filter((line) => !line.startsWith("#"));
    const exposed = new Set(lines.map((line) => /^\w+/.exec(line)?.[0]));
    const used = new Set(read(`monitoring/${file}`).match(/\b(?:landfall|process|nodejs)_[a-z0-9_]+/g));
    expect(used.size).toBeGreaterThan(4);
    expect([...used].filter((name) => !exposed.has(name))).toEqual([]);
    const labels = new Set(lines.flatMap((line) => [...line.matchAll(/[{,](\w+)="/g)].map(([, label]) => label)));
    for (const [, list = ""] of read(`monitoring/${file}`).matchAll(/by \(([^)]+)\)/g)) {
      for (const label of list.split(", ")) expect(labels).toContain(label);
    }
  });
});

const hasSystemd = process.platform === "linux" && hasProgram("systemd-analyze");

function hasProgram(name: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${name}`]);
    return true;
  } catch {
    return false;
  }
}

describe.runIf(hasSystemd)("systemd", () => {
  test.each(["landfall", "landfall-backup"])("%s.service is hardened", (name) => {
    const file = path.join(DEPLOY, "systemd", `${name}.service`);
    // Exits with an error above this exposure, of 10 (as percent).
    const report = execFileSync("systemd-analyze", ["security", "--offline=true", "--no-pager", "--threshold=15", file], {
      encoding: "utf8",
    });
    expect(report).toMatch(/Overall exposure level for .+: 1\.\d OK/);
  });
});

test("a backup is written, old ones are deleted, and the drill restores the newest or fails", async () => {
  using scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  await initialize(dataDir, "--org", "acme", "--project", "web");
  const backups = path.join(scratch.path, "backups");
  const old = path.join(backups, "landfall-2020-01-01T000000Z.db");
  mkdirSync(`${old}.blobs`, { recursive: true });
  writeFileSync(old, "");
  utimesSync(old, 0, 0);
  // In place of the installed command line.
  const program = path.join(scratch.path, "landfall");
  writeFileSync(program, `#!/bin/sh\nshift\nexec "${process.execPath}" "${path.join(WEB, "admin.ts")}" "$@"\n`);
  chmodSync(program, 0o755);
  const run = (script: string): string =>
    execFileSync(path.join(DEPLOY, "systemd", script), [backups], {
      encoding: "utf8",
      stdio: "pipe",
      env: { NODE_ENV: "production", PATH: `${scratch.path}:${process.env.PATH}`, LANDFALL_DATA_DIR: dataDir },
    });

  const file = run("backup.sh").trim().split("\n").at(-1) ?? "";
  expect(readdirSync(backups)).toEqual([path.basename(file)]);
  expect(run("restore-drill.sh")).toContain(`${file} can be restored.`);
  truncateSync(file, 8192);
  expect(() => run("restore-drill.sh")).toThrow(/Command failed/);
});
