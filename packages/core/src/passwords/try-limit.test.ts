import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTryLimit } from "./try-limit.ts";

const at = (minutes: number) => new Date(minutes * 60_000);
const refusal = (message: string) => expect.objectContaining({ code: "rate_limited", message });

function tries(limit: ReturnType<typeof createTryLimit>, name: string, most: number, now = at(0)): number {
  for (let taken = 0; ; taken += 1) {
    try {
      limit.take([{ name, most }], now);
    } catch {
      return taken;
    }
  }
}

describe("createTryLimit", () => {
  it.each([1, 3, 10])("lets %i tries through, and no more", (most) => {
    const limit = createTryLimit();
    expect(tries(limit, "ada", most)).toBe(most);
    expect(tries(limit, "ben", most)).toBe(most);
  });

  it("says when to come back, and lets tries through again then", () => {
    const limit = createTryLimit();
    const ada = [{ name: "ada", most: 1 }];
    limit.take(ada, at(0));
    expect(() => limit.take(ada, at(0))).toThrow(refusal("Too many tries. Try again in 15 minutes."));
    expect(() => limit.take(ada, at(13.5))).toThrow(refusal("Too many tries. Try again in 2 minutes."));
    expect(() => limit.take(ada, at(14.99))).toThrow(refusal("Too many tries. Try again in a minute."));
    limit.take(ada, at(15));
    expect(() => limit.take(ada, at(15))).toThrow(refusal("Too many tries. Try again in 15 minutes."));
  });

  it("counts a refused try at none of its names", () => {
    const limit = createTryLimit();
    const both = [
      { name: "ada", most: 1 },
      { name: "network", most: 100 },
    ];
    limit.take(both, at(0));
    for (let time = 0; time < 10; time += 1)
      expect(() => limit.take(both, at(1))).toThrow(refusal("Too many tries. Try again in 14 minutes."));
    expect(tries(limit, "network", 100)).toBe(99);
  });

  it("takes back what was no guess", () => {
    const limit = createTryLimit();
    const ada = [{ name: "ada", most: 1 }];
    for (let time = 0; time < 5; time += 1) {
      limit.take(ada, at(0));
      limit.giveBack(ada);
    }
    limit.giveBack([...ada, { name: "nobody", most: 1 }]);
    expect(tries(limit, "ada", 1)).toBe(1);
  });

  it("forgets the oldest names rather than grow for ever", () => {
    const limit = createTryLimit();
    limit.take([{ name: "first", most: 1 }], at(0));
    for (let name = 0; name < 19_999; name += 1) limit.take([{ name: `n${name}`, most: 1 }], at(0));
    expect(tries(limit, "first", 1)).toBe(0);
    limit.take([{ name: "one more", most: 1 }], at(0));
    expect(tries(limit, "first", 1)).toBe(1);
    expect(tries(limit, "one more", 1)).toBe(0);
  });

  it("never lets more through in any 15 minutes that begin with a try", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (steps, most) => {
        const limit = createTryLimit();
        const windows: { start: number; taken: number }[] = [];
        let now = 0;
        for (const step of steps) {
          now += step / 10;
          try {
            limit.take([{ name: "ada", most }], at(now));
          } catch {
            expect(windows.at(-1)).toMatchObject({ taken: most });
            continue;
          }
          const last = windows.at(-1);
          if (last && now < last.start + 15) last.taken += 1;
          else windows.push({ start: now, taken: 1 });
        }
        for (const { taken } of windows) expect(taken).toBeLessThanOrEqual(most);
      }),
    );
  });
});
