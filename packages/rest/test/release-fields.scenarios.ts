import { BLANK, most, NO_DATE, NO_TEXT, NO_URL, noList, NULL, REQUIRED } from "./error-bodies.ts";
import type { Scenario } from "./run-scenarios.ts";
import { get, post, put } from "./steps.ts";
import { noRelease } from "./stored-steps.ts";

type Body = Readonly<Record<string, unknown>>;

/** An otherwise valid body is rejected for these fields, and nothing is created. Undefined removes a field. */
const refused = (name: string, body: Body, expected: Body): Scenario => ({
  name,
  steps: [post("O/releases/", { version: "refused", projects: ["foo"], ...body }).returns(400, expected), noRelease("refused")],
});

let made = 0;

/** An otherwise valid body is accepted with these fields, and a release with them is created. */
const accepted = (name: string, body: Body, expected: Body): Scenario => {
  const version = `accepted-${++made}`;
  return { name, steps: [post("O/releases/", { version, projects: ["foo"], ...body }).returns(201, expected)] };
};

const notAllowed = (version: string): Scenario =>
  refused(`3.3 ${JSON.stringify(version)} is not a version`, { version }, { version: [`Release with name ${version} is not allowed`] });

const valid = (version: string): Scenario => ({
  name: `3.3 ${JSON.stringify(version)} is a version, stored unchanged`,
  steps: [
    post("O/releases/", { version, projects: ["foo"] }).returns(201, { version }),
    get(`O/releases/${encodeURIComponent(version)}/`).returns(200, { version }),
  ],
});

/** What may be a version, row by row (contract 3.3). */
export const versionScenarios: readonly Scenario[] = [
  refused("3.3 a version is required", { version: undefined }, { version: REQUIRED }),
  refused("3.3 a version may not be null", { version: null }, { version: NULL }),
  refused("3.3 a version may not be empty", { version: "" }, { version: BLANK }),
  ...["   ", ".", "..", " .. ", "latest", "LATEST", " latest ", "\u00a0", "\u2028latest\u0085"].map(notAllowed),
  ...["a/b", "a\\b", "1.2.3\n", "\n1", "1.\n2", "\f", "\t", "\r", "1.0\r"].map(notAllowed),
  refused("3.3 NUL is no character of a version", { version: "1\0" }, { version: ["Null characters are not allowed."] }),
  refused("1.19 half a character is none", { version: "1\ud800" }, { version: ["Surrogate characters are not allowed: U+D800."] }),
  refused("3.3 201 characters are too many", { version: "v".repeat(201) }, { version: most(200) }),
  ...[true, [], {}].map((version) => refused(`3.3 ${JSON.stringify(version)} is not text`, { version }, { version: NO_TEXT })),
  {
    name: "3.3 numbers are versions: 1 and 1.5",
    steps: [
      post("O/releases/", { version: 1, projects: ["foo"] }).returns(201, { version: "1" }),
      post("O/releases/", { version: 1.5, projects: ["foo"] }).returns(201, { version: "1.5" }),
      post("O/releases/", { version: "1", projects: ["foo"] }).returns(208),
    ],
  },
  ...[
    "1.2.3+dev",
    "1.2.1 (123)",
    "1.0 beta",
    "8371445ab8a9facd271df17038ff295a48accae7",
    " 1.0 ",
    "1.0",
    "v\u000b",
    "del\u007f",
    "line\u2028",
    "\u200b",
    "...",
    "latest2",
    "Größe 😀 v1",
    "%2F",
    "a?b#c&d=e",
    "'; drop table releases; --",
  ].map(valid),
  {
    ...valid("\ufeff"),
    name: "3.3 a byte order mark is allowed in a version (not tested on pglite, whose client removes it from every text it reads)",
    except: "pglite",
  },
  {
    name: "3.3 versions that differ in case or in spaces are different releases",
    steps: [
      ...["Case", "case", " case", "case "].map((version) => post("O/releases/", { version, projects: ["bar"] }).returns(201, { version })),
      get("O/releases/?project={bar}").lists("case ", " case", "case", "Case"),
    ],
  },
];

const LONG_URL = `https://example.com/${"p".repeat(181)}`;

/** The other fields of a release, row by row (contract 3.4). */
export const fieldScenarios: readonly Scenario[] = [
  refused("3.4 projects are required", { projects: undefined }, { projects: REQUIRED }),
  refused("3.4 projects may not be null", { projects: null }, { projects: NULL }),
  ...(
    [
      ["p", "str"],
      [{}, "dict"],
      [1, "int"],
    ] as const
  ).map(([projects, type]) =>
    refused(`3.4 ${JSON.stringify(projects)} is not a list of projects`, { projects }, { projects: noList(type) }),
  ),
  ...[["nope"], [""], [null], [-1], [0], [99_999_999], [1.5], ["foo", "nope"]].map((projects) =>
    refused(`3.4 ${JSON.stringify(projects)} is not a project`, { projects }, { projects: ["Invalid project ids or slugs"] }),
  ),
  accepted(
    "3.5 a project may be named twice",
    { projects: ["foo", "foo", "bar", "foo"] },
    { projects: [{ slug: "foo" }, { slug: "bar" }] },
  ),
  {
    name: "3.4, 4.1 projects: [] is accepted, and the release is invisible",
    steps: [
      post("O/releases/", { version: "invisible", projects: [] }).returns(201, { version: "invisible", projects: [] }),
      post("O/releases/", { version: "invisible", projects: [] }).returns(208, { projects: [] }),
      get("O/releases/invisible/").returns(404, { detail: "The requested resource does not exist" }),
      put("O/releases/invisible/", { ref: "x" }).returns(404, { detail: "The requested resource does not exist" }),
      get("O/releases/?query=invisible").lists(),
      post("O/releases/", { version: "invisible", projects: ["foo"] }).returns(201, { projects: [{ slug: "foo" }] }),
      get("O/releases/?query=invisible").lists("invisible"),
    ],
  },

  refused("3.4 a ref has at most 200 characters", { ref: "r".repeat(201) }, { ref: most(200) }),
  ...[[], {}, true].map((ref) => refused(`3.4 ${JSON.stringify(ref)} is not a ref`, { ref }, { ref: NO_TEXT })),
  accepted("3.4 a ref may be empty", { ref: "" }, { ref: "" }),
  accepted("1.19 a ref is trimmed", { ref: "  main\t" }, { ref: "main" }),
  accepted("3.4 a number is a ref", { ref: 12 }, { ref: "12" }),

  ...[
    "example.com",
    "//example.com",
    "javascript:alert(1)",
    1,
    "http://exa_mple.com",
    "http://exa mple.com",
    "https://example.com/a b",
    "http://example.c",
    "https://",
    "mailto:a@b.de",
    "http://[::1",
  ].map((url) => refused(`3.4 ${JSON.stringify(url)} is not a URL`, { url }, { url: NO_URL })),
  refused("3.4 a URL has at most 2048 characters", { url: `https://example.com/${"p".repeat(2040)}` }, { url: NO_URL }),
  refused("19 a URL of more than 200 characters is rejected, not a failure", { url: LONG_URL }, { url: most(200) }),
  ...[
    "http://example.com",
    "https://example.com/a?b=c#d",
    "ftp://example.com",
    "ftps://example.com/x",
    "https://localhost",
    "https://localhost:8080/r",
    "http://127.0.0.1/",
    "http://[::1]:80/x",
    "https://sub.example.museum",
  ].map((url) => accepted(`3.4 ${url} is a URL`, { url }, { url })),
  accepted("3.4 spaces around a URL are removed", { url: "  https://example.com  " }, { url: "https://example.com" }),
  accepted("3.4 a URL may be empty", { url: "" }, { url: "" }),

  ...["now", "", 1545247549, true, "1545247549", "2018-12-19T24:00", "2018-12-19T19:25:60", "2018-02-30", "2018-13-01", "19.12.2018"].map(
    (dateReleased) => refused(`3.4 ${JSON.stringify(dateReleased)} is not a date`, { dateReleased }, { dateReleased: NO_DATE }),
  ),
  ...(
    [
      ["2018-12-19T19:25:49.971Z", "2018-12-19T19:25:49.971Z"],
      ["2018-12-19T19:25:49", "2018-12-19T19:25:49Z"],
      ["2018-12-19 19:25:49+02:00", "2018-12-19T17:25:49Z"],
      ["2018-12-19T19:25:49-0330", "2018-12-19T22:55:49Z"],
      ["2018-12-19", "2018-12-19T00:00:00Z"],
      ["2018-12-19T19:25", "2018-12-19T19:25:00Z"],
      ["2018-12-19T19:25:49.9719999999Z", "2018-12-19T19:25:49.971Z"],
      ["2018-12-19T19:25:49.12Z", "2018-12-19T19:25:49.120Z"],
      ["20181219", "2018-12-19T00:00:00Z"],
      ["2020-02-29", "2020-02-29T00:00:00Z"],
    ] as const
  ).map(([dateReleased, expected]) => accepted(`1.12 ${dateReleased} is ${expected}`, { dateReleased }, { dateReleased: expected })),
  accepted("3.4 null is as good as absent", { dateReleased: null, url: null, ref: null }, { dateReleased: null, url: null, ref: null }),

  refused("3.4 a status is open or archived", { status: "deleted" }, { status: ["Invalid status deleted"] }),
  refused("3.4 a status may not be null", { status: null }, { status: NULL }),
  refused("3.4 a status may not be empty", { status: "" }, { status: BLANK }),
  accepted("3.1 a release is open", {}, { status: "open" }),
  accepted("3.1 a release may be archived from the start", { status: "archived" }, { status: "archived" }),

  refused("3.4 an owner must exist", { owner: "nobody" }, { owner: ["Unable to find user"] }),
  refused("19 an object is not an owner", { owner: {} }, { owner: ["Unable to find user"] }),
  refused("19 a list is not an owner", { owner: [] }, { owner: ["Unable to find user"] }),
  refused("3.1 an unknown id is not an owner", { owner: 987_654_321 }, { owner: ["Unable to find user"] }),
  accepted("19 an empty owner is none", { owner: "" }, { owner: null }),

  refused(
    "1.19 all bad fields are reported at once",
    { version: "", projects: null, ref: [], url: "x", status: "x" },
    {
      version: BLANK,
      projects: NULL,
      ref: NO_TEXT,
      url: NO_URL,
      status: ["Invalid status x"],
    },
  ),
  refused("3.2 a bad field is reported before an unknown project", { projects: ["nope"], ref: [] }, { ref: NO_TEXT }),
  refused("3.2 a bad owner is told before an unknown project", { projects: ["nope"], owner: "nobody" }, { owner: ["Unable to find user"] }),
  accepted("1.9 unknown fields are passed over", { dateStarted: "2026-01-01", id: 7, newGroups: 3, __proto__x: 1 }, { newGroups: 0 }),
];
