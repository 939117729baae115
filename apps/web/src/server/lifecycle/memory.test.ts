import { expect, test } from "vitest";
import { handTimers } from "../../../test/hand-timers.ts";
import { runWhenIdle } from "./memory.ts";

function watched(enough: number) {
  const timers = handTimers();
  let done = 0;
  const happened = runWhenIdle({ timers, after: 1000, enough, work: () => void (done += 1) });
  return { timers, happened, done: () => done };
}

test("it is done once, as long after the last as asked for", () => {
  const { timers, happened, done } = watched(2);
  happened();
  happened();
  timers.pass(900);
  happened();
  timers.pass(999);
  expect(done()).toBe(0);
  timers.pass(1);
  expect(done()).toBe(1);
  timers.pass(60_000);
  expect([done(), timers.waiting()]).toEqual([1, 0]);
});

test("too little is nothing to do it for, and what was counted before does not count again", () => {
  const { timers, happened, done } = watched(3);
  happened();
  happened();
  timers.pass(5000);
  expect(done()).toBe(0);
  happened();
  timers.pass(1000);
  expect(done()).toBe(1);
  happened();
  happened();
  timers.pass(5000);
  expect(done()).toBe(1);
  happened();
  timers.pass(1000);
  expect(done()).toBe(2);
});

test("however much happens, one timer waits", () => {
  const { timers, happened, done } = watched(1);
  for (let count = 0; count < 1000; count += 1) {
    happened();
    timers.pass(10);
  }
  expect([done(), timers.waiting()]).toEqual([0, 1]);
});
