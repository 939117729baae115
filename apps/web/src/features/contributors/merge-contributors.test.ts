import { expect, test } from "vitest";
import { undoMergeSteps } from "./merge-contributors.ts";

const ADA = ["ada@acme.test", "ada@home.test"];
const BOB = ["bob@acme.test"];
const EVE = ["eve@acme.test", "eve@old.test", "eve@home.test"];

test("separates everyone except the contributor with the main address", () => {
  expect(undoMergeSteps([ADA, BOB, EVE], "ada@home.test")).toEqual([
    { into: "bob@acme.test", emails: BOB },
    { into: "eve@acme.test", emails: EVE },
  ]);
});

test("separates everyone if the main address is new", () => {
  expect(undoMergeSteps([BOB, []], "new@acme.test")).toEqual([{ into: "bob@acme.test", emails: BOB }]);
});
