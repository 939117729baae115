import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

/** A path in a new folder that is removed when the running test ends. */
export function scratchFile(name = "test.db"): string {
  const folder = mkdtempSync(path.join(tmpdir(), "landfall-db-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, name);
}
