import { archive, release, repository } from "./setup-steps.ts";
import { NO_DATE, NOT_FOUND } from "./error-bodies.ts";
import type { Scenario } from "./run-scenarios.ts";
import { get, post, put } from "./steps.ts";
import { headsAre, noRelease } from "./stored-steps.ts";

/** Inputs for which Sentry's behavior is undefined or an internal error, row by row (contract 19), unless another table has them. */
export const undefinedScenarios: readonly Scenario[] = [
  {
    name: "19 in a range with three dots the head begins with the third",
    steps: [
      repository("owner/one"),
      release("1"),
      put("O/releases/1/", { refs: [{ repository: "owner/one", commit: "a...b" }] }).returns(200),
      headsAre("1", { repository: "owner/one", commit: ".b", previous: "a" }),
    ],
  },
  {
    name: "19 an object or a list is not a project",
    steps: [
      ...[{}, [], { slug: "foo" }, true].map((project) =>
        post("O/releases/", { version: "1", projects: [project] }).returns(400, { projects: ["Invalid project ids or slugs"] }),
      ),
      noRelease("1"),
    ],
  },
  {
    name: "19 PUT status: open restores an archived release",
    steps: [
      release("1"),
      archive("1"),
      put("O/releases/1/", { status: "open" }).returns(200, { status: "open" }),
      get("O/releases/").lists("1"),
      get("O/releases/?project={foo}").lists("1"),
      put("P/foo/releases/1/", { status: "archived" }).returns(200, { status: "archived" }),
      put("P/foo/releases/1/", { status: "open" }).returns(200, { status: "open" }),
    ],
  },
  {
    name: "19 an error at the end of a report keeps the release; the report can be sent again once the repository exists",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo"], refs: [{ repository: "owner/one", commit: "a" }] }).returns(400, {
        refs: ["Invalid repository names: owner/one"],
      }),
      put("O/releases/1/", { commits: [{ id: "c", repository: "owner/one" }] }).returns(200),
      post("O/releases/", { version: "1", projects: ["foo"], refs: [{ repository: "owner/one", commit: "a" }] }).returns(208),
      headsAre("1", { repository: "owner/one", commit: "a", previous: null }),
    ],
  },
  {
    name: "19 PUT refs: [] with two head commits, one, and none clears them all",
    steps: [
      repository("owner/one"),
      repository("owner/two"),
      release("1"),
      put("O/releases/1/", {
        refs: [
          { repository: "owner/one", commit: "a" },
          { repository: "owner/two", commit: "b" },
        ],
      }).returns(200),
      put("O/releases/1/", { refs: [] }).returns(200),
      headsAre("1"),
      put("O/releases/1/", { refs: [{ repository: "owner/one", commit: "a" }] }).returns(200),
      put("O/releases/1/", { refs: [] }).returns(200),
      put("O/releases/1/", { refs: [] }).returns(200),
      headsAre("1"),
    ],
  },
  {
    name: "19 numbers larger than JavaScript's, and deep or unusual JSON, are ordinary invalid input",
    steps: [
      post("O/releases/", undefined, {
        raw: '{"version":"1","projects":[99999999999999999999]}',
        headers: { "Content-Type": "application/json" },
      }).returns(400, {
        projects: ["Invalid project ids or slugs"],
      }),
      post("O/releases/", undefined, {
        raw: '{"version":12345678901234567890,"projects":["foo"]}',
        headers: { "Content-Type": "application/json" },
      }).returns(201, { version: "12345678901234567890" }),
      post("O/releases/", undefined, {
        raw: `{"version":"2","projects":["foo"],"x":${"[".repeat(90)}${"]".repeat(90)}}`,
        headers: { "Content-Type": "application/json" },
      }).returns(201),
      post("O/releases/", undefined, {
        raw: `{"version":"2b","projects":["foo"],"x":${"[".repeat(2000)}${"]".repeat(2000)}}`,
        headers: { "Content-Type": "application/json" },
      }).returns(400, { detail: "JSON parse error - Nested too deeply: at most 100 levels are read" }),
      post("O/releases/", undefined, {
        raw: '{"version":"a","version":"b","projects":["foo"]}',
        headers: { "Content-Type": "application/json" },
      }).returns(201, { version: "b" }),
      post("O/releases/", undefined, {
        raw: '{"version":"3","projects":["foo"],"__proto__":{"ref":"x"},"constructor":1}',
        headers: { "Content-Type": "application/json" },
      }).returns(201, { ref: null }),
      post("O/releases/", { version: "4", projects: ["foo"], dateReleased: "9999-12-31T23:59:59.999999Z" }).returns(201, {
        dateReleased: "9999-12-31T23:59:59.999Z",
      }),
      post("O/releases/", { version: "5", projects: ["foo"], dateReleased: "0001-01-01T00:00:00+01:00" }).returns(400, {
        dateReleased: NO_DATE,
      }),
      get("O/releases/%00/").returns(404, NOT_FOUND),
    ],
  },
];
