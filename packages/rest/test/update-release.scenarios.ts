import { release, repository } from "./setup-steps.ts";
import { DENIED, most, NO_DATE, NO_URL, NOT_FOUND, NULL, REQUIRED } from "./error-bodies.ts";
import type { Scenario } from "./run-scenarios.ts";
import { as, get, post, put } from "./steps.ts";
import { activitiesAre, headsAre } from "./stored-steps.ts";

const A40 = "a".repeat(40);
const B40 = "b".repeat(40);

/** Changing and deleting a release (contract 4.2–4.4). */
export const updateScenarios: readonly Scenario[] = [
  {
    name: "4.2 an empty body changes nothing, without an error",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", {}).returns(200, { version: "1", ref: null, url: null, dateReleased: null, status: "open" }),
      put("O/releases/1/").returns(200),
      activitiesAre(),
    ],
  },
  {
    name: "4.2 version, projects and owner in the body are ignored",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { version: "", projects: ["nope"], owner: "nobody", ref: "x" }).returns(200, {
        version: "1",
        ref: "x",
        owner: null,
        projects: [{ slug: "foo" }],
      }),
    ],
  },
  {
    name: "4.2 null and empty texts do not clear fields",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { ref: "main", url: "https://example.com", dateReleased: "2026-01-01" }).returns(200),
      put("O/releases/1/", { ref: null, url: null, dateReleased: null }).returns(200, {
        ref: "main",
        url: "https://example.com",
        dateReleased: "2026-01-01T00:00:00Z",
      }),
      put("O/releases/1/", { ref: "", url: "" }).returns(200, { ref: "main", url: "https://example.com" }),
    ],
  },
  {
    name: "4.2 the fields follow the rules of creation",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", {
        ref: "r".repeat(201),
        url: "x",
        dateReleased: "now",
        status: "gone",
        commits: null,
        refs: [{}],
        headCommits: [{}],
      }).returns(400, {
        ref: most(200),
        url: NO_URL,
        dateReleased: NO_DATE,
        status: ["Invalid status gone"],
        commits: NULL,
        refs: { commit: REQUIRED, repository: REQUIRED },
        headCommits: { repository: REQUIRED, currentId: REQUIRED },
      }),
    ],
  },
  {
    name: "4.2 an unknown release is reported before a bad body",
    steps: [put("O/releases/none/", { ref: [] }).returns(404, NOT_FOUND), post("O/releases/none/deploys/", {}).returns(404, NOT_FOUND)],
  },
  {
    name: "4.2, 14.7 commits and refs in one request are both stored, and the head commit is the ref's",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { commits: [{ id: A40, repository: "owner/one" }], refs: [{ repository: "owner/one", commit: B40 }] }).returns(
        200,
        { commitCount: 1, lastCommit: { id: A40 } },
      ),
      headsAre("1", { repository: "owner/one", commit: B40, previous: null }),
    ],
  },
  {
    name: "4.2 headCommits are used when refs are absent, and ignored otherwise",
    steps: [
      repository("owner/one"),
      release("1", "foo"),
      put("O/releases/1/", { headCommits: [{ repository: "owner/one", currentId: "1", previousId: "0" }] }).returns(200),
      headsAre("1", { repository: "owner/one", commit: "1", previous: "0" }),
      put("O/releases/1/", {
        refs: [{ repository: "owner/one", commit: "2" }],
        headCommits: [{ repository: "owner/one", currentId: "3" }],
      }).returns(200),
      headsAre("1", { repository: "owner/one", commit: "2", previous: null }),
      put("O/releases/1/", { refs: [], headCommits: [{ repository: "owner/one", currentId: "4" }] }).returns(200),
      headsAre("1", { repository: "owner/one", commit: "4", previous: null }),
    ],
  },
  {
    name: "4.2 an error of refs keeps the earlier changes",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", {
        ref: "main",
        commits: [{ id: A40 }],
        dateReleased: "2026-01-05",
        refs: [{ repository: "nope", commit: "1" }],
      }).returns(400, { refs: ["Invalid repository names: nope"] }),
      get("O/releases/1/").returns(200, { ref: "main", commitCount: 1, dateReleased: "2026-01-05T00:00:00Z" }),
    ],
  },
  {
    name: "4.2 another date replaces the first, without a second activity",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { dateReleased: "2026-01-05" }).returns(200),
      put("O/releases/1/", { dateReleased: "2026-01-07" }).returns(200, { dateReleased: "2026-01-07T00:00:00Z" }),
      activitiesAre({ kind: "release", project: "foo", date: "2026-01-05T00:00:00.000Z" }),
    ],
  },
  {
    name: "4.3 deleting requires project:releases or project:admin; org:ci is not enough",
    steps: [
      release("1", "foo"),
      as("ci").del("O/releases/1/").returns(403, DENIED),
      as("reader").del("O/releases/1/").returns(403, DENIED),
      as("releaser").del("O/releases/1/").returns(204),
      release("2", "foo"),
      as("admin").del("O/releases/2/").returns(204),
    ],
  },
  {
    name: "4.4 an archived release is hidden from lists only",
    steps: [
      release("1", "foo"),
      put("O/releases/1/", { status: "archived" }).returns(200),
      get("O/releases/").lists(),
      get("P/foo/releases/").lists(),
      get("O/releases/?status=").lists("1"),
      get("O/releases/1/").returns(200, { status: "archived" }),
      get("P/foo/releases/1/").returns(200, { status: "archived" }),
      put("O/releases/1/", { ref: "x" }).returns(200, { status: "archived", ref: "x" }),
      post("O/releases/", { version: "1", projects: ["foo"] }).returns(208, { status: "archived" }),
    ],
  },
];
