import { describe, expect, test } from "vitest";
import { createOpenStreams, type OpenStreams } from "./event-streams.ts";

/** Opens streams that record when they are ended. */
function opener(streams: OpenStreams) {
  const ended: string[] = [];
  const close = new Map<string, () => void>();
  const open = (userId: number, name: string) =>
    streams.open(userId, (onOver) => {
      close.set(name, onOver);
      return { send: () => {}, end: () => void ended.push(name) };
    }) !== null;
  return { ended, close: (name: string) => close.get(name)?.(), open };
}

describe("open streams", () => {
  test("end a person's oldest stream at the limit per person", () => {
    const { ended, open } = opener(createOpenStreams({ perPerson: 2, total: 10 }));
    for (const name of ["a", "b", "c", "d"]) expect(open(1, name)).toBe(true);
    expect(open(2, "other")).toBe(true);
    expect(ended).toEqual(["a", "b"]);
  });

  test("refuse new streams at the total limit until one ends", () => {
    const { ended, open, close } = opener(createOpenStreams({ perPerson: 2, total: 3 }));
    expect([open(1, "a"), open(2, "b"), open(3, "c"), open(4, "d")]).toEqual([true, true, true, false]);
    close("b");
    expect([open(4, "e"), open(5, "f")]).toEqual([true, false]);
    expect(ended).toEqual([]);
  });

  test("count a closed stream towards no limit", () => {
    const { ended, open } = opener(createOpenStreams({ perPerson: 1, total: 1 }));
    expect([open(1, "a"), open(1, "b")]).toEqual([true, true]);
    expect(ended).toEqual(["a"]);
  });

  test("end all streams exactly once, and open no more", () => {
    const streams = createOpenStreams();
    const { ended, open, close } = opener(streams);
    for (const name of ["a", "b", "c"]) open(1, name);
    close("b");
    streams.endAll();
    streams.endAll();
    expect(ended).toEqual(["a", "c"]);
    expect(open(1, "late")).toBe(false);
  });

  test("are limited to 20 per person and 500 in total by default", () => {
    const { ended, open } = opener(createOpenStreams());
    for (let number = 0; number < 500; number += 1) expect(open(number % 25, `${number}`)).toBe(true);
    expect(ended).toEqual([]);
    expect(open(25, "one more")).toBe(false);
    expect(open(24, "own")).toBe(true);
    expect(ended).toEqual(["24"]);
  });
});
