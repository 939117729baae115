import { stored } from "@landfall/testing/rows/stored-rows";
import { release, repository } from "./making.ts";
import { DENIED, NOT_FOUND } from "./refusals.ts";
import type { Scenario } from "./run-scenarios.ts";
import { as, get, put, type Step } from "./steps.ts";
import { repositoriesAre } from "./stored-steps.ts";

/** A step on a repository, whose path is only known once it is there. */
const of =
  (name: string, step: (path: string) => Step): Step =>
  async (on) =>
    step(`O/repos/${await stored(on.store).repositoryId(on.organization.id, name)}/`)(on);

/** Makes release `version` of commits in these repositories. */
const named = (version: string, ...repositories: string[]): Step[] => [
  release(version),
  put(`O/releases/${version}/`, { commits: repositories.map((name, index) => ({ id: `${version}-${index}`, repository: name })) }).answers(
    200,
  ),
];

/** Repositories that commits have named (contract 10.7–10.10; design 9). */
export const repositoryScenarios: readonly Scenario[] = [
  {
    name: "10.7, design 9: the list has what commits have named, by name, with a provider that is unknown",
    steps: [
      get("O/repos/").answers(200).exactly([]),
      ...named("1", "owner/two", "Owner/three", "owner/one"),
      get("O/repos/?cursor=").listsBy("name", "Owner/three", "owner/one", "owner/two"),
      get("O/repos/").answers(200, [
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
      as("reader").get("O/repos/").answers(403, DENIED),
    ],
  },
  {
    name: "10.7 status: active unless told, deleted is everything else, empty is all, and any other is none",
    steps: [
      repository("gone", { status: "pending_deletion" }),
      repository("hidden", { status: "disabled" }),
      ...named("1", "owner/one"),
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
    name: "10.7 query is a part of the name; pages lead on",
    steps: [
      ...named("1", "owner/one", "owner/two", "else/three"),
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
    name: "10.8 a repository cannot be connected: there is no provider; CI is told nothing",
    steps: [
      as("manager").post("O/repos/", { provider: "integrations:github", name: "owner/one" }).answers(400, { error_type: "validation" }),
      as("manager").post("O/repos/", {}).answers(400, { error_type: "validation" }),
      repositoriesAre(),
    ],
  },
  {
    name: "10.9 a repository is hidden and shown; its name and address stay",
    steps: [
      ...named("1", "owner/one"),
      of("owner/one", (path) =>
        as("manager")
          .put(path, { status: "hidden", name: "other", url: "https://example.com" })
          .answers(200, { name: "owner/one", url: null, status: "disabled" }),
      ),
      get("O/repos/").listsBy("name"),
      get("O/releases/1/").answers(200, { lastCommit: { repository: { name: "owner/one", status: "disabled" } } }),
      of("owner/one", (path) => as("manager").put(path, { status: "active" }).answers(200, { status: "active" })),
      get("O/repos/").listsBy("name", "owner/one"),
      of("owner/one", (path) => as("ci").put(path, { status: "hidden" }).answers(403, DENIED)),
      of("owner/none", (path) => as("manager").put(path, { status: "hidden" }).answers(404, NOT_FOUND)),
    ],
  },
  {
    name: "10.9 a deleted repository is on its way out; its commits stay with their releases, and its name starts anew",
    steps: [
      ...named("1", "owner/one"),
      of("owner/one", (path) => as("manager").del(path).answers(202, { name: "owner/one", status: "pending_deletion" })),
      get("O/repos/").listsBy("name"),
      get("O/releases/1/commits/").listsBy("id", "1-0"),
      ...named("2", "owner/one"),
      get("O/repos/").listsBy("name", "owner/one"),
      repositoriesAre("owner/one", "owner/one"),
      of("owner/one", (path) => get(path.replace(/\/$/, "/commits/")).listsBy("id", "2-0")),
    ],
  },
  {
    name: "10.10 the commits of a repository, the newest first",
    steps: [
      release("1"),
      put("O/releases/1/", {
        commits: [
          { id: "a", repository: "owner/one", timestamp: "2026-01-01" },
          { id: "b", repository: "owner/one", timestamp: "2026-01-02" },
          { id: "c", repository: "owner/two", timestamp: "2026-01-03" },
        ],
      }).answers(200),
      of("owner/one", (path) => get(`${path}commits/`).listsBy("id", "b", "a")),
      of("owner/one", (path) => as("ci").get(`${path}commits/`).answers(403, DENIED)),
    ],
  },
];
