import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type SearchOutcome, latestRequest } from "./latest-answer.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Questions that are answered by hand. */
function byHand() {
  const open = new Map<string, { answer: (value: string) => void; fail: (error: Error) => void; signal: AbortSignal }>();
  const told: SearchOutcome<string>[] = [];
  const latest = latestRequest<string>({
    rest: 100,
    tell: (asked) => told.push(asked),
    ask: (text, signal) => new Promise((answer, fail) => void open.set(text, { answer, fail, signal })),
  });
  return { open, told, latest };
}

test("nothing is asked until typing rests", async () => {
  const { open, latest } = byHand();
  latest.want("f");
  await vi.advanceTimersByTimeAsync(99);
  latest.want("fi");
  await vi.advanceTimersByTimeAsync(99);
  expect(open.size).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect([...open.keys()]).toEqual(["fi"]);
});

test("an answer that comes after the next question is not told, and its request is given up", async () => {
  const { open, told, latest } = byHand();
  latest.want("fix");
  await vi.advanceTimersByTimeAsync(100);
  latest.want("fix login");
  expect(open.get("fix")?.signal.aborted).toBe(true);
  await vi.advanceTimersByTimeAsync(100);
  open.get("fix login")?.answer("new");
  await vi.advanceTimersByTimeAsync(0);
  open.get("fix")?.answer("old");
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual([{ state: "answered", text: "fix login", value: "new" }]);
});

test("a failure is told, unless it is of a request that was given up", async () => {
  const { open, told, latest } = byHand();
  latest.want("a");
  await vi.advanceTimersByTimeAsync(100);
  latest.stop();
  open.get("a")?.fail(new Error("aborted"));
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual([]);
  latest.want("b");
  await vi.advanceTimersByTimeAsync(100);
  open.get("b")?.fail(new Error("no connection"));
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual([{ state: "failed", text: "b", error: new Error("no connection") }]);
});

test("after a stop nothing is asked", async () => {
  const { open, latest } = byHand();
  latest.want("a");
  latest.stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(open.size).toBe(0);
});
