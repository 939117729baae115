import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shellQuote } from "./shell-quote.ts";

test.each([
  ["web@1.4.0+build.7", "web@1.4.0+build.7"],
  ["one two", "'one two'"],
  ["it's", String.raw`'it'\''s'`],
  ["$(reboot)", "'$(reboot)'"],
  ["", "''"],
])("%j is written %s", (text, quoted) => {
  expect(shellQuote(text)).toBe(quoted);
});

test("a shell reads each as the one word it was", () => {
  const words = fc.sample(
    fc.string({ unit: "binary" }).map((text) => text.toWellFormed().replaceAll("\0", "")),
    { numRuns: 200, seed: 7 },
  );
  const script = `printf '%s\\0' ${words.map(shellQuote).join(" ")}`;
  expect(execFileSync("sh", ["-c", script]).toString().split("\0").slice(0, -1)).toEqual(words);
});
