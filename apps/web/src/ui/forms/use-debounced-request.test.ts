import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type RequestOutcome, sendDelayed } from "./use-debounced-request.ts";

describe("sendDelayed", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Requests that the test settles; each cancels the previous one, as the hook does. */
  function controlled() {
    const sent = new Map<string, { resolve: (value: string) => void; reject: (error: Error) => void; signal: AbortSignal }>();
    const outcomes: RequestOutcome<string>[] = [];
    let cancel = () => {};
    const latest = {
      request(text: string) {
        cancel();
        cancel = sendDelayed<string>(text, {
          delay: 100,
          send: (key, signal) => new Promise((resolve, reject) => void sent.set(key, { resolve, reject, signal })),
          onOutcome: (outcome) => outcomes.push(outcome),
        });
      },
      cancel: () => cancel(),
    };
    return { sent, outcomes, latest };
  }

  test("sends nothing until the key has not changed for the delay", async () => {
    const { sent, latest } = controlled();
    latest.request("f");
    await vi.advanceTimersByTimeAsync(99);
    latest.request("fi");
    await vi.advanceTimersByTimeAsync(99);
    expect(sent.size).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect([...sent.keys()]).toEqual(["fi"]);
  });

  test("aborts and ignores an earlier request", async () => {
    const { sent, outcomes, latest } = controlled();
    latest.request("fix");
    await vi.advanceTimersByTimeAsync(100);
    latest.request("fix login");
    expect(sent.get("fix")?.signal.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(100);
    sent.get("fix login")?.resolve("new");
    await vi.advanceTimersByTimeAsync(0);
    sent.get("fix")?.resolve("old");
    await vi.advanceTimersByTimeAsync(0);
    expect(outcomes).toEqual([{ state: "done", key: "fix login", value: "new" }]);
  });

  test("reports failures, except of cancelled requests", async () => {
    const { sent, outcomes, latest } = controlled();
    latest.request("a");
    await vi.advanceTimersByTimeAsync(100);
    latest.cancel();
    sent.get("a")?.reject(new Error("aborted"));
    await vi.advanceTimersByTimeAsync(0);
    expect(outcomes).toEqual([]);
    latest.request("b");
    await vi.advanceTimersByTimeAsync(100);
    sent.get("b")?.reject(new Error("no connection"));
    await vi.advanceTimersByTimeAsync(0);
    expect(outcomes).toEqual([{ state: "failed", key: "b", error: new Error("no connection") }]);
  });

  test("sends nothing after cancel", async () => {
    const { sent, latest } = controlled();
    latest.request("a");
    latest.cancel();
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent.size).toBe(0);
  });
});
