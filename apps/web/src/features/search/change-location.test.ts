import type { ChangeLocationView } from "@landfall/schema/releases/search";
import { expect, test } from "vitest";
import { whereabout } from "./change-location.fixture.ts";
import { describeLocation, locationTone } from "./change-location.ts";

const NOW = new Date("2026-03-01T15:00:00.000Z");
const RELEASES = [{ version: "web@4.4.0" }, { version: "web@4.3.1" }];

const words = (environments: readonly ChangeLocationView[], releases: readonly { version: string }[] = RELEASES) =>
  describeLocation({ releases, releaseCount: releases.length, environments: [...environments] }, NOW);

const live = whereabout({ environment: "production", state: "live", version: "web@4.3.1" });

test("in no release", () => {
  expect(words([], [])).toBe("in no release yet");
});

test("in releases that were deployed nowhere", () => {
  expect(words([], [{ version: "web@4.3.1" }])).toBe("in web@4.3.1, deployed nowhere yet");
  expect(words([])).toBe("in 2 releases, deployed nowhere yet");
});

test("every state in its words, production first", () => {
  const environments = [
    whereabout({ environment: "dev", state: "gone", version: "web@4.2.0" }),
    whereabout({ environment: "qa", state: "missing", version: "web@4.1.0" }),
    whereabout({ environment: "staging", state: "passed", version: "web@4.4.0" }),
    live,
  ];
  expect(words(environments)).toBe(
    "live in production for 3 h (web 4.3.1), in staging by a later version (web 4.4.0), not yet in qa (still web 4.1.0), gone from dev (now web 4.2.0)",
  );
});

test("what came this minute is there since just now", () => {
  expect(words([{ ...live, date: "2026-03-01T14:59:30.000Z" }])).toBe("live in production since just now (web 4.3.1)");
});

test("the projects of an environment together, from the first on; each state for itself", () => {
  const api = whereabout({ environment: "production", state: "live", version: "api@2.0.0", date: "2026-03-01T10:00:00.000Z" });
  const admin = whereabout({ environment: "production", state: "missing", version: "admin@1.0.0" });
  expect(words([live, admin, api])).toBe("live in production for 5 h (web 4.3.1, api 2.0.0), not yet in production (still admin 1.0.0)");
});

test("many projects and many environments are not all told", () => {
  const projects = ["a", "b", "c", "d"].map((project) => ({ ...live, project: { id: project, slug: project, name: project } }));
  expect(words(projects)).toBe("live in production for 3 h (a 4.3.1, b 4.3.1, 2 more)");
  const environments = ["e1", "e2", "e3", "e4", "e5", "e6"].map((environment) => ({ ...live, environment }));
  expect(words(environments)).toMatch(/^live in e6 .*, live in e3 for 3 h \(web 4\.3\.1\), and 2 more$/);
});

test("a version of another name than the project's keeps its number, and hashes are cut", () => {
  const version = "com.acme.web@4f2a91c0d5e6b7a8990011223344556677889900";
  expect(words([whereabout({ environment: "production", state: "passed", version, project: "web" })])).toBe(
    "in production by a later version (web 4f2a91c0d5)",
  );
});

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
