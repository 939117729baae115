import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AttemptKey, createFailedAttempts, type FailedAttempts } from "./failed-attempts.ts";

const at = (seconds: number) => new Date(seconds * 1000);
const refusal = (message: string) => expect.objectContaining({ code: "rate_limited", message });
const ada: AttemptKey[] = [{ name: "ada", free: 2 }];

/** Fails as many attempts as are allowed in so many seconds. Returns the time of each. */
function attemptFor(attempts: FailedAttempts, keys: readonly AttemptKey[], seconds: number, step = 1): number[] {
  const taken: number[] = [];
  for (let second = 0; second < seconds; second += step) {
    try {
      attempts.begin(keys, at(second)).failed();
      taken.push(second);
    } catch {
      // Refused: the next second.
    }
  }
  return taken;
}

describe("createFailedAttempts", () => {
  it("allows the free attempts at once, and then doubles the wait of each, up to a minute", () => {
    const taken = attemptFor(createFailedAttempts(), ada, 400, 0.5);
    expect(taken.slice(0, 9)).toEqual([0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 63.5, 123.5]);
    expect(taken.at(-1)).toBeLessThan(400);
    expect(taken.length).toBeLessThan(14);
  });

  it("returns how long to wait", () => {
    const attempts = createFailedAttempts();
    for (const _ of [1, 2]) attempts.begin(ada, at(0)).failed();
    expect(() => attempts.begin(ada, at(0))).toThrow(refusal("Too many wrong passwords. Try again in a second."));
    attempts.begin(ada, at(1)).failed();
    expect(() => attempts.begin(ada, at(1))).toThrow(refusal("Too many wrong passwords. Try again in 2 seconds."));
  });

  it("never locks: the next attempt is allowed after a minute, for any number of failures", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 60 }), (waits) => {
        const attempts = createFailedAttempts();
        let second = 0;
        for (const wait of waits) {
          second += wait;
          try {
            attempts.begin(ada, at(second)).failed();
          } catch {
            // Refused: counted as nothing.
          }
        }
        expect(() => attempts.begin(ada, at(second + 60)).canceled()).not.toThrow();
      }),
    );
  });

  it("allows no more concurrent attempts than are free, as if each failed", () => {
    const attempts = createFailedAttempts();
    const begun = [attempts.begin(ada, at(0)), attempts.begin(ada, at(0))];
    expect(() => attempts.begin(ada, at(0))).toThrow(refusal("Too many wrong passwords. Try again in a second."));
    begun[0]?.canceled();
    attempts.begin(ada, at(0)).canceled();
    begun[1]?.failed();
    attempts.begin(ada, at(0)).failed();
    expect(() => attempts.begin(ada, at(0))).toThrow(refusal("Too many wrong passwords. Try again in a second."));
  });

  it("does not count refused attempts, nor those that were not compared", () => {
    const attempts = createFailedAttempts();
    for (let time = 0; time < 50; time += 1) attempts.begin(ada, at(0)).canceled();
    const both = [...ada, { name: "network", free: 3 }];
    for (const _ of [1, 2]) attempts.begin(both, at(0)).failed();
    for (let time = 0; time < 50; time += 1) expect(() => attempts.begin(both, at(0))).toThrow();
    attempts.begin([{ name: "network", free: 3 }], at(0)).failed();
    expect(() => attempts.begin([{ name: "network", free: 3 }], at(0))).toThrow();
  });

  it("resets after a success, and after an hour", () => {
    const attempts = createFailedAttempts();
    for (const _ of [1, 2]) attempts.begin(ada, at(0)).failed();
    attempts.begin(ada, at(1)).succeeded(["ada"]);
    expect([attempts.isKnown("ada"), attempts.isKnown("ben")]).toEqual([true, false]);
    for (const _ of [1, 2]) attempts.begin(ada, at(2)).failed();
    attempts.note("address", at(0));
    expect(attempts.count("address", at(3599))).toBe(1);
    expect(attempts.count("address", at(3600))).toBe(0);
    for (const _ of [1, 2]) attempts.begin(ada, at(3602)).failed();
  });

  it("keeps 20,000 names, and drops the oldest", () => {
    const attempts = createFailedAttempts();
    for (let name = 0; name <= 20_000; name += 1) attempts.note(`${name}`, at(0));
    expect([attempts.count("0", at(0)), attempts.count("1", at(0)), attempts.count("20000", at(0))]).toEqual([0, 1, 1]);
  });
});
