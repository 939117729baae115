import { stored } from "@landfall/testing/rows/stored-rows";
import { release, repository } from "./setup-steps.ts";
import { DENIED, NOT_FOUND } from "./error-bodies.ts";
import type { Scenario } from "./run-scenarios.ts";
import { as, get, put, type Step } from "./steps.ts";
import { repositoriesAre } from "./stored-steps.ts";

/** A step for a repository, whose path has its id. */
const withRepository =
  (name: string, step: (path: string) => Step): Step =>
  async (on) =>
    step(`O/repos/${await stored(on.store).repositoryId(on.organization.id, name)}/`)(on);

/** Creates release `version` with commits in these repositories. */
const releaseOf = (version: string, ...repositories: string[]): Step[] => [
  release(version),
  put(`O/releases/${version}/`, { commits: repositories.map((name, index) => ({ id: `${version}-${index}`, repository: name })) }).returns(
    200,
  ),
];

/** Repositories of commits (contract 10.7–10.10; design 9). */
export const repositoryScenarios: readonly Scenario[] = [
  {
    name: "10.7, design 9: repositories of commits are listed by name, with an unknown provider",
    steps: [
      get("O/repos/").returns(200).exactly([]),
      ...releaseOf("1", "owner/two", "Owner/three", "owner/one"),
      get("O/repos/?cursor=").listsBy("name", "Owner/three", "owner/one", "owner/two"),
      get("O/repos/").returns(200, [
        {
          name: "Owner/three",
          url: null,
          provider: { id: "unknown", name: "Unknown Provider" },
          status: "active",
          dateCreated: "2026-01-02T03:04:05.678Z",
          integrationId: null,
          externalSlug: null,
          externalId: null,
        },
        {},
        {},
      ]),
      as("ci").get("O/repos/").listsBy("name", "Owner/three", "owner/one", "owner/two"),
      as("reader").get("O/repos/").returns(403, DENIED),
    ],
  },
  {
    name: "10.7 status: active by default, deleted for all others, empty for all, and other values for none",
    steps: [
      repository("gone", { status: "pending_deletion" }),
      repository("hidden", { status: "disabled" }),
      ...releaseOf("1", "owner/one"),
      as("manager").get("O/repos/").listsBy("name", "owner/one"),
      as("manager").get("O/repos/?status=active").listsBy("name", "owner/one"),
      as("manager").get("O/repos/?status=deleted").listsBy("name", "gone", "hidden"),
      as("manager").get("O/repos/?status=").listsBy("name", "gone", "hidden", "owner/one"),
      as("manager").get("O/repos/?status=unmigratable").listsBy("name"),
      as("manager").get("O/repos/?status=other").listsBy("name"),
      as("manager").get("O/repos/?integration_id=7").listsBy("name"),
    ],
  },
  {
    name: "10.7 query is a part of the name; lists are paged",
    steps: [
      ...releaseOf("1", "owner/one", "owner/two", "else/three"),
      get("O/repos/?query=OWNER").listsBy("name", "owner/one", "owner/two"),
      get("O/repos/?per_page=2")
        .listsBy("name", "else/three", "owner/one")
        .links({ previous: ["2:-1:1", false], next: ["2:1:0", true] }),
      get("O/repos/?per_page=2&cursor=2:1:0")
        .listsBy("name", "owner/two")
        .links({ previous: ["2:0:1", true], next: ["2:2:0", false] }),
    ],
  },
  {
    name: "10.8 a repository cannot be connected: there is no provider; CI tokens get no details",
    steps: [
      as("manager").post("O/repos/", { provider: "integrations:github", name: "owner/one" }).returns(400, { error_type: "validation" }),
      as("manager").post("O/repos/", {}).returns(400, { error_type: "validation" }),
      repositoriesAre(),
    ],
  },
  {
    name: "10.9 a repository can be hidden and shown",
    steps: [
      ...releaseOf("1", "owner/one"),
      withRepository("owner/one", (path) =>
        as("manager").put(path, { status: "hidden" }).returns(200, { name: "owner/one", status: "disabled" }),
      ),
      get("O/repos/").listsBy("name"),
      get("O/releases/1/").returns(200, { lastCommit: { repository: { name: "owner/one", status: "disabled" } } }),
      withRepository("owner/one", (path) => as("manager").put(path, { status: "active" }).returns(200, { status: "active" })),
      get("O/repos/").listsBy("name", "owner/one"),
      withRepository("owner/one", (path) => as("ci").put(path, { status: "hidden" }).returns(403, DENIED)),
      withRepository("owner/none", (path) => as("manager").put(path, { status: "hidden" }).returns(404, NOT_FOUND)),
    ],
  },
  {
    name: "10.9 a repository gets a URL, without credentials, and loses it",
    steps: [
      ...releaseOf("1", "owner/one"),
      withRepository("owner/one", (path) =>
        as("manager")
          .put(path, { url: "https://ada:secret@git.example.com/owner/one.git" })
          .returns(200, { name: "owner/one", url: "https://git.example.com/owner/one", provider: { id: "unknown" } }),
      ),
      get("O/repos/").returns(200, [{ name: "owner/one", url: "https://git.example.com/owner/one" }]),
      get("O/releases/1/commits/").returns(200, [{ repository: { url: "https://git.example.com/owner/one" } }]),
      ...["owner/one", "javascript:alert(1)", "/srv/git/one"].map((url) =>
        withRepository("owner/one", (path) =>
          as("manager")
            .put(path, { url })
            .returns(400, { url: ["Enter a valid URL."] }),
        ),
      ),
      withRepository("owner/one", (path) => as("manager").put(path, {}).returns(200, { url: "https://git.example.com/owner/one" })),
      withRepository("owner/one", (path) => as("manager").put(path, { url: "" }).returns(200, { url: null })),
    ],
  },
  {
    name: "10.9 a repository gets another name; commits and refs that name the old one are added to it",
    steps: [
      ...releaseOf("1", "origin", "owner/two"),
      withRepository("origin", (path) => as("manager").put(path, { name: "owner/two" }).returns(409)),
      withRepository("origin", (path) =>
        as("manager")
          .put(path, { name: "" })
          .returns(400, { name: ["This field may not be blank."] }),
      ),
      withRepository("origin", (path) =>
        as("manager")
          .put(path, { name: "x".repeat(201) })
          .returns(400),
      ),
      withRepository("origin", (path) =>
        as("manager").put(path, { name: "owner/one" }).returns(200, { name: "owner/one", status: "active" }),
      ),
      get("O/repos/").listsBy("name", "owner/one", "owner/two"),
      ...releaseOf("2", "origin"),
      get("O/repos/").listsBy("name", "owner/one", "owner/two"),
      get("O/releases/2/commits/").returns(200, [{ id: "2-0", repository: { name: "owner/one" } }]),
      put("O/releases/2/", { refs: [{ repository: "origin", commit: "abc" }] }).returns(200),
      withRepository("owner/one", (path) => get(`${path}commits/`).listsBy("id", "2-0", "1-0")),
    ],
  },
  {
    name: "10.9 a deleted repository is pending deletion; its commits stay in their releases, and its name is free",
    steps: [
      ...releaseOf("1", "owner/one"),
      withRepository("owner/one", (path) => as("manager").del(path).returns(202, { name: "owner/one", status: "pending_deletion" })),
      get("O/repos/").listsBy("name"),
      get("O/releases/1/commits/").listsBy("id", "1-0"),
      ...releaseOf("2", "owner/one"),
      get("O/repos/").listsBy("name", "owner/one"),
      repositoriesAre("owner/one", "owner/one"),
      withRepository("owner/one", (path) => get(path.replace(/\/$/, "/commits/")).listsBy("id", "2-0")),
    ],
  },
  {
    name: "10.10 the commits of a repository, newest first",
    steps: [
      release("1"),
      put("O/releases/1/", {
        commits: [
          { id: "a", repository: "owner/one", timestamp: "2026-01-01" },
          { id: "b", repository: "owner/one", timestamp: "2026-01-02" },
          { id: "c", repository: "owner/two", timestamp: "2026-01-03" },
        ],
      }).returns(200),
      withRepository("owner/one", (path) => get(`${path}commits/`).listsBy("id", "b", "a")),
      withRepository("owner/one", (path) => as("ci").get(`${path}commits/`).returns(403, DENIED)),
    ],
  },
];
