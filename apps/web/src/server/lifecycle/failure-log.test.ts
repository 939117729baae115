import { StoreError } from "@landfall/db/store-error";
import { expect, test, vi } from "vitest";
import { manualTimers } from "../../../test/manual-timers.ts";
import { createFailureLog } from "./failure-log.ts";

function logging() {
  const timers = manualTimers();
  const lines: (readonly [level: string, fields: object, text: string])[] = [];
  const write = (level: string) => (fields: object, text: string) => void lines.push([level, fields, text]);
  const onStorageFailure = vi.fn();
  const logger = { error: write("error"), info: write("info"), debug: write("debug") };
  return { timers, lines, onStorageFailure, log: createFailureLog({ logger, timers, onStorageFailure }) };
}

const lost = new StoreError("connection_lost", "x");
const full = Object.assign(new Error("x"), { code: "SQLITE_FULL" });

test("logs every bug with its context and request id", () => {
  const { log, lines } = logging();
  const bug = new Error("x");
  log.report(bug, { id: "r-1" });
  log.report(bug, { during: "after-commit work" });
  expect(lines).toEqual([
    ["error", { err: bug, id: "r-1" }, "bug"],
    ["error", { err: bug, during: "after-commit work" }, "bug"],
  ]);
});

test("logs an outage at its beginning and at its end, with the number of failures", () => {
  const { log, lines, timers, onStorageFailure } = logging();
  for (let second = 0; second < 60; second++) {
    log.report(lost, { id: `r-${second}` });
    timers.pass(1000);
  }
  expect(lines).toEqual([["error", { failure: "database_unreachable", err: lost, id: "r-0" }, "the database cannot be reached"]]);
  timers.pass(14_000);
  expect(lines[1]).toEqual(["info", { failure: "database_unreachable", count: 60, seconds: 59 }, "no more failures of this kind"]);
  expect([timers.waiting(), onStorageFailure.mock.calls.length]).toEqual([0, 60]);
  log.report(lost);
  expect(lines).toHaveLength(3);
});

test("logs each kind of failure separately", () => {
  const { log, lines } = logging();
  for (const error of [lost, full, lost, full]) log.report(error);
  expect(lines.map(([, , text]) => text)).toEqual(["the database cannot be reached", "the disk is full"]);
});

test("logs an outage again every five minutes while it lasts", () => {
  const { log, lines, timers } = logging();
  for (let second = 0; second < 660; second += 10) {
    log.report(full);
    timers.pass(10_000);
  }
  expect(lines.map(([, , text]) => text)).toEqual(["the disk is full", "the disk is full, still", "the disk is full, still"]);
});

test("does not log refusals during shutdown as errors", () => {
  const { log, lines } = logging();
  log.report(new StoreError("closed", "x"));
  expect(lines.map(([level]) => level)).toEqual(["debug"]);
});
