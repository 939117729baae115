import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Writes `first-run.txt` in the data directory, for its owner's eyes only. Answers its path; null when it cannot be written. */
export function keepFirstRun(dataDir: string, text: string): string | null {
  const file = path.join(dataDir, "first-run.txt");
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    // Never an existing file, whose mode would stay as it is.
    writeFileSync(file, text, { mode: 0o600, flag: "wx" });
    return file;
  } catch {
    return null;
  }
}
