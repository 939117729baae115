import { expect, test } from "vitest";
import { longestTurn } from "./longest-turn.ts";

function burn(milliseconds: number): void {
  const end = process.threadCpuUsage().user + milliseconds * 1000;
  while (process.threadCpuUsage().user < end);
}

test("counts processor time between two turns, and none of what waits", async () => {
  const { longestTurn: longest, slowness } = await longestTurn(async () => {
    burn(40);
    await new Promise((resolve) => setTimeout(resolve, 1));
    burn(90);
    await new Promise((resolve) => setTimeout(resolve, 300));
    burn(40);
  });
  expect(longest).toBeGreaterThanOrEqual(90);
  // Less than two parts of the work, or the wait: those would be two turns, or time of a clock.
  expect(longest).toBeLessThan(130);
  expect(slowness).toBeGreaterThanOrEqual(1);
});

test("counts promises that follow each other without a turn as one", async () => {
  const { longestTurn: longest } = await longestTurn(async () => {
    for (let part = 0; part < 10; part += 1) {
      burn(10);
      await Promise.resolve();
    }
  });
  expect(longest).toBeGreaterThanOrEqual(100);
});
