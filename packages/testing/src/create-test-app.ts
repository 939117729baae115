import { type App, createApp } from "@landfall/core/app";
import { fixtures, type Fixtures } from "./fixtures.ts";
import { openTestStore } from "./open-test-store.ts";
import { testClock, type TestClock } from "./test-clock.ts";
import { testRandom } from "./test-random.ts";

export type TestApp = { readonly app: App; readonly clock: TestClock; readonly given: Fixtures; close(): Promise<void> };

/** The application over a fresh database with the real migrations, a clock that stands still and known randomness. */
export async function createTestApp(kind: Parameters<typeof openTestStore>[0] = "sqlite"): Promise<TestApp> {
  const { store, close } = await openTestStore(kind);
  const clock = testClock();
  const app = createApp({ store, origin: "http://landfall.test", now: clock.now, randomHex: testRandom() });
  return { app, clock, given: fixtures(store), close };
}
