import type { ChangeLocationView } from "@landfall/schema/releases/search";
import { expect, test } from "vitest";
import { locationOf } from "./change-location.fixture.ts";
import { describeLocation, locationTone } from "./change-location.ts";

const NOW = new Date("2026-03-01T15:00:00.000Z");
const RELEASES = [{ version: "web@4.4.0" }, { version: "web@4.3.1" }];

const describe = (environments: readonly ChangeLocationView[], releases: readonly { version: string }[] = RELEASES) =>
  describeLocation({ releases, releaseCount: releases.length, environments: [...environments] }, NOW);

const live = locationOf({ environment: "production", state: "live", version: "web@4.3.1" });

test("describes a change that is in no release", () => {
  expect(describe([], [])).toBe("not in a release yet");
});

test("describes a change in releases that are not deployed", () => {
  expect(describe([], [{ version: "web@4.3.1" }])).toBe("in web@4.3.1, not deployed yet");
  expect(describe([])).toBe("in 2 releases, not deployed yet");
});

test("describes every state, in the order of the environments", () => {
  const environments = [
    live,
    locationOf({ environment: "staging", state: "passed", version: "web@4.4.0" }),
    locationOf({ environment: "qa", state: "missing", version: "web@4.1.0" }),
    locationOf({ environment: "dev", state: "rolled-back", version: "web@4.2.0" }),
  ];
  expect(describe(environments)).toBe(
    "live in production for 3 h (web@4.3.1), in staging in a later version (web@4.4.0), not yet in qa (still web@4.1.0), no longer in dev (now web@4.2.0)",
  );
});

test("describes a deploy of the last minute", () => {
  expect(describe([{ ...live, date: "2026-03-01T14:59:30.000Z" }])).toBe("live in production since just now (web@4.3.1)");
});

test("combines the projects of an environment by state, since the first deploy", () => {
  const api = locationOf({ environment: "production", state: "live", version: "api@2.0.0", date: "2026-03-01T10:00:00.000Z" });
  const admin = locationOf({ environment: "production", state: "missing", version: "admin@1.0.0" });
  expect(describe([live, admin, api])).toBe("live in production for 5 h (web@4.3.1, api@2.0.0), not yet in production (still admin@1.0.0)");
});

test("truncates many projects and environments", () => {
  const projects = ["a", "b", "c", "d"].map((project) => ({ ...live, project: { id: project, slug: project, name: project } }));
  expect(describe(projects)).toBe("live in production for 3 h (a web@4.3.1, b web@4.3.1, 2 more)");
  const environments = ["e1", "e2", "e3", "e4", "e5", "e6"].map((environment) => ({ ...live, environment }));
  expect(describe(environments)).toMatch(/^live in e1 .*, live in e4 for 3 h \(web@4\.3\.1\), and 2 more$/);
});

test("shows the project if the package has another name, and truncates hashes", () => {
  const version = "com.acme.web@4f2a91c0d5e6b7a8990011223344556677889900";
  expect(describe([locationOf({ environment: "production", state: "passed", version, project: "web" })])).toBe(
    "in production in a later version (web com.acme.web@4f2a91c0d5e6)",
  );
});

type State = ChangeLocationView["state"];

const production = (state: State, project = "web") => locationOf({ environment: "production", state, version: `${project}@1.0.0` });
const staging = (state: State) => locationOf({ environment: "staging", state, version: "web@1.0.0" });

test.each<[string, ChangeLocationView[], ReturnType<typeof locationTone>]>([
  ["nowhere", [], "plain"],
  ["live in the first environment", [production("live"), staging("rolled-back")], "ok"],
  ["passed there", [production("passed"), staging("missing")], "ok"],
  ["not yet there", [production("missing"), staging("live")], "plain"],
  ["not yet there for one of two projects", [production("live"), production("missing", "api")], "plain"],
  ["no longer there for one of two projects", [production("live"), production("rolled-back", "api")], "warn"],
])("tone of a change %s", (_name, environments, tone) => {
  expect(locationTone({ environments })).toBe(tone);
});
