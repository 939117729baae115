import { expect, test } from "vitest";
import { undoMergeSteps } from "./merge-contributors.ts";

const ADA = ["ada@acme.test", "ada@home.test"];
const BOB = ["bob@acme.test"];
const EVE = ["eve@acme.test", "eve@old.test", "eve@home.test"];

test("everybody but whoever has the main address is taken out, with all addresses they had", () => {
  expect(undoMergeSteps([ADA, BOB, EVE], "ada@home.test")).toEqual([
    { into: "bob@acme.test", emails: BOB },
    { into: "eve@acme.test", emails: EVE },
  ]);
});

test("a main address that nobody had takes everybody out", () => {
  expect(undoMergeSteps([BOB, []], "new@acme.test")).toEqual([{ into: "bob@acme.test", emails: BOB }]);
});
