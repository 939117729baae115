import { expect, test } from "vitest";
import { longestTurn } from "./longest-turn.ts";

/** Microseconds; reading them takes much system time. */
const used = (): number => Object.values(process.threadCpuUsage()).reduce((sum, part) => sum + part, 0);

function burn(milliseconds: number): void {
  const end = used() + milliseconds * 1000;
  while (used() < end);
}

test("counts CPU time between two turns of the event loop, without waiting", async () => {
  const { longestTurn: longest, slowness } = await longestTurn(async () => {
    burn(100);
    await new Promise((resolve) => setTimeout(resolve, 1));
    burn(250);
    await new Promise((resolve) => setTimeout(resolve, 500));
    burn(100);
  });
  expect(longest).toBeGreaterThanOrEqual(250);
  // Less than both parts together or the wait: those would be two turns, or wall-clock time.
  expect(longest).toBeLessThan(350);
  expect(slowness).toBeGreaterThanOrEqual(1);
});

test("counts consecutive promises without a turn as one", async () => {
  const { longestTurn: longest } = await longestTurn(async () => {
    for (let part = 0; part < 10; part += 1) {
      burn(10);
      await Promise.resolve();
    }
  });
  expect(longest).toBeGreaterThanOrEqual(100);
});
