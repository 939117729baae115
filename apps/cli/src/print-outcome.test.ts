import { describe, expect, test } from "vitest";
import { testWorld } from "../test/test-world.ts";
import { printFailure, printOutcome, printPlan } from "./print-outcome.ts";

const OUTCOME = { data: { a: 1 }, text: () => "one line" };
const PEOPLE = { isJson: false, isQuiet: false };

describe("printOutcome", () => {
  test.each([
    [PEOPLE, true, "one line\n"],
    [{ isJson: true, isQuiet: false }, true, '{\n  "a": 1\n}\n'],
    [{ isJson: false, isQuiet: true }, true, ""],
    [{ isJson: false, isQuiet: true }, false, "one line\n"],
    [{ isJson: true, isQuiet: true }, true, '{\n  "a": 1\n}\n'],
  ])("%j, confirmation %s", (options, isConfirmation, expected) => {
    const world = testWorld();
    printOutcome(world, OUTCOME, options, isConfirmation);
    expect([world.out(), world.err()]).toEqual([expected, ""]);
  });

  test("prints no empty line", () => {
    const world = testWorld();
    printOutcome(world, { data: null, text: () => "" }, PEOPLE, false);
    expect(world.out()).toBe("");
  });
});

describe("printPlan", () => {
  test("cuts long lists for people, at any depth, and keeps dates", () => {
    const world = testWorld();
    printPlan(world, [{ call: "c", input: { list: [[1, 2, 3, 4, 5]], date: new Date(0), text: "\u001b", none: null } }], PEOPLE);
    expect(world.out()).toBe(
      'Would send c {"list":[[1,2,3,"and 2 more"]],"date":"1970-01-01T00:00:00.000Z","text":"\\u001b","none":null}\n',
    );
  });

  test("says when nothing would be sent", () => {
    const world = testWorld();
    printPlan(world, [], PEOPLE);
    expect(world.out()).toBe("Nothing would be sent.\n");
  });
});

test("printFailure marks what is allowed as a warning", () => {
  const failure = { exit: "network", code: "network", message: "gone\u0007", hint: "do", issues: [], requestId: null } as const;
  const world = testWorld({ isTerminal: true });
  printFailure(world, failure, PEOPLE, false);
  printFailure(world, failure, PEOPLE, true);
  expect(world.err()).toBe("\u001b[31merror:\u001b[39m gone\ufffd\ndo\n\u001b[33mwarning:\u001b[39m gone\ufffd\ndo\n");
  expect(world.out()).toBe("");
});
