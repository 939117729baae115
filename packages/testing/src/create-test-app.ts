import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { App } from "@landfall/core/app";
import { createApp } from "@landfall/core/create-app";
import { createLastUsedRecorder } from "@landfall/core/tokens/record-last-used";
import { fileBlobs } from "@landfall/db/blobs/file-blobs";
import { fixtures, type Fixtures } from "./fixtures.ts";
import { openTestStore } from "./open-test-store.ts";
import { testClock, type TestClock } from "./test-clock.ts";
import { testRandom } from "./test-random.ts";

export type TestApp = {
  readonly app: App;
  readonly clock: TestClock;
  readonly given: Fixtures;
  /** Stores when and for what tokens were used up to now; until then it is only noted. */
  recordTokenUses(): Promise<void>;
  close(): Promise<void>;
};

/** The application over a fresh database with the real migrations, a folder for blobs, a clock that stands still and known randomness. */
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
