import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A temporary directory that disappears with its scope (`await using`). */
export interface ScratchDirectory extends AsyncDisposable {
  readonly path: string;
}

/** Makes an empty directory of its own under the system's temporary directory; `purpose` is a part of its name. */
export async function scratchDirectory(purpose: string): Promise<ScratchDirectory> {
  const path = await mkdtemp(join(tmpdir(), `landfall-e2e-${purpose}-`));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
