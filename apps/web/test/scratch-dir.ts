import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Creates a folder that is deleted at the end of its `using` block. */
export function scratchDir(): Disposable & { readonly path: string } {
  const folder = mkdtempSync(path.join(tmpdir(), "landfall-web-"));
  return { path: folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) };
}
