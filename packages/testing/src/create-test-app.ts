import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createApp } from "@landfall/core/create-app";
import type { App } from "@landfall/core/kernel/app";
import { createLastUsedRecorder } from "@landfall/core/records/accounts/last-used";
import { fileBlobs } from "@landfall/db/blobs/file-blobs";
import { type Fixtures, fixtures } from "./rows/fixtures.ts";
import { openTestStore } from "./stores/open-test-store.ts";

export type TestApp = {
  readonly app: App;
  readonly clock: TestClock;
  readonly given: Fixtures;
  /** Stores the uses of tokens so far, which are buffered until then. */
  recordTokenUses(): Promise<void>;
  close(): Promise<void>;
};

/** An application with a fresh database and the real migrations, a folder for blobs, a stopped clock and deterministic randomness. */
export async function createTestApp(kind: Parameters<typeof openTestStore>[0] = "sqlite"): Promise<TestApp> {
  const { store, close } = await openTestStore(kind);
  const clock = testClock();
  const folder = mkdtempSync(path.join(tmpdir(), "landfall-test-blobs-"));
  const blobs = fileBlobs({ folder, durable: false });
  const recorder = createLastUsedRecorder(store, { onError: fail, later: () => {} });
  const app = createApp({
    store,
    blobs,
    origin: "http://landfall.test",
    onTokenUse: recorder.touch,
    now: clock.now,
    randomHex: testRandom(),
  });
  return {
    app,
    clock,
    given: fixtures(store),
    recordTokenUses: recorder.flush,
    async close() {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function fail(error: unknown): never {
  throw error;
}

/** A clock that does not move until a test moves it. */
export interface TestClock {
  readonly now: () => Date;
  set(iso: string): void;
  advance(milliseconds: number): void;
}

/** A clock that starts at 2026-01-02T03:04:05.678Z, or at the given date. */
export function testClock(iso = "2026-01-02T03:04:05.678Z"): TestClock {
  let time = Date.parse(iso);
  return {
    now: () => new Date(time),
    set: (next) => void (time = Date.parse(next)),
    advance: (milliseconds) => void (time += milliseconds),
  };
}

/** Bytes that are the same in every run and do not repeat within one. */
export function testRandom(seed = "landfall"): (bytes: number) => string {
  let count = 0;
  return (bytes) => {
    let hex = "";
    while (hex.length < bytes * 2) hex += createHash("sha256").update(`${seed}:${count++}`).digest("hex");
    return hex.slice(0, bytes * 2);
  };
}
