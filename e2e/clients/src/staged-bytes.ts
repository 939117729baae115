import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { RunningServer } from "./start-server.ts";

/** Bytes that a server is writing: of all files of the kind, and of the largest. */
export type Staged = { readonly all: number; readonly largest: number };

/** Tells what the server has begun to write since, and not yet put in its place. What was there before does not count. */
export async function stagedBytes({ dataDirectory }: Pick<RunningServer, "dataDirectory">): Promise<() => Promise<Staged>> {
  const folder = join(dataDirectory, "blobs", "staged");
  const names = () => readdir(folder).catch(() => []);
  const sizeOf = (name: string) =>
    stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    );
  const before = new Set(await names());
  return async () => {
    const files = (await names()).filter((name) => !before.has(name));
    const sizes = await Promise.all(files.map(sizeOf));
    return { all: sizes.reduce((sum, size) => sum + size, 0), largest: Math.max(0, ...sizes) };
  };
}
