import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseVersionGrammar } from "./version-grammar.ts";

const parts = (numbers: string, pre: string | null = null, buildCode: string | null = null) => {
  const written = numbers.split(".");
  const [major, minor = "0", patch = "0", revision = "0"] = written;
  return { major, minor, patch, revision, pre, buildCode, components: written.length };
};

describe("parseVersionGrammar", () => {
  it.each([
    ["1", parts("1")],
    ["1.2", parts("1.2")],
    ["1.2.3", parts("1.2.3")],
    ["1.2.3.4", parts("1.2.3.4")],
    ["01.002.0003.00", parts("01.002.0003.00")],
    ["99999999999999999999999.1", parts("99999999999999999999999.1")],
    ["1-a1", parts("1", "a1")],
    ["1-", parts("1")],
    ["1.0-", parts("1.0")],
    ["1.0a", parts("1.0", "a")],
    ["1.0a1", parts("1.0", "a1")],
    ["1.0rc1", parts("1.0", "rc1")],
    ["1.0rc.1.x", parts("1.0", "rc.1.x")],
    ["1.0.0-alpha.0", parts("1.0.0", "alpha.0")],
    ["1.0.0-1234", parts("1.0.0", "1234")],
    ["1.0.0-0", parts("1.0.0", "0")],
    ["1.0.0--01", parts("1.0.0", "-01")],
    ["1.0.0-01a", parts("1.0.0", "01a")],
    ["1.0.0-.5", parts("1.0.0", ".5")],
    ["1+1", parts("1", null, "1")],
    ["1.0-rc1+20200101100", parts("1.0", "rc1", "20200101100")],
    ["1.0+BUILD-code.x-.007", parts("1.0", null, "BUILD-code.x-.007")],
    ["1.0+-2020", parts("1.0", null, "-2020")],
  ])("reads %s", (text, expected) => {
    expect(parseVersionGrammar(text)).toEqual(expected);
  });

  it.each([
    "",
    "v1.2.3",
    "1.",
    ".1",
    "1..2",
    "1.2.3.4.5",
    "1a1",
    "1.0B",
    "1.0A1",
    "1.0.0-01",
    "1.0a01",
    "1.0.0-a..b",
    "1.0.0-a.",
    "1.0.0-a_b",
    "1.0+",
    "1.0+a..b",
    "1.0+a_b",
    "1.0+a+b",
    " 1.0",
    "1.0\n",
    "1.0 beta",
    "-1.0",
    "+1",
    "１.０",
    "2020.05.26-01.38.42",
  ])("refuses %j", (text) => {
    expect(parseVersionGrammar(text)).toBeNull();
  });

  it("reads back every version that is put together by the grammar", () => {
    const number = fc.string({ unit: fc.constantFrom(..."0123456789".split("")), minLength: 1, maxLength: 24 });
    const identifier = fc.oneof(fc.constantFrom("0", "7", "1234"), fc.stringMatching(/^[0-9]{0,3}[a-zA-Z-][0-9a-zA-Z-]{0,5}$/));
    const pre = fc.array(identifier, { minLength: 1, maxLength: 3 }).map((identifiers) => identifiers.join("."));
    const build = fc.stringMatching(/^[0-9a-zA-Z-]{1,6}(\.[0-9a-zA-Z-]{1,6}){0,2}$/);
    const numbers = fc.array(number, { minLength: 1, maxLength: 4 }).map((written) => written.join("."));
    fc.assert(
      fc.property(numbers, fc.option(pre), fc.option(build), (written, preRelease, buildCode) => {
        const text = `${written}${preRelease === null ? "" : `-${preRelease}`}${buildCode === null ? "" : `+${buildCode}`}`;
        expect(parseVersionGrammar(text)).toEqual(parts(written, preRelease, buildCode));
      }),
    );
  });

  it.each([
    ["digits", "1".repeat(100_000)],
    ["dotted digits and a bad end", `1.0-${"1a.".repeat(50_000)}_`],
    ["a long identifier and a bad end", `1.0-${"1".repeat(100_000)}_`],
    ["dashes and a bad end", `1.0${"-".repeat(100_000)}_`],
    ["builds and a bad end", `1.0+${"a.".repeat(50_000)}`],
  ])("stays linear on %s", (_name, text) => {
    const started = performance.now();
    const version = parseVersionGrammar(text);
    // Quadratic work on 100,000 characters would take many seconds.
    expect(performance.now() - started).toBeLessThan(1000);
    expect(version === null).toBe(text.endsWith("_") || text.endsWith("."));
  });
});
