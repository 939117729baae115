/** A clock that stands still until a test moves it. */
export interface TestClock {
  readonly now: () => Date;
  set(iso: string): void;
  advance(milliseconds: number): void;
}

/** A clock at 2026-01-02T03:04:05.678Z, or where the test wants it. */
export function testClock(iso = "2026-01-02T03:04:05.678Z"): TestClock {
  let time = Date.parse(iso);
  return {
    now: () => new Date(time),
    set: (next) => void (time = Date.parse(next)),
    advance: (milliseconds) => void (time += milliseconds),
  };
}
