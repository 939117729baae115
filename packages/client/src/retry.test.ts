import type { AppRouter } from "./app-router.ts";
import { createTRPCClient, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { abortable } from "./create-client.ts";
import { LandfallError, type LandfallErrorFacts } from "./landfall-error.ts";
import { backoff, retryCalls, wait } from "./retry.ts";

/** A client whose link fails with each of `failures` and then succeeds, and the delays of its retries. */
function client(failures: readonly LandfallErrorFacts[], retries = 3) {
  const left = [...failures];
  const waits: number[] = [];
  const seen = { attempts: 0, unsubscribed: 0 };
  const last: TRPCLink<AppRouter> = () => () =>
    observable((observer) => {
      seen.attempts += 1;
      const failure = left.shift();
      if (failure) observer.error(new LandfallError("no", failure));
      else {
        observer.next({ result: { data: null } });
        observer.complete();
      }
      return () => void (seen.unsubscribed += 1);
    });
  const wait = async (ms: number) => void waits.push(ms);
  const links = [abortable, retryCalls({ retries, delayMs: (failed) => failed * 100, wait }), last];
  return { calls: createTRPCClient<AppRouter>({ links }), waits, seen };
}

const get = { organization: "acme", version: "1" };
const lost: LandfallErrorFacts = { code: "network", reason: "unreachable" };

describe("retryCalls", () => {
  test.each<[string, LandfallErrorFacts]>([
    ["a lost connection", lost],
    ["a timeout", { code: "network", reason: "timeout" }],
    ["429", { code: "rate_limited", status: 429 }],
    ["502, 503 and 504", { code: "unavailable", status: 503 }],
  ])("retries after %s", async (_, failure) => {
    const { calls, waits, seen } = client([failure, failure]);
    await expect(calls.releases.get.query(get)).resolves.toBeNull();
    expect(waits).toEqual([100, 200]);
    expect(seen.attempts).toBe(3);
  });

  test.each<[string, LandfallErrorFacts]>([
    ["bad input", { code: "invalid", status: 400 }],
    ["a missing release", { code: "not_found", status: 404 }],
    ["a server error", { code: "internal", status: 500 }],
    ["a redirect", { code: "network", reason: "redirect" }],
    ["a page of a proxy", { code: "network", reason: "no_landfall_answer" }],
    ["an aborted call", { code: "aborted" }],
  ])("does not retry after %s", async (_, failure) => {
    const { calls, seen } = client([failure]);
    await expect(calls.releases.get.query(get)).rejects.toMatchObject({ code: failure.code });
    expect(seen.attempts).toBe(1);
  });

  test("waits for Retry-After, up to a limit", async () => {
    const { calls, waits } = client([
      { code: "unavailable", retryAfter: 2 },
      { code: "unavailable", retryAfter: 600 },
    ]);
    await expect(calls.releases.get.query(get)).resolves.toBeNull();
    expect(waits).toEqual([2_000, 10_000]);
  });

  test("retries a mutation that the server rejected with Retry-After", async () => {
    const { calls, seen, waits } = client([{ code: "unavailable", status: 503, retryAfter: 2 }]);
    await expect(calls.releases.delete.mutate(get)).resolves.toBeNull();
    expect([seen.attempts, waits]).toEqual([2, [2_000]]);
  });

  test.each<[string, LandfallErrorFacts]>([
    ["with an unknown outcome", { code: "unavailable", status: 503, retryAfter: 2, reason: "outcome_unknown" }],
    ["that a proxy rejected", { code: "unavailable", status: 503, retryAfter: 2, reason: "no_landfall_answer" }],
    ["that was rejected without Retry-After", { code: "unavailable", status: 503 }],
    ["that failed because of a full disk", { code: "storage_full", status: 507, retryAfter: 60 }],
  ])("does not retry a mutation %s", async (_, failure) => {
    const { calls, seen } = client([failure]);
    await expect(calls.releases.delete.mutate(get)).rejects.toMatchObject({ code: failure.code });
    expect(seen.attempts).toBe(1);
  });

  test("does not retry a mutation without a response", async () => {
    const { calls, seen, waits } = client([lost]);
    await expect(calls.releases.delete.mutate(get)).rejects.toMatchObject({ code: "network" });
    expect(seen.attempts).toBe(1);
    expect(waits).toEqual([]);
  });

  test.each([0, 1, 3])("stops after %i retries", async (retries) => {
    const { calls, seen } = client([lost, lost, lost, lost, lost], retries);
    await expect(calls.releases.get.query(get)).rejects.toMatchObject({ code: "network" });
    expect(seen.attempts).toBe(retries + 1);
  });

  test("does not retry after the caller aborts", async () => {
    const controller = new AbortController();
    let release = () => {};
    const blocked = new Promise<void>((resolve) => void (release = resolve));
    let attempts = 0;
    const last: TRPCLink<AppRouter> = () => () =>
      observable((observer) => {
        attempts += 1;
        observer.error(new LandfallError("no", lost));
      });
    const signals: AbortSignal[] = [];
    const wait = (_: number, signal: AbortSignal) => {
      signals.push(signal);
      return blocked;
    };
    const calls = createTRPCClient<AppRouter>({ links: [abortable, retryCalls({ retries: 3, delayMs: () => 1, wait }), last] });
    const running = calls.releases.get.query(get, { signal: controller.signal });
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: "aborted" });
    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
    release();
    await blocked;
    expect(attempts).toBe(1);
  });
});

describe("backoff", () => {
  test.each([
    [1, 125, 250],
    [2, 250, 500],
    [3, 500, 1_000],
    [10, 2_500, 5_000],
  ])("after %i failures waits %i to %i ms", (failed, least, most) => {
    expect(backoff(failed, () => 0)).toBe(least);
    expect(backoff(failed, () => 1)).toBe(most);
    expect(backoff(failed)).toBeGreaterThanOrEqual(least);
    expect(backoff(failed)).toBeLessThanOrEqual(most);
  });
});

describe("wait", () => {
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

  test("resolves when aborted, and clears the timer", async () => {
    const controller = new AbortController();
    const waiting = wait(1_000, controller.signal);
    expect(vi.getTimerCount()).toBe(1);
    controller.abort();
    await waiting;
    expect(vi.getTimerCount()).toBe(0);
  });

  test("does not wait if already aborted", async () => {
    await wait(1_000, AbortSignal.abort());
    expect(vi.getTimerCount()).toBe(0);
  });
});
