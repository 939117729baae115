import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { RunningServer } from "./start-server.ts";

const Line = z.object({ msg: z.literal("request"), id: z.string(), method: z.string(), path: z.string(), status: z.number().int() });

/** A request as the server's log tells of it; `path` is without the query. */
export type LoggedRequest = Pick<z.output<typeof Line>, "method" | "path" | "status">;

/**
 * The requests that the server has answered so far, in the order it ended them. A proxy would not see them all: chunks go to the address the
 * server names, not to the one the client was told.
 *
 * @throws when the log does not tell of a request made now within 10 s.
 */
export async function loggedRequests({ url, output }: Pick<RunningServer, "url" | "output">): Promise<LoggedRequest[]> {
  // What the log tells of a request comes a moment after its answer; behind the line of this one are none of those before it.
  const marker = (await fetch(`${url}/api/0/`)).headers.get("x-request-id") ?? "none";
  for (let left = 500; !output().includes(marker); left--) {
    if (left === 0) throw new Error(`the server's log does not tell of the request ${marker}`);
    await new Promise((later) => {
      setTimeout(later, 20);
    });
  }
  return output()
    .split("\n")
    .flatMap((line) => (line.startsWith("{") ? (Line.safeParse(parsed(line)).data ?? []) : []))
    .filter(({ id }) => id !== marker)
    .map(({ method, path, status }) => ({ method, path, status }));
}

/** Half a line, the last one, is none yet. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

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

/** Bytes of a process that are in memory: now, and at most since `forgetPeak`. */
export type ResidentMemory = { readonly now: number; readonly peak: number };

/** Asks the kernel, which counts every page; only Linux tells. @throws when there is no such process. */
export async function residentMemory(pid: number): Promise<ResidentMemory> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const told = (name: string) => 1024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1] ?? Number.NaN);
  return { now: told("VmRSS"), peak: told("VmHWM") };
}

/** From now on the peak is that of later moments. */
export const forgetPeak = (pid: number): Promise<void> => writeFile(`/proc/${pid}/clear_refs`, "5");
