import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { RunningServer } from "./start-server.ts";

const Line = z.object({ msg: z.literal("request"), id: z.string(), method: z.string(), path: z.string(), status: z.number().int() });

/** A request in the log of the server; `path` is without the query. */
export type LoggedRequest = Pick<z.output<typeof Line>, "method" | "path" | "status">;

/**
 * Returns the completed requests, in order of completion. A proxy would not see all of them: chunks are sent to the URL that the server
 * returns, not to the configured one.
 *
 * @throws if the log does not contain a request made now within 10 s.
 */
export async function loggedRequests({ url, output }: Pick<RunningServer, "url" | "output">): Promise<LoggedRequest[]> {
  // A request is logged shortly after its response. All earlier requests are logged before this one.
  const marker = (await fetch(`${url}/api/0/`)).headers.get("x-request-id") ?? "none";
  for (let left = 500; !output().includes(marker); left--) {
    if (left === 0) throw new Error(`the log of the server does not contain the request ${marker}`);
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

/** The last line may be incomplete. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Bytes of unfinished files: of all, and of the largest. */
export type Staged = { readonly all: number; readonly largest: number };

/** Returns a function that measures the unfinished files that the server has started since. */
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

/** The resident memory of a process in bytes: now, and its peak since `forgetPeak`. */
export type ResidentMemory = { readonly now: number; readonly peak: number };

/** Reads the counters of the kernel; only on Linux. @throws if the process does not exist. */
export async function residentMemory(pid: number): Promise<ResidentMemory> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const bytesOf = (name: string) => 1024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1] ?? Number.NaN);
  return { now: bytesOf("VmRSS"), peak: bytesOf("VmHWM") };
}

/** Resets the peak. */
export const forgetPeak = (pid: number): Promise<void> => writeFile(`/proc/${pid}/clear_refs`, "5");
