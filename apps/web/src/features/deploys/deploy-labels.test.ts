import { expect, test } from "vitest";
import { describeDeployKind } from "./deploy-labels.tsx";

test("only a step to a later version goes without saying", () => {
  const kinds = ["first", "forward", "again", "back"] as const;
  expect(kinds.map((kind) => describeDeployKind(kind)?.short ?? null)).toEqual(["First", null, "Again", "Rolled back"]);
});
