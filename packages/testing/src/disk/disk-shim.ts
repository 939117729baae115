import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** One fsync or fdatasync of a process with the shim: whether the main thread, which runs the event loop, waited for it, and the file. */
type Sync = { readonly thread: "main" | "other"; readonly file: string };

/** Intercepts the file system calls of a process for the files of one database; see `disk-shim.c`. Removed at the end of its `using` block. */
export interface DiskShim extends Disposable {
  /** The environment to start the process with. */
  readonly env: Readonly<Record<string, string>>;
  /** The folder of the controls. */
  readonly folder: string;
  /** Makes syncs fail, block, or take `content` milliseconds longer, until the control is cleared. */
  set(control: "fail" | "delay" | "hold", content?: string): void;
  clear(control: "fail" | "delay" | "hold"): void;
  /** The syncs that have started. */
  syncs(): Sync[];
}

type Options = {
  /** The path of the database. */
  readonly file: string;
  /** Whether to record the writes to the files, for `readRecord`. */
  readonly records?: boolean;
};

/** Compiles the shim. Returns the reason as text if that is not possible, for a test that is then skipped. */
export function createDiskShim({ file, records = false }: Options): DiskShim | string {
  if (process.platform !== "linux") return "the disk shim needs Linux";
  const folder = mkdtempSync(path.join(tmpdir(), "landfall-disk-shim-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const library = path.join(folder, "shim.so");
  const source = path.join(import.meta.dirname, "disk-shim.c");
  const compiled = spawnSync("cc", ["-shared", "-fPIC", "-O2", "-o", library, source, "-ldl", "-pthread"], { encoding: "utf8" });
  if (compiled.error) {
    remove();
    return `the disk shim needs a C compiler (${compiled.error.message})`;
  }
  if (compiled.status !== 0) throw new Error(`The disk shim does not compile:\n${compiled.stderr}`);
  if (records) writeFileSync(path.join(folder, "record"), "");
  return {
    env: { LD_PRELOAD: library, DISK_SHIM_FOLDER: folder, DISK_SHIM_FILES: file },
    folder,
    set: (control, content = "") => writeFileSync(path.join(folder, control), content),
    clear: (control) => rmSync(path.join(folder, control), { force: true }),
    syncs() {
      const written = path.join(folder, "syncs");
      const lines = existsSync(written) ? readFileSync(written, "utf8").split("\n") : [];
      return lines.filter(Boolean).map((line) => {
        const [thread, name = ""] = line.split(" ");
        return { thread: thread === "main" ? "main" : "other", file: name };
      });
    },
    [Symbol.dispose]: remove,
  };
}
