import { expect, test } from "vitest";
import { paintFor } from "./paint.ts";

const terminal = { isTerminal: true, columns: 80, write: () => {} };
const pipe = { ...terminal, isTerminal: false };

test.each([
  ["a terminal", terminal, {}, true],
  ["a pipe", pipe, {}, false],
  ["a terminal with NO_COLOR", terminal, { NO_COLOR: "1" }, false],
  ["a terminal with an empty NO_COLOR", terminal, { NO_COLOR: "" }, true],
  ["NO_COLOR and FORCE_COLOR", terminal, { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
  ["a pipe with FORCE_COLOR", pipe, { FORCE_COLOR: "1" }, true],
  ["a pipe with FORCE_COLOR=0", pipe, { FORCE_COLOR: "0" }, false],
  ["a dumb terminal", terminal, { TERM: "dumb" }, false],
])("%s", (_, output, env, isColoured) => {
  const paint = paintFor(output, { env });
  expect(paint.red("x") !== "x").toBe(isColoured);
  for (const mark of Object.values(paint)) expect(mark("x")).toContain("x");
});
