import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A file system of a few MiB, for what happens when it is full or read-only. At the end of its `using` block it is gone. */
export interface SmallDisk extends Disposable {
  readonly path: string;
  /** Writes a file that leaves no free page. */
  fill(): void;
  /** Removes that file. */
  free(): void;
  /** Makes it read-only; only where nothing is open for writing. */
  setReadOnly(): void;
}

/** Whether this process may mount file systems: on Linux, as root. */
export function canMount(): boolean {
  try {
    smallDisk(1)[Symbol.dispose]();
    return true;
  } catch {
    return false;
  }
}

/** Mounts a file system in memory. Throws where this process may not. */
export function smallDisk(mebibytes: number): SmallDisk {
  const folder = mkdtempSync(path.join(tmpdir(), "landfall-disk-"));
  const mount = (...args: readonly string[]) => execFileSync("mount", args, { stdio: "pipe" });
  try {
    mount("-t", "tmpfs", "-o", `size=${mebibytes}m`, "landfall-test", folder);
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
  const filler = path.join(folder, "filler");
  return {
    path: folder,
    fill() {
      const page = Buffer.alloc(4096);
      // Page by page: somebody else may write at the same time.
      for (;;) {
        try {
          appendFileSync(filler, page);
        } catch (error) {
          if (error instanceof Error && "code" in error && error.code === "ENOSPC") return;
          throw error;
        }
      }
    },
    free: () => rmSync(filler, { force: true }),
    setReadOnly: () => void mount("-o", "remount,ro", folder),
    [Symbol.dispose]() {
      // A process that has not ended yet may still have files open.
      execFileSync("umount", ["--lazy", folder], { stdio: "pipe" });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
