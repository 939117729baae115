import { expect, test } from "vitest";
import { manualTimers } from "../../../test/manual-timers.ts";
import { runWhenIdle } from "./memory.ts";

function counting(enough: number) {
  const timers = manualTimers();
  let done = 0;
  const onEvent = runWhenIdle({ timers, after: 1000, enough, work: () => void (done += 1) });
  return { timers, happened: onEvent, done: () => done };
}

test("runs once, the configured time after the last event", () => {
  const { timers, happened: onEvent, done } = counting(2);
  onEvent();
  onEvent();
  timers.pass(900);
  onEvent();
  timers.pass(999);
  expect(done()).toBe(0);
  timers.pass(1);
  expect(done()).toBe(1);
  timers.pass(60_000);
  expect([done(), timers.waiting()]).toEqual([1, 0]);
});

test("does not run after too few events, and counts each event once", () => {
  const { timers, happened: onEvent, done } = counting(3);
  onEvent();
  onEvent();
  timers.pass(5000);
  expect(done()).toBe(0);
  onEvent();
  timers.pass(1000);
  expect(done()).toBe(1);
  onEvent();
  onEvent();
  timers.pass(5000);
  expect(done()).toBe(1);
  onEvent();
  timers.pass(1000);
  expect(done()).toBe(2);
});

test("uses one timer for any number of events", () => {
  const { timers, happened: onEvent, done } = counting(1);
  for (let count = 0; count < 1000; count += 1) {
    onEvent();
    timers.pass(10);
  }
  expect([done(), timers.waiting()]).toEqual([0, 1]);
});
