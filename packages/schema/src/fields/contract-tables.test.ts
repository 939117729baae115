import { describe, expect, it } from "vitest";
import { body, list, object } from "./composites.ts";
import { dateTime } from "./dates.ts";
import { issuesOf } from "./issues-of.ts";
import { commitReference, environmentName, projectReference, releaseVersion } from "./names.ts";
import { oneOf, text } from "./text.ts";
import { url } from "./url.ts";

/** The bodies of contract 3.1 and §7.1, built from the fields, for the rows of §3.4 and §7.1 that need more than one field. */
const patch = object({
  path: text({ max: 510 }),
  type: oneOf(["A", "M", "D"], { max: 1, invalid: (type) => `Commit patch_set type ${type} is not supported.` }),
});

const commit = object({
  id: text({ max: 64 }),
  repository: text({ max: 64, blank: true }).nullish(),
  message: text({ blank: true }).nullish(),
  author_name: text({ max: 128, blank: true }).nullish(),
  author_email: text({ max: 200, blank: true }).nullish(),
  timestamp: dateTime().nullish(),
  patch_set: list(patch).nullish(),
});

const ref = object({
  commit: commitReference(),
  repository: text({ max: 200 }),
  previousCommit: text({ max: 64, blank: true }).nullish(),
});

const headCommit = object({ currentId: text({ max: 64 }), repository: text({ max: 64 }), previousId: text({ max: 64 }).nullish() });

const release = body({
  version: releaseVersion(),
  projects: list(projectReference()),
  ref: text({ max: 200, blank: true }).nullish(),
  url: url({ max: 200, blank: true }).nullish(),
  dateReleased: dateTime().nullish(),
  status: oneOf(["open", "archived"], { invalid: (status) => `Invalid status ${status}` }).optional(),
  commits: list(commit).optional(),
  refs: list(ref).optional(),
  headCommits: list(headCommit).optional(),
});

const deploy = body({
  environment: environmentName(),
  name: text({ max: 64, blank: true }).nullish(),
  url: url({ max: 200, blank: true }).nullish(),
  dateFinished: dateTime().nullish(),
  projects: list(projectReference(), { empty: false }).optional(),
});

const REQUIRED = ["This field is required."];
const NULL = ["This field may not be null."];
const BLANK = ["This field may not be blank."];
const longer = (max: number) => [`Ensure this field has no more than ${max} characters.`];
const notAList = (type: string) => [`Expected a list of items but got type "${type}".`];
const DATE = [expect.stringMatching(/^Datetime has wrong format\. Use one of these formats instead: YYYY-MM-DD/)];
const x = (length: number) => "x".repeat(length);
const aRef = { commit: "a", repository: "owner/repo" };
const aHead = { currentId: "a", repository: "owner/repo" };

describe("the body of a new release", () => {
  it.each<[string, object]>([
    ["no commits, refs or projects", { projects: [], commits: [], refs: [], headCommits: [] }],
    ["null where null counts as absent", { dateReleased: null, url: null, ref: null }],
    ["blank where it is allowed", { url: "", ref: "" }],
    ["integer, text and mixed project names", { projects: [1, "foo", "2"] }],
    ["project names that only the operation's check rejects", { projects: ["nope", "", null, {}, []] }],
    ["a ref of 200 characters", { ref: x(200) }],
    ["a year of 1000", { dateReleased: "1000-10-10T06:06" }],
    ["both states", { status: "archived" }],
    ["the further fields that sentry-cli sends", { dateStarted: "2026-11-23T21:04:40.115161030Z", owner: null }],
    ["commits with null members", { commits: [{ id: x(64), message: null, author_email: null, timestamp: null, patch_set: null }] }],
    ["an unusual author email address", { commits: [{ id: "a", author_email: "email[test]@example.org" }] }],
    ["long patch paths", { commits: [{ id: "a", patch_set: [{ path: x(510), type: "D" }] }] }],
    ["null, blank and long previous commits", { refs: [null, "", x(64)].map((previousCommit) => ({ ...aRef, previousCommit })) }],
    ["a range of two long commits", { refs: [{ ...aRef, commit: `${x(64)}..${x(64)}` }] }],
    ["head commits without a previous one", { headCommits: [aHead, { ...aHead, previousId: null }] }],
  ])("may have %s", (_name, fields) => {
    expect(issuesOf(release, { version: "1", projects: ["foo"], ...fields })).toEqual({});
  });

  it.each<[object, object]>([
    [{ projects: undefined }, { projects: REQUIRED }],
    [{ projects: null }, { projects: NULL }],
    [{ projects: "p" }, { projects: notAList("str") }],
    [{ projects: {} }, { projects: notAList("dict") }],
    [{ projects: 1 }, { projects: notAList("int") }],
    [{ version: "" }, { version: BLANK }],
    [{ ref: x(201) }, { ref: longer(200) }],
    [{ ref: [] }, { ref: ["Not a valid string."] }],
    [{ url: "example.com" }, { url: ["Enter a valid URL."] }],
    [{ url: 1 }, { url: ["Enter a valid URL."] }],
    [{ url: `http://a.com/${x(188)}` }, { url: longer(200) }],
    [{ dateReleased: "now" }, { dateReleased: DATE }],
    [{ dateReleased: "" }, { dateReleased: DATE }],
    [{ dateReleased: 1_545_247_549 }, { dateReleased: DATE }],
    [{ status: "deleted" }, { status: ["Invalid status deleted"] }],
    [{ status: null }, { status: NULL }],
    [{ status: "" }, { status: BLANK }],
    [{ commits: null }, { commits: NULL }],
    [
      { refs: null, headCommits: null },
      { refs: NULL, headCommits: NULL },
    ],
    [{ commits: "x" }, { commits: notAList("str") }],
    [{ commits: {} }, { commits: notAList("dict") }],
    [{ commits: [{}] }, { "commits.0.id": REQUIRED }],
    [{ commits: [null] }, { commits: NULL }],
    [{ commits: ["x"] }, { "commits.0.non_field_errors": ["Invalid data. Expected a dictionary, but got str."] }],
    [{ commits: [{ id: "a" }, {}, { id: "" }] }, { "commits.1.id": REQUIRED }],
    [{ commits: [{ id: "" }] }, { "commits.0.id": BLANK }],
    [{ commits: [{ id: x(65) }] }, { "commits.0.id": longer(64) }],
    [{ commits: [{ id: "a", repository: x(65) }] }, { "commits.0.repository": longer(64) }],
    [{ commits: [{ id: "a", author_name: x(129) }] }, { "commits.0.author_name": longer(128) }],
    [{ commits: [{ id: "a", author_email: x(201) }] }, { "commits.0.author_email": longer(200) }],
    [{ commits: [{ id: "a", timestamp: "bad" }] }, { "commits.0.timestamp": DATE }],
    [{ commits: [{ id: "a", patch_set: "x" }] }, { "commits.0.patch_set": notAList("str") }],
    [{ commits: [{ id: "a", patch_set: [{}] }] }, { "commits.0.patch_set.0.path": REQUIRED, "commits.0.patch_set.0.type": REQUIRED }],
    [
      { commits: [{ id: "a", patch_set: [{ path: "p", type: "X" }] }] },
      { "commits.0.patch_set.0.type": ["Commit patch_set type X is not supported."] },
    ],
    [{ commits: [{ id: "a", patch_set: [{ path: "p", type: "MM" }] }] }, { "commits.0.patch_set.0.type": longer(1) }],
    [{ commits: [{ id: "a", patch_set: [{ path: x(511), type: "A" }] }] }, { "commits.0.patch_set.0.path": longer(510) }],
    [{ refs: [{}] }, { "refs.0.commit": REQUIRED, "refs.0.repository": REQUIRED }],
    [{ refs: [{ commit: null, repository: "" }] }, { "refs.0.commit": NULL, "refs.0.repository": BLANK }],
    [{ refs: [{ ...aRef, commit: "a.." }] }, { "refs.0.commit": ["Commit cannot begin or end with .."] }],
    [{ refs: [{ ...aRef, commit: x(65) }] }, { "refs.0.commit": ["Commit too long - max is 64 chars"] }],
    [{ refs: [{ ...aRef, commit: `a..${x(65)}` }] }, { "refs.0.commit": ["Start or end commit too long - max is 64 chars each"] }],
    [{ refs: [{ ...aRef, previousCommit: x(65) }] }, { "refs.0.previousCommit": longer(64) }],
    [{ headCommits: [{ ...aHead, previousId: "" }] }, { "headCommits.0.previousId": BLANK }],
    [
      { version: ".", status: "x" },
      { version: ["Release with name . is not allowed"], status: ["Invalid status x"] },
    ],
  ])("with %j has the errors %j", (fields, issues) => {
    expect(issuesOf(release, { version: "1", projects: ["foo"], ...fields })).toEqual(issues);
  });
});

describe("the body of a new deploy", () => {
  it.each<[object, object]>([
    [{}, { environment: REQUIRED }],
    [{ environment: "production", projects: [] }, { projects: ["This list may not be empty."] }],
    [{ environment: "production", projects: null }, { projects: NULL }],
    [{ environment: "production", projects: "p" }, { projects: notAList("str") }],
    [
      { environment: "bad/name", name: x(65) },
      { environment: ["Invalid value for environment"], name: longer(64) },
    ],
    [
      { environment: "production", url: "x", dateFinished: true },
      { url: ["Enter a valid URL."], dateFinished: DATE },
    ],
    [{ environment: "production", name: null, url: null, dateFinished: null, projects: ["foo", 1] }, {}],
  ])("with %j has the errors %j", (fields, issues) => {
    expect(issuesOf(deploy, fields)).toEqual(issues);
  });
});
