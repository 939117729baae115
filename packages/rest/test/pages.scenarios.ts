import { expect } from "vitest";
import { release, releaseOn } from "./setup-steps.ts";
import type { Scenario, Sharing } from "./run-scenarios.ts";
import { as, get, post, put, type Step } from "./steps.ts";
import { hasLink, pagesThrough } from "./walk-pages.ts";

/** Five releases, of which 5 is the newest. */
const five = [1, 2, 3, 4, 5].map((number) => releaseOn(`2026-01-0${number}`, String(number)));

const url = (path: string) => (organization: string) => `http://landfall.test/api/0/organizations/${organization}/${path}`;

/** The exact Link header. */
const linkIs =
  (path: string, previous: string, next: string): Step =>
  async (on) => {
    const { slug } = on.organization;
    const [call, search = ""] = path.split("?");
    const kept = search.replace(/&?cursor=[^&]*/, "");
    const to = `${url(call ?? "")(slug)}?${kept}`;
    const relation = (rel: string, text: string) => {
      const [cursor, results] = text.split(" ");
      return `<${to}&cursor=${cursor}>; rel="${rel}"; results="${results}"; cursor="${cursor}"`;
    };
    await get(`O/${path}`)
      .returns(200)
      .headers({ Link: `${relation("previous", previous)}, ${relation("next", next)}` })(on);
  };

/** Lists paged by offset (contract 15.4, 15.5): every row of the examples, exactly. */
export const offsetPages: Sharing = {
  before: five,
  sharing: [
    {
      name: "15.5 five releases are three pages of two, forwards and backwards",
      steps: [
        get("O/releases/?per_page=2")
          .lists("5", "4")
          .links({ previous: ["2:-1:1", false], next: ["2:1:0", true] }),
        get("O/releases/?per_page=2&cursor=2:1:0")
          .lists("3", "2")
          .links({ previous: ["2:0:1", true], next: ["2:2:0", true] }),
        get("O/releases/?per_page=2&cursor=2:2:0")
          .lists("1")
          .links({ previous: ["2:1:1", true], next: ["2:3:0", false] }),
        get("O/releases/?per_page=2&cursor=2:1:1")
          .lists("3", "2")
          .links({ previous: ["2:0:1", true], next: ["2:2:0", true] }),
        get("O/releases/?per_page=2&cursor=2:0:1")
          .lists("5", "4")
          .links({ previous: ["2:-1:1", false], next: ["2:1:0", true] }),
      ],
    },
    {
      name: "E31 a page past the end is empty and only has a previous page",
      steps: [
        get("O/releases/?per_page=2&cursor=2:3:0")
          .lists()
          .links({ previous: ["2:2:1", true], next: ["2:4:0", false] }),
        get("O/releases/?cursor=100:9007199254740991:0").lists(),
      ],
    },
    {
      name: "E31 a page before the first is rejected",
      steps: [
        get("O/releases/?per_page=2&cursor=2:-1:1").returns(400, { detail: "Pagination offset cannot be negative" }),
        get("O/releases/stats/?cursor=100:-1:0").returns(400, { detail: "Pagination offset cannot be negative" }),
      ],
    },
    {
      name: "E30 the Link header keeps the parameters as sent and replaces the cursor",
      steps: [
        linkIs("releases/?per_page=2", "2:-1:1 false", "2:1:0 true"),
        linkIs("releases/?per_page=2&cursor=2:1:0&status=open", "2:0:1 true", "2:2:0 true"),
        linkIs("releases/?status=&per_page=3&query=&project=-1", "3:-1:1 false", "3:1:0 true"),
        linkIs("releases/?environment=&per_page=2&query=release%3A%5B1%2C2%5D".replace("environment=&", ""), "2:-1:1 false", "2:1:0 false"),
      ],
    },
    { name: "E30 without other parameters the URL has ?&cursor", steps: [linkIs("releases/", "100:-1:1 false", "100:1:0 false")] },
    {
      name: "15.4 an empty cursor is the first page",
      steps: [
        get("O/releases/?per_page=2&cursor=")
          .lists("5", "4")
          .links({ previous: ["2:-1:1", false], next: ["2:1:0", true] }),
      ],
    },
    { name: "19 a cursor of size 0 is the first page", steps: [get("O/releases/?per_page=2&cursor=0:3:0").lists("5", "4")] },
    {
      name: "15.4 a page has from 1 to 100 releases",
      steps: [
        get("O/releases/?per_page=100").lists("5", "4", "3", "2", "1"),
        get("O/releases/?per_page=1").lists("5"),
        get("O/releases/?per_page=101").returns(400, { detail: "Invalid per_page value. Cannot exceed 100." }),
        ...["x", "", "1.5", "0", "-1"].map((size) =>
          get(`O/releases/?per_page=${size}`).returns(400, { detail: "Invalid per_page parameter." }),
        ),
      ],
    },
    {
      name: "15.1 an invalid cursor is rejected",
      steps: ["x", "1:2", "1:2:3:4", "a:b:c", ":::", "2:x:0"].map((cursor) =>
        get(`O/releases/?cursor=${cursor}`).returns(400, { detail: "Invalid cursor parameter." }),
      ),
    },
    {
      name: "15.4 with another page size the last rows are returned",
      steps: [
        get("O/releases/?per_page=1&cursor=3:0:0")
          .returns(200)
          .links({ previous: ["1:-1:1", false], next: ["1:1:0", true] }),
      ],
    },
    { name: "15.4 there are no total counts", steps: [get("O/releases/").returns(200).headers({ "X-Hits": null, "X-Max-Hits": null })] },
  ],
};

const commits = Array.from({ length: 205 }, (_, index) => ({
  id: `c${index}`,
  repository: index % 2 === 0 ? "even" : "odd",
  patch_set: [{ path: `f/${String(index).padStart(3, "0")}`, type: "A" }],
}));
const ids = (from: number, to: number, step = 1) =>
  commits.map(({ id }) => id).filter((_, index) => index >= from && index < to && index % step === 0);

/** Commits are paged by position; their files by offset (contract 15.6, 6.1, 6.3). */
export const commitPages: Sharing = {
  before: [release("1"), put("O/releases/1/", { commits }).returns(200, { commitCount: 205 })],
  sharing: [
    {
      name: "6.1, 15.6 a page has a hundred commits, and the first page has no previous one",
      steps: [
        get("O/releases/1/commits/")
          .listsBy("id", ...ids(0, 100))
          .links({ previous: ["0:0:1", false], next: [expect.any(String), true] }),
      ],
    },
    {
      name: "15.6 following next returns every commit once, in order",
      steps: [
        pagesThrough("O/releases/1/commits/", ids(0, 205)),
        pagesThrough("O/releases/1/commits/?per_page=7", ids(0, 205)),
        pagesThrough("O/releases/1/commits/?per_page=41", ids(0, 205)),
      ],
    },
    {
      name: "15.6 the same for the commits of one repository",
      steps: [pagesThrough("P/foo/releases/1/commits/?repo_name=even&per_page=10", ids(0, 205, 2))],
    },
    {
      name: "15.6 the same for files and project commits",
      steps: [
        pagesThrough(
          "O/releases/1/commitfiles/?per_page=50",
          commits.map((commit) => commit.patch_set[0]?.path ?? ""),
          "filename",
        ),
      ],
    },
    {
      name: "15.6 bad pages are rejected as for other lists",
      steps: [
        get("O/releases/1/commits/?per_page=101").returns(400, { detail: "Invalid per_page value. Cannot exceed 100." }),
        get("O/releases/1/commits/?cursor=x").returns(400, { detail: "Invalid cursor parameter." }),
        get("O/releases/1/commits/?cursor=").listsBy("id", ...ids(0, 100)),
        get("O/releases/1/commits/?cursor=9999:1:0").listsBy("id"),
      ],
    },
  ],
};

/** The path in the Link header is as sent (contract 15.4). */
export const linkScenarios: readonly Scenario[] = [
  {
    name: "E30 the path of a Link is percent-encoded, so that characters of a version cannot break it",
    steps: [
      post("O/releases/", { version: 'v1 "<ü>" – x', projects: ["foo"] }).returns(201),
      async (on) => {
        const path = `releases/${encodeURIComponent('v1 "<ü>" – x')}/commits/`;
        const to = `${url(path)(on.organization.slug)}?`;
        await get(`O/${path}`)
          .returns(200)
          .headers({
            Link: `<${to}&cursor=0:0:1>; rel="previous"; results="false"; cursor="0:0:1", <${to}&cursor=0:0:0>; rel="next"; results="false"; cursor="0:0:0"`,
          })(on);
      },
    ],
  },
  {
    name: "15.4 every list has a Link header",
    steps: [
      release("1"),
      ...[
        "O/releases/",
        "O/releases/stats/",
        "O/releases/1/commits/",
        "O/releases/1/commitfiles/",
        "O/releases/1/deploys/",
        "P/foo/releases/",
        "P/foo/releases/1/commits/",
        "P/foo/commits/",
      ].map(hasLink),
      as("teamless").get("O/releases/").lists().links(null),
    ],
  },
];
