import { release, repository } from "./setup-steps.ts";
import type { Scenario } from "./run-scenarios.ts";
import { at, emailOf, get, put } from "./steps.ts";
import { commitsAre, given, repositoriesAre } from "./stored-steps.ts";
import type { ScenarioContext } from "./scenario-context.ts";

type Commit = Readonly<Record<string, unknown>>;

/** Replaces the commits of release 1. */
const set = (...commits: readonly Commit[]) => put("O/releases/1/", { commits });

const T1 = "2025-12-01T00:00:00Z";
const T2 = "2025-12-02T00:00:00Z";

/** How repositories, commits and authors are identified (contract 14.2–14.5; 17, E03–E05). */
export const identityScenarios: readonly Scenario[] = [
  {
    name: "14.2 commits without a repository belong to the one named after the organization",
    steps: [
      release("1"),
      set({ id: "a" }, { id: "b", repository: null }, { id: "c", repository: "" }).returns(200),
      async (on) => repositoriesAre(`organization-${on.organization.id}`)(on),
    ],
  },
  {
    name: "14.2 repository names are case-sensitive, and each repository is created once",
    steps: [
      release("1"),
      set({ id: "a", repository: "Owner/One" }, { id: "b", repository: "owner/one" }, { id: "c", repository: "owner/one" }).returns(200),
      set({ id: "d", repository: "owner/one" }).returns(200),
      repositoriesAre("Owner/One", "owner/one"),
    ],
  },
  {
    name: "14.2 an inactive repository is ignored: a new one is created",
    steps: [
      repository("owner/one", { status: "disabled" }),
      release("1"),
      set({ id: "a", repository: "owner/one" }).returns(200, { lastCommit: { repository: { status: "active" } } }),
      repositoriesAre("owner/one", "owner/one"),
    ],
  },
  {
    name: "14.3 one sha in two repositories is two commits",
    steps: [
      release("1"),
      set({ id: "a", repository: "one", message: "1" }, { id: "a", repository: "two", message: "2" }).returns(200, { commitCount: 2 }),
      get("O/releases/1/commits/").returns(200, [
        { id: "a", message: "1", repository: { name: "one" } },
        { id: "a", message: "2", repository: { name: "two" } },
      ]),
    ],
  },
  {
    name: "E03 a known commit sent by id alone keeps its fields; a new one has no message and the current date",
    steps: [
      release("1"),
      set({ id: "a", repository: "r", message: "known", author_name: "Ann", author_email: "ann@example.com", timestamp: T1 }).returns(200),
      at("2026-03-04T05:06:07Z"),
      set({ id: "a", repository: "r" }, { id: "b", repository: "r" }).returns(200),
      get("O/releases/1/commits/").returns(200, [
        { id: "a", message: "known", dateCreated: T1, author: { name: "Ann", email: "ann@example.com" } },
        { id: "b", message: null, dateCreated: "2026-03-04T05:06:07Z", author: {} },
      ]),
    ],
  },
  {
    name: "E04 a commit sent again unchanged is the same row; changed fields are replaced",
    steps: [
      release("1"),
      set({ id: "a", message: "one", timestamp: T1, author_email: "ann@example.com" }).returns(200),
      set({ id: "a", message: "one", timestamp: T1, author_email: "ann@example.com" }).returns(200, { lastCommit: { message: "one" } }),
      set({ id: "a", message: "two", timestamp: T2, author_email: "bob@example.com" }).returns(200, {
        lastCommit: { message: "two", dateCreated: T2, author: { email: "bob@example.com" } },
      }),
      set({ id: "a", message: "" }).returns(200, { lastCommit: { message: "", dateCreated: T2 } }),
      set({ id: "a", message: null, timestamp: null }).returns(200, { lastCommit: { message: "", dateCreated: T2 } }),
      commitsAre("a", { message: "" }),
    ],
  },
  {
    name: "E05 an email of more than 75 characters is stored as its first 72 and three dots",
    steps: [
      release("1"),
      set({ id: "a", author_name: "Ann", author_email: `${"a".repeat(180)}@example.com` }).returns(200, {
        authors: [{ name: "Ann", email: `${"a".repeat(72)}...` }],
      }),
      set({ id: "a", author_email: `${"b".repeat(63)}@example.com` }).returns(200, {
        authors: [{ email: `${"b".repeat(63)}@example.com` }],
      }),
    ],
  },
  {
    name: "14.4 an author without an email gets one made from the name",
    steps: [
      release("1"),
      set(
        { id: "a", author_name: "Foo Bar" },
        { id: "b", author_name: "José-María_1.2" },
        { id: "c", author_name: "Baz", author_email: null },
      ).returns(200, {
        authors: [
          { name: "Foo Bar", email: "foobar@localhost" },
          { name: "José-María_1.2", email: "jos-mara_1.2@localhost" },
          { name: "Baz", email: "baz@localhost" },
        ],
      }),
    ],
  },
  {
    name: "14.4 with an empty email there is no author, with or without a name",
    steps: [release("1"), set({ id: "a", author_name: "Ann", author_email: "" }).returns(200, { authors: [], lastCommit: { author: {} } })],
  },
  {
    name: "14.4, 19 a new name replaces the old one, and a missing name does not",
    steps: [
      release("1"),
      set({ id: "a", author_name: "Ann", author_email: "ann@example.com" }).returns(200),
      set({ id: "b", author_email: "ANN@example.com" }).returns(200, { authors: [{ name: "Ann", email: "ann@example.com" }] }),
      set({ id: "c", author_name: "Anna", author_email: "ann@example.com" }).returns(200, {
        authors: [{ name: "Anna", email: "ann@example.com" }],
      }),
      get("O/releases/1/").returns(200, { authors: [{ name: "Anna", email: "ann@example.com" }] }),
    ],
  },
  {
    name: "14.4 of two spellings in one list the newest commit's is used",
    steps: [
      release("1"),
      set(
        { id: "a", author_name: "Old", author_email: "ann@example.com", timestamp: T1 },
        { id: "b", author_name: "New", author_email: "ann@example.com", timestamp: T2 },
      ).returns(200, { authors: [{ name: "New", email: "ann@example.com" }] }),
    ],
  },
  {
    name: "14.3 fields of a known commit that are not sent stay unchanged",
    steps: [
      release("1"),
      set({ id: "a", message: "known", author_email: "ann@example.com", timestamp: T1 }).returns(200),
      set({ id: "a", author_email: "bob@example.com" }).returns(200, {
        lastCommit: { message: "known", dateCreated: T1, author: { email: "bob@example.com" } },
      }),
      set({ id: "a", timestamp: T2 }).returns(200, {
        lastCommit: { message: "known", dateCreated: T2, author: { email: "bob@example.com" } },
      }),
    ],
  },
  {
    name: "14.5 a path that the commit already has keeps its type",
    steps: [
      release("1"),
      set({ id: "a", patch_set: [{ path: "x", type: "A" }] }).returns(200),
      set({
        id: "a",
        patch_set: [
          { path: "x", type: "D" },
          { path: "y", type: "M" },
        ],
      }).returns(200),
      get("O/releases/1/commitfiles/").returns(200, [
        { filename: "x", type: "A" },
        { filename: "y", type: "M" },
      ]),
    ],
  },
  {
    name: "14.5 a path listed twice in one patch set is one file",
    steps: [
      release("1"),
      set({
        id: "a",
        patch_set: [
          { path: "x", type: "A" },
          { path: "x", type: "D" },
        ],
      }).returns(200),
      get("O/releases/1/commitfiles/").returns(200, [{ filename: "x", type: "A" }]),
    ],
  },
  {
    name: "E34 an author with the email of a member, in any case, is that member",
    steps: [
      release("1"),
      set({ id: "a", author_name: "nick", author_email: async (on: ScenarioContext) => (await on.email("other")).toUpperCase() }).returns(
        200,
        {
          authors: [{ email: emailOf("other"), name: "other", username: emailOf("other"), isActive: true }],
          lastCommit: { author: { email: emailOf("other"), username: emailOf("other") } },
        },
      ),
      get("O/releases/1/commits/").returns(200, [{ author: { username: emailOf("other") } }]),
    ],
  },
  {
    name: "E35 two emails of one member are one author",
    steps: [
      release("1"),
      given(async (rows, on) => rows.secondEmail(await on.email("other"), `second@${on.organization.slug}.example`)),
      set(
        { id: "a", author_email: emailOf("other") },
        { id: "b", author_email: (on: ScenarioContext) => `Second@${on.organization.slug}.example` },
      ).returns(200, { authors: [{ username: emailOf("other") }] }),
    ],
  },
  {
    name: "12.1 an email of a non-member or of a deactivated member is an author with only that email",
    steps: [
      release("1"),
      set({ id: "a", author_name: "S", author_email: emailOf("stranger") }).returns(200, {
        authors: [{ name: "S", email: emailOf("stranger") }],
        lastCommit: { author: { name: "S", email: emailOf("stranger") } },
      }),
      given(async (rows, on) => rows.deactivate(await on.email("other"))),
      set({ id: "b", author_name: "O", author_email: emailOf("other") }).returns(200, {
        authors: [{ name: "O", email: emailOf("other") }],
      }),
    ],
  },
  {
    name: "E24 a release whose last commit and authors were removed can still be read",
    steps: [
      release("1"),
      set({ id: "a", author_email: "a@example.com" }).returns(200),
      given((rows, on) => rows.loseCommits(on.organization.id, "a")),
      get("O/releases/1/").returns(200, { commitCount: 1, lastCommit: null, authors: [] }),
      get("O/releases/").returns(200, [{ lastCommit: null, authors: [] }]),
      get("O/releases/1/commits/").listsBy("id"),
      set({ id: "a", author_email: "a@example.com" }).returns(200, { lastCommit: { id: "a" } }),
    ],
  },
];
