import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { type Spread, spread } from "../load/statistics.ts";
import type { Memory } from "../servers/child-server.ts";
import { type DataDirectory, webFile } from "../servers/data-directory.ts";
import { startLandfall } from "../servers/start-servers.ts";

export type StartsResult = {
  /** Milliseconds from process start to the ready line, with existing data. */
  readonly ready: Spread;
  /** Memory of an idle server without pages. */
  readonly idle: Memory;
  /** Memory of an idle server whose pages were read; null if they are not built. */
  readonly idleWithPages: Memory | null;
};

const IDLE_MILLISECONDS = 1000;
const PAGE_READS = 20;

/** Starts servers on existing data, one after another. */
export async function measureStarts(data: DataDirectory, count: number): Promise<StartsResult> {
  const times: number[] = [];
  let idle: Memory = { resident: Number.NaN, own: Number.NaN };
  for (let start = 0; start < count; start += 1) {
    const server = await startLandfall(data);
    times.push(server.startMilliseconds);
    if (start === count - 1) {
      await wait(IDLE_MILLISECONDS);
      idle = server.memory();
    }
    await server.stop();
  }
  return { ready: spread(times), idle, idleWithPages: existsSync(webFile(".next/BUILD_ID")) ? await withPages(data) : null };
}

async function withPages(data: DataDirectory): Promise<Memory> {
  const server = await startLandfall(data, { pages: true });
  try {
    for (let read = 0; read < PAGE_READS; read += 1) await (await fetch(server.origin)).text();
    await wait(IDLE_MILLISECONDS);
    return server.memory();
  } finally {
    await server.stop();
  }
}
