import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { type ManualTimers, manualTimers } from "../../../test/manual-timers.ts";
import { createEventFeed, type EventFeed } from "./event-feed.ts";

let timers: ManualTimers;
let feed: EventFeed;

beforeEach(() => {
  timers = manualTimers();
  feed = createEventFeed(timers);
});

/** Follows an organization. `batches` are what the follower received, and when. */
function following(organizationId: number) {
  const batches: { readonly at: number; readonly kinds: readonly string[] }[] = [];
  const stop = feed.follow(organizationId, (kinds) => void batches.push({ at: timers.now(), kinds }));
  return { batches, stop };
}

const change = (kind: string, organizationId = 1) => feed.publish({ organizationId, kind });

describe("a follower of the event feed", () => {
  test("receives a change after the batch delay, together with others, each kind once", () => {
    const { batches } = following(1);
    change("release");
    timers.pass(29);
    change("commits");
    change("release");
    expect(batches).toEqual([]);
    timers.pass(1);
    expect(batches).toEqual([{ at: 30, kinds: ["release", "commits"] }]);
    timers.pass(10_000);
    expect(batches).toHaveLength(1);
  });

  test("receives at most two batches per second, including the last change", () => {
    const { batches } = following(1);
    for (let time = 0; time < 100; time += 1) {
      change(`kind-${time}`);
      timers.pass(20);
    }
    timers.pass(500);
    expect(batches.map(({ at }) => at)).toEqual([30, 530, 1030, 1530, 2030]);
    expect(batches.flatMap(({ kinds }) => kinds)).toEqual(Array.from({ length: 100 }, (_, time) => `kind-${time}`));
  });

  test("receives a change without the interval after a pause", () => {
    const { batches } = following(1);
    change("release");
    timers.pass(5000);
    change("deploy");
    timers.pass(30);
    expect(batches.map(({ at }) => at)).toEqual([30, 5030]);
  });

  test("receives nothing of another organization, from before it followed, or after it unsubscribed", () => {
    change("release");
    const { batches, stop } = following(1);
    change("release", 2);
    timers.pass(1000);
    change("deploy");
    stop();
    stop();
    timers.pass(1000);
    change("deploy");
    timers.pass(1000);
    expect(batches).toEqual([]);
  });

  test("receives the same as other followers of the organization, also after one of them unsubscribes", () => {
    const [one, other] = [following(1), following(1)];
    change("release");
    timers.pass(30);
    one.stop();
    change("deploy");
    timers.pass(500);
    expect(one.batches.map(({ kinds }) => kinds)).toEqual([["release"]]);
    expect(other.batches.map(({ kinds }) => kinds)).toEqual([["release"], ["deploy"]]);
  });
});

test("leaves no timer behind after the last follower unsubscribes", () => {
  const { stop } = following(1);
  change("release");
  expect(timers.waiting()).toBe(1);
  stop();
  expect(timers.waiting()).toBe(0);
  change("release");
  expect(timers.waiting()).toBe(0);
});

test("loses no change and keeps 500 ms between batches, for any sequence of changes", () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.constantFrom("release", "deploy", "commits", "project")), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(steps, (given) => {
      timers = manualTimers();
      feed = createEventFeed(timers);
      const { batches } = following(1);
      const changes: { at: number; kind: string }[] = [];
      for (const [pause, kind] of given) {
        timers.pass(pause);
        change(kind);
        changes.push({ at: timers.now(), kind });
      }
      timers.pass(600);
      for (const { at, kind } of changes) {
        const received = batches.find((one) => one.at >= at && one.kinds.includes(kind));
        expect(received && received.at - at <= 500).toBe(true);
      }
      for (const [index, one] of batches.entries()) {
        const before = batches[index - 1];
        if (before) expect(one.at - before.at).toBeGreaterThanOrEqual(500);
      }
    }),
  );
});
