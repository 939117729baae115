import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A file system of a few MiB, for tests with a full or read-only disk. Removed at the end of its `using` block. */
export interface SmallDisk extends Disposable {
  readonly path: string;
  /** Writes a file that fills the disk. */
  fill(): void;
  /** Removes that file. */
  free(): void;
  /** Makes it read-only; fails while files are open for writing. */
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

/** Mounts a file system in memory. Throws if this process may not. */
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
      // One page at a time: other processes may write at the same time.
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
      // A process that has not exited yet may still have open files.
      execFileSync("umount", ["--lazy", folder], { stdio: "pipe" });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
