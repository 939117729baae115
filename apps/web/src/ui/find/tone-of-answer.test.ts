import type { ChangeLocationView } from "@landfall/schema/views/find";
import { expect, test } from "vitest";
import { locationTone } from "./tone-of-answer.ts";
import { whereabout } from "./whereabout.fixture.ts";

type State = ChangeLocationView["state"];

const production = (state: State, project = "web") => whereabout({ environment: "production", state, version: `${project}@1.0.0` });
const staging = (state: State) => whereabout({ environment: "staging", state, version: "web@1.0.0" });

test.each<[string, ChangeLocationView[], ReturnType<typeof locationTone>]>([
  ["nowhere", [], "plain"],
  ["live in the last environment", [staging("gone"), production("live")], "ok"],
  ["passed there", [staging("missing"), production("passed")], "ok"],
  ["not yet there", [staging("live"), production("missing")], "plain"],
  ["not yet there for one of two projects", [production("live"), production("missing", "api")], "plain"],
  ["gone from there for one of two projects", [production("live"), production("gone", "api")], "warn"],
])("%s", (_name, environments, tone) => {
  expect(locationTone({ environments })).toBe(tone);
});
