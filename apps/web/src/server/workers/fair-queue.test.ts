import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FairQueue } from "./fair-queue.ts";

const open = (limits = { mostPerOwner: 100, most: 1000 }) => new FairQueue<string>(limits);

describe("a fair queue", () => {
  test("lets owners take turns and keeps the order of each", () => {
    const queue = open();
    for (const item of ["a1", "a2", "a3"]) queue.push(1, item);
    for (const item of ["b1", "b2"]) queue.push(2, item);
    const taken = [queue.shift(), queue.shift(), queue.shift()];
    queue.push(3, "c1");
    expect([...taken, queue.shift(), queue.shift(), queue.shift(), queue.shift()]).toEqual(["a1", "b1", "a2", "b2", "a3", "c1", undefined]);
  });

  test("refuses what exceeds the limit of an owner, and of all together", () => {
    const queue = open({ mostPerOwner: 2, most: 3 });
    expect([queue.push(1, "a"), queue.push(1, "b"), queue.push(1, "c")]).toEqual([true, true, false]);
    expect([queue.push(2, "d"), queue.push(3, "e")]).toEqual([true, false]);
    expect(queue.clear().toSorted()).toEqual(["a", "b", "d"]);
    expect([queue.shift(), queue.push(3, "e"), queue.shift()]).toEqual([undefined, true, "e"]);
  });

  test("never serves an owner twice while another has waited since before the first time", () => {
    const steps = fc.array(fc.oneof(fc.record({ owner: fc.nat(4) }), fc.constant("shift" as const)), { maxLength: 200 });
    fc.assert(
      fc.property(steps, (all) => {
        const queue = new FairQueue<{ owner: number; number: number }>({ mostPerOwner: 1000, most: 1000 });
        const waiting: { owner: number; number: number }[] = [];
        let number = 0;
        let overtaken = new Map<number, Map<number, number>>();
        for (const step of all) {
          if (step !== "shift") {
            const item = { owner: step.owner, number: (number += 1) };
            queue.push(step.owner, item);
            waiting.push(item);
            continue;
          }
          const taken = queue.shift();
          if (taken === undefined) {
            expect(waiting).toEqual([]);
            continue;
          }
          const first = waiting.find(({ owner }) => owner === taken.owner);
          expect(taken).toBe(first);
          waiting.splice(waiting.indexOf(taken), 1);
          overtaken.delete(taken.owner);
          for (const owner of new Set(waiting.map((item) => item.owner))) {
            if (owner === taken.owner) continue;
            const times = overtaken.get(owner) ?? new Map<number, number>();
            times.set(taken.owner, (times.get(taken.owner) ?? 0) + 1);
            overtaken.set(owner, times);
            expect(times.get(taken.owner)).toBeLessThanOrEqual(1);
          }
          const stillWaiting = new Set(waiting.map((item) => item.owner));
          overtaken = new Map([...overtaken].filter(([owner]) => stillWaiting.has(owner)));
        }
      }),
    );
  });
});
