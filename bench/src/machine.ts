import { cpus, loadavg, release, totalmem, type } from "node:os";
import type { Machine } from "./report.ts";

/** The machine a run is on, now. */
export function machine(now: Date): Machine {
  const processors = cpus();
  return {
    processors: `${processors.length} × ${processors[0]?.model.trim() ?? "unknown"}`,
    memoryGibibytes: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    date: now.toISOString(),
    loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}
