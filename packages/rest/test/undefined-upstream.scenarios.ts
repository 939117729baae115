import { archive, release, repository } from "./making.ts";
import { NO_DATE, NOT_FOUND } from "./refusals.ts";
import type { Scenario } from "./run-scenarios.ts";
import { get, post, put } from "./steps.ts";
import { headsAre, noRelease } from "./stored-steps.ts";

/** What Sentry leaves undefined or answers with an error of its own, row by row (contract 19), where no other table tells it. */
export const undefinedScenarios: readonly Scenario[] = [
  {
    name: "19 three dots: the head begins with the third",
    steps: [
      repository("owner/one"),
      release("1"),
      put("O/releases/1/", { refs: [{ repository: "owner/one", commit: "a...b" }] }).answers(200),
      headsAre("1", { repository: "owner/one", commit: ".b", previous: "a" }),
    ],
  },
  {
    name: "19 an object or a list names no project",
    steps: [
      ...[{}, [], { slug: "foo" }, true].map((project) =>
        post("O/releases/", { version: "1", projects: [project] }).answers(400, { projects: ["Invalid project ids or slugs"] }),
      ),
      noRelease("1"),
    ],
  },
  {
    name: "19 PUT status: open brings an archived release back",
    steps: [
      release("1"),
      archive("1"),
      put("O/releases/1/", { status: "open" }).answers(200, { status: "open" }),
      get("O/releases/").lists("1"),
      get("O/releases/?project={foo}").lists("1"),
      put("P/foo/releases/1/", { status: "archived" }).answers(200, { status: "archived" }),
      put("P/foo/releases/1/", { status: "open" }).answers(200, { status: "open" }),
    ],
  },
  {
    name: "19 a refusal at the end of a report keeps the release; the report can be sent again when the repository is there",
    steps: [
      post("O/releases/", { version: "1", projects: ["foo"], refs: [{ repository: "owner/one", commit: "a" }] }).answers(400, {
        refs: ["Invalid repository names: owner/one"],
      }),
      put("O/releases/1/", { commits: [{ id: "c", repository: "owner/one" }] }).answers(200),
      post("O/releases/", { version: "1", projects: ["foo"], refs: [{ repository: "owner/one", commit: "a" }] }).answers(208),
      headsAre("1", { repository: "owner/one", commit: "a", previous: null }),
    ],
  },
  {
    name: "19 PUT refs: [] with two heads, one, and none clears whatever there is",
    steps: [
      repository("owner/one"),
      repository("owner/two"),
      release("1"),
      put("O/releases/1/", {
        refs: [
          { repository: "owner/one", commit: "a" },
          { repository: "owner/two", commit: "b" },
        ],
      }).answers(200),
      put("O/releases/1/", { refs: [] }).answers(200),
      headsAre("1"),
      put("O/releases/1/", { refs: [{ repository: "owner/one", commit: "a" }] }).answers(200),
      put("O/releases/1/", { refs: [] }).answers(200),
      put("O/releases/1/", { refs: [] }).answers(200),
      headsAre("1"),
    ],
  },
  {
    name: "19 numbers larger than JavaScript's, and deep or odd JSON, are ordinary bad input",
    steps: [
      post("O/releases/", undefined, {
        raw: '{"version":"1","projects":[99999999999999999999]}',
        headers: { "Content-Type": "application/json" },
      }).answers(400, {
        projects: ["Invalid project ids or slugs"],
      }),
      post("O/releases/", undefined, {
        raw: '{"version":12345678901234567890,"projects":["foo"]}',
        headers: { "Content-Type": "application/json" },
      }).answers(201, { version: "12345678901234567890" }),
      post("O/releases/", undefined, {
        raw: `{"version":"2","projects":["foo"],"x":${"[".repeat(90)}${"]".repeat(90)}}`,
        headers: { "Content-Type": "application/json" },
      }).answers(201),
      post("O/releases/", undefined, {
        raw: `{"version":"2b","projects":["foo"],"x":${"[".repeat(2000)}${"]".repeat(2000)}}`,
        headers: { "Content-Type": "application/json" },
      }).answers(400, { detail: "JSON parse error - Nested too deeply: at most 100 levels are read" }),
      post("O/releases/", undefined, {
        raw: '{"version":"a","version":"b","projects":["foo"]}',
        headers: { "Content-Type": "application/json" },
      }).answers(201, { version: "b" }),
      post("O/releases/", undefined, {
        raw: '{"version":"3","projects":["foo"],"__proto__":{"ref":"x"},"constructor":1}',
        headers: { "Content-Type": "application/json" },
      }).answers(201, { ref: null }),
      post("O/releases/", { version: "4", projects: ["foo"], dateReleased: "9999-12-31T23:59:59.999999Z" }).answers(201, {
        dateReleased: "9999-12-31T23:59:59.999Z",
      }),
      post("O/releases/", { version: "5", projects: ["foo"], dateReleased: "0001-01-01T00:00:00+01:00" }).answers(400, {
        dateReleased: NO_DATE,
      }),
      get("O/releases/%00/").answers(404, NOT_FOUND),
    ],
  },
];
