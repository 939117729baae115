import { describe, expect, it } from "vitest";
import { createTurns } from "./turns.ts";

/** Work that runs until it is told to end. */
function job(log: string[], name: string) {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return {
    work: () => {
      log.push(name);
      return promise;
    },
    end: () => resolve(name),
    fail: () => reject(new Error(name)),
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("createTurns", () => {
  it("runs so much at once, the rest in order, and answers each its own", async () => {
    const log: string[] = [];
    const inTurn = createTurns(2, 5);
    const jobs = ["a", "b", "c", "d"].map((name) => job(log, name));
    const answers = jobs.map(({ work }) => inTurn(work));
    await settled();
    expect(log).toEqual(["a", "b"]);
    jobs[1]?.end();
    await settled();
    expect(log).toEqual(["a", "b", "c"]);
    for (const { end } of jobs) end();
    expect(await Promise.all(answers)).toEqual(["a", "b", "c", "d"]);
  });

  it("refuses those who would have to wait too long, and only those", async () => {
    const inTurn = createTurns(1, 2);
    const jobs = ["a", "b", "c"].map((name) => job([], name));
    const answers = jobs.map(({ work }) => inTurn(work));
    await expect(inTurn(job([], "d").work)).rejects.toMatchObject({ code: "unavailable" });
    for (const { end } of jobs) end();
    expect(await Promise.all(answers)).toEqual(["a", "b", "c"]);
    expect(await inTurn(() => Promise.resolve("later"))).toBe("later");
  });

  it("gives the turn on after a failure", async () => {
    const inTurn = createTurns(1, 2);
    const first = job([], "a");
    const failing = inTurn(first.work);
    const next = inTurn(() => Promise.resolve("b"));
    first.fail();
    await expect(failing).rejects.toThrow("a");
    expect(await next).toBe("b");
    await expect(
      inTurn(() => {
        throw new Error("at once");
      }),
    ).rejects.toThrow("at once");
    expect(await inTurn(() => Promise.resolve("c"))).toBe("c");
  });

  it("lets nobody jump the queue between two turns", async () => {
    const log: string[] = [];
    const inTurn = createTurns(1, 5);
    const jobs = ["a", "b", "c"].map((name) => job(log, name));
    const [a, b, c] = jobs;
    const first = inTurn(a?.work ?? fail);
    const second = inTurn(b?.work ?? fail);
    a?.end();
    await first;
    const third = inTurn(c?.work ?? fail);
    await settled();
    expect(log).toEqual(["a", "b"]);
    b?.end();
    c?.end();
    expect(await Promise.all([second, third])).toEqual(["b", "c"]);
  });
});

const fail = () => Promise.reject(new Error("no such job"));
