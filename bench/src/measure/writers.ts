import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Plan } from "../plan.ts";
import { ratio, type Spread, spread } from "../statistics.ts";
import { MODES, type Mode, type WritersSamples } from "./run-writers.ts";

export type WritersResult = {
  /** Transactions a second. */
  readonly modes: readonly { readonly mode: Mode; readonly perSecond: Spread; readonly toGroupedFull: Spread }[];
  /** Milliseconds the disk takes to make 4 KiB durable. */
  readonly sync: Spread;
};

/** Measures the store's transactions in a process of its own, with and without group commit. */
export async function measureWriters(plan: Plan["writers"]): Promise<WritersResult> {
  const file = fileURLToPath(new URL("writers-process.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [file, JSON.stringify(plan)]);
  const { rates, syncs }: WritersSamples = JSON.parse(stdout);
  return {
    modes: MODES.map((mode) => ({ mode, perSecond: spread(rates[mode]), toGroupedFull: ratio(rates["full, grouped"], rates[mode]) })),
    sync: spread(syncs),
  };
}
