import { describe, expect, it } from "vitest";
import { MODES, runWriters } from "./writers.ts";

describe("runWriters", () => {
  it("measures all modes in each round, and the disk", async () => {
    const { rates, syncs } = await runWriters({ writers: 4, rounds: 2, seconds: 0.05 });
    expect(Object.keys(rates)).toEqual([...MODES]);
    for (const mode of MODES) {
      expect(rates[mode]).toHaveLength(2);
      for (const rate of rates[mode]) expect(rate).toBeGreaterThan(0);
    }
    expect(syncs.every((time) => time > 0)).toBe(true);
  });
});
