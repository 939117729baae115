import { execFile } from "node:child_process";
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { prepared } from "@landfall/db/sql/prepared";
import { openSqlite } from "@landfall/db/sqlite/open";
import type { Store, Tx } from "@landfall/db/store";
import { ratio, type Spread, spread } from "../load/statistics.ts";
import type { Plan } from "./plan.ts";

export type WritersResult = {
  /** Transactions per second. */
  readonly modes: readonly { readonly mode: Mode; readonly perSecond: Spread; readonly toGroupedFull: Spread }[];
  /** Milliseconds to sync 4 KiB to disk. */
  readonly sync: Spread;
};

/** Measures transactions of the store in a separate process, with and without group commit. */
export async function measureWriters(plan: Plan["writers"]): Promise<WritersResult> {
  const file = fileURLToPath(new URL("./writers-process.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [file, JSON.stringify(plan)]);
  const { rates, syncs }: WritersSamples = JSON.parse(stdout);
  return {
    modes: MODES.map((mode) => ({ mode, perSecond: spread(rates[mode]), toGroupedFull: ratio(rates["full, grouped"], rates[mode]) })),
    sync: spread(syncs),
  };
}

export type WritersOrder = { readonly writers: number; readonly rounds: number; readonly seconds: number };

/** The ways a store can write; `full` and `normal` are SQLite's `synchronous`. */
export const MODES = ["full, grouped", "full", "normal, grouped", "normal"] as const;

export type Mode = (typeof MODES)[number];

type WritersSamples = {
  /** Transactions per second, per round. */
  readonly rates: Readonly<Record<Mode, readonly number[]>>;
  /** Milliseconds to sync 4 KiB to disk. */
  readonly syncs: readonly number[];
};

/** Runs writers that each insert one row per transaction, in all modes alternately. */
export async function runWriters({ writers, rounds, seconds }: WritersOrder): Promise<WritersSamples> {
  const folder = mkdtempSync(path.join(tmpdir(), "landfall-bench-writers-"));
  const stores = new Map<Mode, Store>();
  try {
    for (const mode of MODES) stores.set(mode, await openMode(path.join(folder, `${stores.size}.db`), mode));
    const rates: Record<Mode, number[]> = { "full, grouped": [], full: [], "normal, grouped": [], normal: [] };
    for (const store of stores.values()) await rateOf(store, writers, seconds / 2);
    for (let round = 0; round < rounds; round += 1) {
      for (const [mode, store] of stores) rates[mode].push(await rateOf(store, writers, seconds));
    }
    return { rates, syncs: syncTimes(path.join(folder, "sync"), 50) };
  } finally {
    await Promise.all([...stores.values()].map((store) => store.close()));
    rmSync(folder, { recursive: true, force: true });
  }
}

const openMode = (file: string, mode: Mode): Promise<Store> =>
  openSqlite({ path: file, synchronous: mode.startsWith("full") ? "full" : "normal", groupCommit: mode.endsWith("grouped") });

async function rateOf(store: Store, writers: number, seconds: number): Promise<number> {
  const started = performance.now();
  const until = started + seconds * 1000;
  let done = 0;
  const write = async () => {
    while (performance.now() < until) {
      const target = `release ${done}`;
      await store.transaction((tx) => insertRow(tx, { target, dateCreated: new Date() }));
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
  return (done / (performance.now() - started)) * 1000;
}

const insertRow = prepared((tx: Tx, param: { target: string; dateCreated: Date }) => {
  const row = { actor: "system", action: "bench.write", target: param.target, dateCreated: param.dateCreated };
  return tx.insert(tx.tables.auditLog).values(row).prepare();
});

function syncTimes(file: string, count: number): number[] {
  const page = Buffer.alloc(4096, 1);
  const descriptor = openSync(file, "w");
  try {
    return Array.from({ length: count }, () => {
      writeSync(descriptor, page);
      const started = performance.now();
      fdatasyncSync(descriptor);
      return performance.now() - started;
    });
  } finally {
    closeSync(descriptor);
  }
}
