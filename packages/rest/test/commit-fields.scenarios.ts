import { BLANK, most, NO_DATE, NO_TEXT, noList, NULL, REQUIRED } from "./error-bodies.ts";
import type { Scenario } from "./run-scenarios.ts";
import { post } from "./steps.ts";
import { noRelease } from "./stored-steps.ts";

type Body = Readonly<Record<string, unknown>>;

const refused = (name: string, body: Body, expected: Body): Scenario => ({
  name,
  steps: [post("O/releases/", { version: "refused", projects: ["foo"], ...body }).returns(400, expected), noRelease("refused")],
});

let made = 0;

const accepted = (name: string, commit: Body, expected: Body = {}): Scenario => {
  const version = `accepted-${++made}`;
  return {
    name,
    steps: [
      post("O/releases/", { version, projects: ["foo"], commits: [{ id: `c${made}`, ...commit }] }).returns(201, {
        commitCount: 1,
        lastCommit: expected,
      }),
    ],
  };
};

const commit = (name: string, sent: unknown, expected: unknown): Scenario => refused(name, { commits: [sent] }, { commits: expected });
const patch = (name: string, sent: unknown, expected: unknown): Scenario =>
  commit(name, { id: "a", patch_set: [sent] }, { patch_set: expected });
const ref = (name: string, sent: unknown, expected: unknown): Scenario => refused(name, { refs: [sent] }, { refs: expected });

/** The commits and refs of a body, row by row (contract 1.19, 3.1, 3.4). */
export const commitFieldScenarios: readonly Scenario[] = [
  refused("3.4 commits may not be null", { commits: null }, { commits: NULL }),
  refused("3.4 a text is no list of commits", { commits: "x" }, { commits: noList("str") }),
  refused("3.4 an object is no list of commits", { commits: {} }, { commits: noList("dict") }),
  refused("1.19 a null commit is reported without its position", { commits: [{ id: "a" }, null] }, { commits: NULL }),
  refused(
    "more than 10,000 commits",
    { commits: Array.from({ length: 10_001 }, (_, n) => ({ id: `c${n}` })) },
    { commits: ["Ensure this field has no more than 10000 elements."] },
  ),
  refused(
    "more than 1,000 refs",
    { refs: Array.from({ length: 1001 }, () => ({ repository: "a", commit: "b" })) },
    { refs: ["Ensure this field has no more than 1000 elements."] },
  ),
  refused(
    "more elements than any list of commits has",
    { commits: Array.from({ length: 400_000 }, () => 1) },
    { detail: "JSON parse error - More than 130000 elements in all lists together" },
  ),
  refused(
    "more projects than an organization has",
    { projects: Array.from({ length: 1001 }, () => "foo") },
    { projects: ["Ensure this field has no more than 1000 elements."] },
  ),
  refused(
    "1.19 a text is not a commit",
    { commits: ["x"] },
    { commits: { non_field_errors: ["Invalid data. Expected a dictionary, but got str."] } },
  ),
  refused(
    "1.19 a number is not a commit",
    { commits: [7] },
    { commits: { non_field_errors: ["Invalid data. Expected a dictionary, but got int."] } },
  ),
  refused("1.19 only the first bad commit is reported", { commits: [{ id: "a" }, {}, { id: "" }] }, { commits: { id: REQUIRED } }),
  refused(
    "1.19 all errors of the first bad commit are reported",
    { commits: [{ id: "", timestamp: "bad" }] },
    { commits: { id: BLANK, timestamp: NO_DATE } },
  ),
  refused(
    "1.19 errors of commits and refs are reported together",
    { commits: [{}], refs: [{}] },
    { commits: { id: REQUIRED }, refs: { commit: REQUIRED, repository: REQUIRED } },
  ),

  commit("3.4 a commit needs an id", {}, { id: REQUIRED }),
  commit("3.4 a commit's id may not be empty", { id: "" }, { id: BLANK }),
  commit("3.4 a commit's id may not be blank", { id: "  " }, { id: BLANK }),
  commit("3.1 a commit's id may not be null", { id: null }, { id: NULL }),
  commit("3.4 a commit's id has at most 64 characters", { id: "a".repeat(65) }, { id: most(64) }),
  commit("3.4 a repository's name has at most 64 characters", { id: "a", repository: "r".repeat(65) }, { repository: most(64) }),
  commit("3.1 an author's name has at most 128 characters", { id: "a", author_name: "n".repeat(129) }, { author_name: most(128) }),
  commit("3.1 an author email has at most 200 characters", { id: "a", author_email: "e".repeat(201) }, { author_email: most(200) }),
  commit("3.1 a list is not a message", { id: "a", message: [] }, { message: NO_TEXT }),
  commit("3.4 a commit's timestamp is a date", { id: "a", timestamp: "bad" }, { timestamp: NO_DATE }),
  commit("1.12 a number is not a timestamp", { id: "a", timestamp: 1545247549 }, { timestamp: NO_DATE }),

  commit("3.4 a text is no patch set", { id: "a", patch_set: "x" }, { patch_set: noList("str") }),
  patch("3.4 a changed file needs path and type", {}, { path: REQUIRED, type: REQUIRED }),
  patch("3.4 X is no type of a change", { path: "a", type: "X" }, { type: ["Commit patch_set type X is not supported."] }),
  patch("3.1 a type must be a capital letter", { path: "a", type: "m" }, { type: ["Commit patch_set type m is not supported."] }),
  patch("3.4 a type is one letter", { path: "a", type: "MM" }, { type: most(1) }),
  patch("3.4 a path has at most 510 characters", { path: "p".repeat(511), type: "M" }, { path: most(510) }),
  patch("1.19 a null file is reported without its position", null, NULL),

  ref("3.4 a ref needs a commit and a repository", {}, { commit: REQUIRED, repository: REQUIRED }),
  ref("3.4 a range needs an end", { repository: "r", commit: "a.." }, { commit: ["Commit cannot begin or end with .."] }),
  ref("3.4 a range needs a start", { repository: "r", commit: "..a" }, { commit: ["Commit cannot begin or end with .."] }),
  ref("19 a range has one end", { repository: "r", commit: "a..b..c" }, { commit: ["Commit cannot begin or end with .."] }),
  ref(
    "3.4 a commit of a ref has at most 64 characters",
    { repository: "r", commit: "c".repeat(65) },
    { commit: ["Commit too long - max is 64 chars"] },
  ),
  ref(
    "3.4 each end of a range has at most 64 characters",
    { repository: "r", commit: `${"a".repeat(65)}..b` },
    { commit: ["Start or end commit too long - max is 64 chars each"] },
  ),
  ref("3.1 a ref's repository has at most 200 characters", { repository: "r".repeat(201), commit: "a" }, { repository: most(200) }),
  refused("3.4 refs may not be null", { refs: null }, { refs: NULL }),
  refused("3.4 a text is no list of refs", { refs: "x" }, { refs: noList("str") }),
  refused(
    "3.1 a head commit needs repository and currentId",
    { headCommits: [{}] },
    { headCommits: { repository: REQUIRED, currentId: REQUIRED } },
  ),
  refused(
    "3.1 a head commit's previousId may not be empty",
    { headCommits: [{ repository: "r", currentId: "a", previousId: "" }] },
    { headCommits: { previousId: BLANK } },
  ),
  refused(
    "3.1 a head commit's repository has at most 64 characters",
    { headCommits: [{ repository: "r".repeat(65), currentId: "a" }] },
    { headCommits: { repository: most(64) } },
  ),
  refused(
    "3.1 a head commit's ids have at most 64 characters",
    { headCommits: [{ repository: "r", currentId: "c".repeat(65), previousId: "p".repeat(65) }] },
    {
      headCommits: { currentId: most(64), previousId: most(64) },
    },
  ),

  accepted("3.1 a commit needs nothing but an id", {}, { message: null, author: {}, dateCreated: "2026-01-02T03:04:05.678Z" }),
  accepted(
    "20 null is as good as absent, as clients send it",
    { message: null, author_name: null, author_email: null, repository: null, timestamp: null, patch_set: null },
    { message: null, author: {} },
  ),
  accepted(
    "3.1 texts of a commit may be empty",
    { message: "", author_name: "", author_email: "", repository: "" },
    { message: "", author: {} },
  ),
  accepted(
    "3.1 a message has no limit; lists contain its first 4 KiB",
    { message: "m".repeat(70_000) },
    { message: `${"m".repeat(4093)}…` },
  ),
  accepted("3.4 the longest texts of a commit are fine", {
    repository: "r".repeat(64),
    author_name: "n".repeat(128),
    author_email: "e".repeat(200),
    patch_set: [{ path: "p".repeat(510), type: "A" }],
  }),
  accepted(
    "1.12 a timestamp of another zone is returned in UTC",
    { timestamp: "2018-09-20T10:50:22+02:00" },
    { dateCreated: "2018-09-20T08:50:22Z" },
  ),
  accepted(
    "1.19 a commit's texts are trimmed",
    { id: " abc ", repository: " owner/name ", message: " fix " },
    { id: "abc", message: "fix", repository: { name: "owner/name" } },
  ),
  accepted("1.19 a sha of digits may come as a number", { id: 12345 }, { id: "12345" }),
];
