import { describe, expect, test } from "vitest";
import { choice, count, flag, timestamp, optionalCount, type Parameter, repeated, required, text } from "./command.ts";

const read = <T>(parameter: Parameter<T>, value: string, previous: T = parameter.initial): T => {
  if (!parameter.read) throw new Error("a switch has no value");
  return parameter.read(value, previous);
};

test("parses optional text, absent by default", () => {
  expect(text("--a <a>", "").initial).toBeUndefined();
  expect(read(text("--a <a>", ""), " x ")).toBe(" x ");
  expect(read(required("<a>", ""), "x")).toBe("x");
});

test("parses a switch, off by default", () => {
  expect(flag("--a", "")).toEqual({ flags: "--a", describe: "", initial: false });
});

test("collects repeated text in order", () => {
  const parameter = repeated("-p, --project <slug>", "");
  expect(read(parameter, "b", read(parameter, "a"))).toEqual(["a", "b"]);
  expect(parameter.initial).toEqual([]);
});

test("rejects unknown choices and lists the valid ones", () => {
  const parameter = choice("--status <s>", "", ["open", "archived"]);
  expect(read(parameter, "open")).toBe("open");
  for (const other of ["Open", "", "toString"]) expect(() => read(parameter, other)).toThrow("open, archived");
});

describe("a count", () => {
  test.each([
    ["1", 1],
    ["020", 20],
    ["999999999", 999_999_999],
  ])("reads %j", (value, expected) => {
    expect(read(count("--n <n>", "", 20, 1), value)).toBe(expected);
    expect(read(optionalCount("--n <n>", "", 1), value)).toBe(expected);
  });

  test.each(["", "0", "-1", "1.5", "1e3", "x", "9999999999", "٣"])("rejects %j", (value) => {
    expect(() => read(count("--n <n>", "", 20, 1), value)).toThrow("at least 1");
  });

  test("has its default", () => {
    expect(count("--n <n>", "", 20).initial).toBe(20);
    expect(optionalCount("--n <n>", "").initial).toBeUndefined();
  });
});

describe("a timestamp", () => {
  test.each([
    ["2026-01-31", "2026-01-31T00:00:00.000Z"],
    ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00.000Z"],
    ["2026-01-31T12:00:00.5+02:00", "2026-01-31T10:00:00.500Z"],
    ["1700000000", "2023-11-14T22:13:20.000Z"],
    ["1700000000.25", "2023-11-14T22:13:20.250Z"],
  ])("reads %s", (value, expected) => {
    expect(read(timestamp("--at <t>", ""), value)?.toISOString()).toBe(expected);
  });

  test.each(["", "now", "2026", "2026-13-01", "2026-01-31T12:00:00", "yesterday", "31.1.2026", "123456789012"])("rejects %j", (value) => {
    expect(() => read(timestamp("--at <t>", ""), value)).toThrow("2026-01-31");
  });
});
