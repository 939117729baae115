import { expect, test } from "vitest";
import { describeState } from "./change-state.ts";

test("describes every state of a change", () => {
  const facts = { environment: "production", since: "for 3 h", versions: "web 4.3.1" };
  const states = ["live", "passed", "rolled-back", "missing"] as const;
  expect(states.map((state) => describeState(state, facts))).toEqual([
    "live in production for 3 h (web 4.3.1)",
    "in production in a later version (web 4.3.1)",
    "no longer in production (now web 4.3.1)",
    "not yet in production (still web 4.3.1)",
  ]);
});
