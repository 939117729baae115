import { createServer } from "node:http";
import { setImmediate } from "node:timers/promises";
import { pino } from "pino";
import { expect, test } from "vitest";
import { listen } from "#server/http/http-server.ts";
import { manualTimers } from "../../../test/manual-timers.ts";
import { type ServerParts, stop } from "./stop.ts";

type Step = "stopWork" | "flushUses" | "closePages" | "closeStore";

async function stopping(changes: Partial<Record<Step, () => Promise<void>>> = {}) {
  const timers = manualTimers();
  const begun: [name: string, at: number][] = [];
  const lines: string[] = [];
  const server = createServer();
  await listen(server, { host: "127.0.0.1", port: 0 });
  const step = (name: Step) => () => {
    begun.push([name, timers.now()]);
    return changes[name]?.() ?? Promise.resolve();
  };
  const parts: ServerParts = {
    endStreams: () => {},
    server,
    stopWork: step("stopWork"),
    flushUses: step("flushUses"),
    closePages: step("closePages"),
    closeStore: step("closeStore"),
    log: { logger: pino({ base: null }, { write: (line: string) => void lines.push(line) }), close: () => Promise.resolve() },
  };
  let code: number | undefined;
  void stop(parts, timers).then((ended) => (code = ended));
  return { timers, begun, lines, code: () => code };
}

test("closes everything in order and leaves no timer behind", async () => {
  const { timers, begun, code } = await stopping();
  while (code() === undefined) await setImmediate();
  expect([code(), begun.map(([name]) => name), timers.waiting()]).toEqual([0, ["stopWork", "flushUses", "closePages", "closeStore"], 0]);
});

test("skips a step that does not end, so that stopping takes at most ten seconds", async () => {
  const forever = () => new Promise<void>(() => {});
  const { timers, begun, lines, code } = await stopping({
    stopWork: forever,
    flushUses: forever,
    closePages: () => Promise.reject(new Error("no")),
    closeStore: forever,
  });
  while (code() === undefined) {
    await setImmediate();
    if (begun.length > 0) timers.pass(100);
  }
  expect(code()).toBe(1);
  expect(timers.now()).toBeLessThan(10_000);
  expect(begun.map(([name]) => name)).toEqual(["stopWork", "flushUses", "closePages", "closeStore"]);
  expect(lines.join("")).toMatch(/background work.*uses of tokens.*no.*database/s);
});
