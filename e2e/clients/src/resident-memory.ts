import { readFile, writeFile } from "node:fs/promises";

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
