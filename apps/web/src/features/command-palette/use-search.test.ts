import { LandfallError } from "@landfall/client/landfall-error";
import type { FoundChangesView } from "@landfall/schema/releases/search";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { foundChange } from "#features/search/change-location.fixture.ts";
import { latestRequest, type SearchOutcome, searchStatus } from "./use-search.ts";

describe("latest answer", () => {
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
});

const changes = (commits: FoundChangesView["commits"]): FoundChangesView => ({
  understood: ["reference"],
  releases: [],
  commits,
  searched: { commits: 12, backTo: null, isComplete: true },
  next: null,
});

const answered = (commits: FoundChangesView["commits"]) =>
  searchStatus({
    state: "answered",
    text: "x",
    value: { at: new Date(0), changes: changes(commits), releases: [], people: [], projects: [] },
  });

const failed = (error: unknown) => searchStatus({ state: "failed", text: "x", error });

test("how it was understood and how far was searched", () => {
  expect(answered([foundChange()])).toBe("Searched as a pull request or ticket number. Searched up to 12 commits (all commits).");
  expect(answered([])).toMatch(/^No commit found\. Understood/);
});

test("nothing was asked", () => {
  expect(searchStatus(null)).toBe("");
});

test("why it failed, and what to do", () => {
  expect(failed(new LandfallError("Authentication credentials were not provided.", { code: "unauthenticated" }))).toContain(
    "Reload the page",
  );
  expect(failed(new LandfallError("localhost cannot be reached: connection refused.", { code: "network" }))).toBe(
    "The search failed: localhost cannot be reached: connection refused.",
  );
  expect(failed("odd")).toBe("The search failed: odd");
});
