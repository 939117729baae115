import { release, repository } from "./making.ts";
import type { Scenario } from "./run-scenarios.ts";
import { at, emailOf, get, put } from "./steps.ts";
import { commitsAre, given, repositoriesAre } from "./stored-steps.ts";
import type { World } from "./world.ts";

type Commit = Readonly<Record<string, unknown>>;

/** Replaces the commits of release 1. */
const set = (...commits: readonly Commit[]) => put("O/releases/1/", { commits });

const T1 = "2025-12-01T00:00:00Z";
const T2 = "2025-12-02T00:00:00Z";

/** Repositories, commits and authors told apart (contract 14.2–14.5; 17, E03–E05). */
export const identityScenarios: readonly Scenario[] = [
  {
    name: "14.2 without a repository commits belong to the one named after the organization",
    steps: [
      release("1"),
      set({ id: "a" }, { id: "b", repository: null }, { id: "c", repository: "" }).answers(200),
      async (on) => repositoriesAre(`organization-${on.organization.id}`)(on),
    ],
  },
  {
    name: "14.2 repositories are told apart by case, and are made once",
    steps: [
      release("1"),
      set({ id: "a", repository: "Owner/One" }, { id: "b", repository: "owner/one" }, { id: "c", repository: "owner/one" }).answers(200),
      set({ id: "d", repository: "owner/one" }).answers(200),
      repositoriesAre("Owner/One", "owner/one"),
    ],
  },
  {
    name: "14.2 a repository that is not active does not count: a new one is made",
    steps: [
      repository("owner/one", { status: "disabled" }),
      release("1"),
      set({ id: "a", repository: "owner/one" }).answers(200, { lastCommit: { repository: { status: "active" } } }),
      repositoriesAre("owner/one", "owner/one"),
    ],
  },
  {
    name: "14.3 one sha in two repositories is two commits",
    steps: [
      release("1"),
      set({ id: "a", repository: "one", message: "1" }, { id: "a", repository: "two", message: "2" }).answers(200, { commitCount: 2 }),
      get("O/releases/1/commits/").answers(200, [
        { id: "a", message: "1", repository: { name: "one" } },
        { id: "a", message: "2", repository: { name: "two" } },
      ]),
    ],
  },
  {
    name: "E03 a known commit sent by id alone keeps what is known of it; a new one has no message and is of now",
    steps: [
      release("1"),
      set({ id: "a", repository: "r", message: "known", author_name: "Ann", author_email: "ann@example.com", timestamp: T1 }).answers(200),
      at("2026-03-04T05:06:07Z"),
      set({ id: "a", repository: "r" }, { id: "b", repository: "r" }).answers(200),
      get("O/releases/1/commits/").answers(200, [
        { id: "a", message: "known", dateCreated: T1, author: { name: "Ann", email: "ann@example.com" } },
        { id: "b", message: null, dateCreated: "2026-03-04T05:06:07Z", author: {} },
      ]),
    ],
  },
  {
    name: "E04 a commit sent again unchanged is the same row; what changed is replaced",
    steps: [
      release("1"),
      set({ id: "a", message: "one", timestamp: T1, author_email: "ann@example.com" }).answers(200),
      set({ id: "a", message: "one", timestamp: T1, author_email: "ann@example.com" }).answers(200, { lastCommit: { message: "one" } }),
      set({ id: "a", message: "two", timestamp: T2, author_email: "bob@example.com" }).answers(200, {
        lastCommit: { message: "two", dateCreated: T2, author: { email: "bob@example.com" } },
      }),
      set({ id: "a", message: "" }).answers(200, { lastCommit: { message: "", dateCreated: T2 } }),
      set({ id: "a", message: null, timestamp: null }).answers(200, { lastCommit: { message: "", dateCreated: T2 } }),
      commitsAre("a", { message: "" }),
    ],
  },
  {
    name: "E05 an address of more than 75 characters is kept as its first 72 and three dots",
    steps: [
      release("1"),
      set({ id: "a", author_name: "Ann", author_email: `${"a".repeat(180)}@example.com` }).answers(200, {
        authors: [{ name: "Ann", email: `${"a".repeat(72)}...` }],
      }),
      set({ id: "a", author_email: `${"b".repeat(63)}@example.com` }).answers(200, {
        authors: [{ email: `${"b".repeat(63)}@example.com` }],
      }),
    ],
  },
  {
    name: "14.4 an author without an address has one made of the name",
    steps: [
      release("1"),
      set(
        { id: "a", author_name: "Foo Bar" },
        { id: "b", author_name: "José-María_1.2" },
        { id: "c", author_name: "Baz", author_email: null },
      ).answers(200, {
        authors: [
          { name: "Foo Bar", email: "foobar@localhost" },
          { name: "José-María_1.2", email: "jos-mara_1.2@localhost" },
          { name: "Baz", email: "baz@localhost" },
        ],
      }),
    ],
  },
  {
    name: "14.4 with an empty address there is no author, whatever the name",
    steps: [release("1"), set({ id: "a", author_name: "Ann", author_email: "" }).answers(200, { authors: [], lastCommit: { author: {} } })],
  },
  {
    name: "14.4, 19 a name is replaced by a new one and never forgotten",
    steps: [
      release("1"),
      set({ id: "a", author_name: "Ann", author_email: "ann@example.com" }).answers(200),
      set({ id: "b", author_email: "ANN@example.com" }).answers(200, { authors: [{ name: "Ann", email: "ann@example.com" }] }),
      set({ id: "c", author_name: "Anna", author_email: "ann@example.com" }).answers(200, {
        authors: [{ name: "Anna", email: "ann@example.com" }],
      }),
      get("O/releases/1/").answers(200, { authors: [{ name: "Anna", email: "ann@example.com" }] }),
    ],
  },
  {
    name: "14.4 of two spellings in one list the newest commit's counts",
    steps: [
      release("1"),
      set(
        { id: "a", author_name: "Old", author_email: "ann@example.com", timestamp: T1 },
        { id: "b", author_name: "New", author_email: "ann@example.com", timestamp: T2 },
      ).answers(200, { authors: [{ name: "New", email: "ann@example.com" }] }),
    ],
  },
  {
    name: "14.3 what is not sent of a known commit stays as it is",
    steps: [
      release("1"),
      set({ id: "a", message: "known", author_email: "ann@example.com", timestamp: T1 }).answers(200),
      set({ id: "a", author_email: "bob@example.com" }).answers(200, {
        lastCommit: { message: "known", dateCreated: T1, author: { email: "bob@example.com" } },
      }),
      set({ id: "a", timestamp: T2 }).answers(200, {
        lastCommit: { message: "known", dateCreated: T2, author: { email: "bob@example.com" } },
      }),
    ],
  },
  {
    name: "14.5 a path a commit has already keeps its type",
    steps: [
      release("1"),
      set({ id: "a", patch_set: [{ path: "x", type: "A" }] }).answers(200),
      set({
        id: "a",
        patch_set: [
          { path: "x", type: "D" },
          { path: "y", type: "M" },
        ],
      }).answers(200),
      get("O/releases/1/commitfiles/").answers(200, [
        { filename: "x", type: "A" },
        { filename: "y", type: "M" },
      ]),
    ],
  },
  {
    name: "14.5 a path named twice in one patch set is one file",
    steps: [
      release("1"),
      set({
        id: "a",
        patch_set: [
          { path: "x", type: "A" },
          { path: "x", type: "D" },
        ],
      }).answers(200),
      get("O/releases/1/commitfiles/").answers(200, [{ filename: "x", type: "A" }]),
    ],
  },
  {
    name: "E34 an author whose address is a member's, in any case, is that member",
    steps: [
      release("1"),
      set({ id: "a", author_name: "nick", author_email: async (on: World) => (await on.email("other")).toUpperCase() }).answers(200, {
        authors: [{ email: emailOf("other"), name: "other", username: emailOf("other"), isActive: true }],
        lastCommit: { author: { email: emailOf("other"), username: emailOf("other") } },
      }),
      get("O/releases/1/commits/").answers(200, [{ author: { username: emailOf("other") } }]),
    ],
  },
  {
    name: "E35 two addresses of one member are one author",
    steps: [
      release("1"),
      given(async (rows, on) => rows.secondEmail(await on.email("other"), `second@${on.organization.slug}.example`)),
      set(
        { id: "a", author_email: emailOf("other") },
        { id: "b", author_email: (on: World) => `Second@${on.organization.slug}.example` },
      ).answers(200, { authors: [{ username: emailOf("other") }] }),
    ],
  },
  {
    name: "12.1 an address of somebody who is no member, or may not sign in any more, is only that",
    steps: [
      release("1"),
      set({ id: "a", author_name: "S", author_email: emailOf("stranger") }).answers(200, {
        authors: [{ name: "S", email: emailOf("stranger") }],
        lastCommit: { author: { name: "S", email: emailOf("stranger") } },
      }),
      given(async (rows, on) => rows.deactivate(await on.email("other"))),
      set({ id: "b", author_name: "O", author_email: emailOf("other") }).answers(200, {
        authors: [{ name: "O", email: emailOf("other") }],
      }),
    ],
  },
  {
    name: "E24 a release whose last commit and authors were removed is still told",
    steps: [
      release("1"),
      set({ id: "a", author_email: "a@example.com" }).answers(200),
      given((rows, on) => rows.loseCommits(on.organization.id, "a")),
      get("O/releases/1/").answers(200, { commitCount: 1, lastCommit: null, authors: [] }),
      get("O/releases/").answers(200, [{ lastCommit: null, authors: [] }]),
      get("O/releases/1/commits/").listsBy("id"),
      set({ id: "a", author_email: "a@example.com" }).answers(200, { lastCommit: { id: "a" } }),
    ],
  },
];
