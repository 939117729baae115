import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { type HandTimers, handTimers } from "../../../test/hand-timers.ts";
import { createEventFeed, type EventFeed } from "./event-feed.ts";

let timers: HandTimers;
let feed: EventFeed;

beforeEach(() => {
  timers = handTimers();
  feed = createEventFeed(timers);
});

/** What a follower of an organization is handed, and when. */
function following(organizationId: number) {
  const handed: { readonly at: number; readonly kinds: readonly string[] }[] = [];
  const stop = feed.follow(organizationId, (kinds) => void handed.push({ at: timers.now(), kinds }));
  return { handed, stop };
}

const change = (kind: string, organizationId = 1) => feed.publish({ organizationId, kind });

describe("a follower", () => {
  test("hears of a change a moment later, with what else was changed meanwhile, each kind once", () => {
    const { handed } = following(1);
    change("release");
    timers.pass(29);
    change("commits");
    change("release");
    expect(handed).toEqual([]);
    timers.pass(1);
    expect(handed).toEqual([{ at: 30, kinds: ["release", "commits"] }]);
    timers.pass(10_000);
    expect(handed).toHaveLength(1);
  });

  test("hears no more than twice a second, and of the last change too", () => {
    const { handed } = following(1);
    for (let time = 0; time < 100; time += 1) {
      change(`kind-${time}`);
      timers.pass(20);
    }
    timers.pass(500);
    expect(handed.map(({ at }) => at)).toEqual([30, 530, 1030, 1530, 2030]);
    expect(handed.flatMap(({ kinds }) => kinds)).toEqual(Array.from({ length: 100 }, (_, time) => `kind-${time}`));
  });

  test("hears at once again after a pause", () => {
    const { handed } = following(1);
    change("release");
    timers.pass(5000);
    change("deploy");
    timers.pass(30);
    expect(handed.map(({ at }) => at)).toEqual([30, 5030]);
  });

  test("hears nothing of another organization, of what was before, or after it stopped", () => {
    change("release");
    const { handed, stop } = following(1);
    change("release", 2);
    timers.pass(1000);
    change("deploy");
    stop();
    stop();
    timers.pass(1000);
    change("deploy");
    timers.pass(1000);
    expect(handed).toEqual([]);
  });

  test("hears the same as the others of its organization, whoever stops", () => {
    const [one, other] = [following(1), following(1)];
    change("release");
    timers.pass(30);
    one.stop();
    change("deploy");
    timers.pass(500);
    expect(one.handed.map(({ kinds }) => kinds)).toEqual([["release"]]);
    expect(other.handed.map(({ kinds }) => kinds)).toEqual([["release"], ["deploy"]]);
  });
});

test("nothing waits when nobody follows any more", () => {
  const { stop } = following(1);
  change("release");
  expect(timers.waiting()).toBe(1);
  stop();
  expect(timers.waiting()).toBe(0);
  change("release");
  expect(timers.waiting()).toBe(0);
});

test("whatever happens when: nothing is lost, and half a second lies between what is handed over", () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.constantFrom("release", "deploy", "commits", "project")), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(steps, (given) => {
      timers = handTimers();
      feed = createEventFeed(timers);
      const { handed } = following(1);
      const told: { at: number; kind: string }[] = [];
      for (const [pause, kind] of given) {
        timers.pass(pause);
        change(kind);
        told.push({ at: timers.now(), kind });
      }
      timers.pass(600);
      for (const { at, kind } of told) {
        const heard = handed.find((one) => one.at >= at && one.kinds.includes(kind));
        expect(heard && heard.at - at <= 500).toBe(true);
      }
      for (const [index, one] of handed.entries()) {
        const before = handed[index - 1];
        if (before) expect(one.at - before.at).toBeGreaterThanOrEqual(500);
      }
    }),
  );
});
