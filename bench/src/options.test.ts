import { describe, expect, it } from "vitest";
import { PARTS, readOptions, USAGE } from "./options.ts";

const usual = { isQuick: false, json: null, checks: false, parts: PARTS, wantsHelp: false };

describe("readOptions", () => {
  it.each([
    [[], usual],
    [["--quick"], { ...usual, isQuick: true }],
    [["--json", "x.json"], { ...usual, json: "x.json" }],
    [["--json=-"], { ...usual, json: "-" }],
    [["--check"], { ...usual, checks: true }],
    [["-h"], { ...usual, wantsHelp: true }],
    [["--only", "writers"], { ...usual, parts: ["writers"] }],
    [["--only", "writers", "--only", "scale"], { ...usual, parts: ["scale", "writers"] }],
  ])("reads %j", (args, expected) => {
    expect(readOptions(args)).toEqual(expected);
  });

  it.each([
    [["--only", "speed"], 'Unknown part "speed". Expected one of throughput, scale, commits, writers, artifacts, starts, pages.'],
    [["--fast"], "--fast"],
    [["--json"], "--json"],
    [["quick"], "quick"],
  ])("rejects %j with a message", (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});

describe("USAGE", () => {
  it.each(["--quick", "--json", "--only", "--check", ...PARTS])("names %s", (name) => {
    expect(USAGE).toContain(name);
  });
});
