import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { wait } from "./wait.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new AbortController().signal;

test("resolves after the time, not before", async () => {
  const done = vi.fn<() => void>();
  const waiting = wait(1_000, never).then(done);
  await vi.advanceTimersByTimeAsync(999);
  expect(done).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(done).toHaveBeenCalledOnce();
  await waiting;
});

test("resolves when it is aborted, and leaves no timer behind", async () => {
  const controller = new AbortController();
  const waiting = wait(1_000, controller.signal);
  expect(vi.getTimerCount()).toBe(1);
  controller.abort();
  await waiting;
  expect(vi.getTimerCount()).toBe(0);
});

test("does not wait for what was aborted before", async () => {
  await wait(1_000, AbortSignal.abort());
  expect(vi.getTimerCount()).toBe(0);
});
