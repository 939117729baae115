import { expect, test } from "vitest";
import { describeDeployKind } from "./deploy-labels.tsx";

test("has no label for a deploy of a later version", () => {
  const kinds = ["first", "forward", "again", "back"] as const;
  expect(kinds.map((kind) => describeDeployKind(kind)?.short ?? null)).toEqual(["First", null, "Redeployed", "Rolled back"]);
});
