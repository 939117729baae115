import { expect } from "vitest";
import type { Scenario, ScenarioFacts } from "../src/client-bench.ts";

const WRONG_TOKEN = `sntryu_${"0".repeat(64)}`;
const slugsOf = async ({ bench }: ScenarioFacts, version: string) => (await bench.api.release(version)).projects.map(({ slug }) => slug);

/** Scenarios A01–A07 and A40: authentication and lists. A40 is the cleanup, among the releases. */
const ACCOUNT: readonly Scenario[] = [
  {
    id: "A01",
    what: "info authenticates",
    steps: ({ bench }) => [
      { client: "3.8", args: ["info"], code: 0, stdout: [new RegExp(`Sentry Server: ${bench.server.url}`), /Method: Auth Token/] },
      { client: "2.58", args: ["info"], code: 0, stdout: [/Method: Auth Token/] },
      { client: "2.25", args: ["info"], code: 0, stdout: [/Method: Auth Token/] },
    ],
  },
  {
    id: "A02",
    what: "config status JSON",
    steps: [{ client: "3.8", args: ["info", "--config-status-json"], code: 0, stdout: [/"successful": true/] }],
  },
  {
    id: "A03",
    what: "a bad token is 401 with a clean message",
    steps: [
      {
        client: "3.8",
        args: ["releases", "list"],
        env: { SENTRY_AUTH_TOKEN: WRONG_TOKEN },
        code: 1,
        stderr: [/sentry reported an error: [^\n]+ \(http status: 401\)/],
      },
    ],
  },
  {
    id: "A04",
    what: "login with --auth-token",
    steps: ({ bench }) => [
      {
        client: "3.8",
        args: ["--auth-token", bench.server.token, "login"],
        env: { SENTRY_AUTH_TOKEN: undefined },
        code: 0,
        stdout: [/Valid (token for user|org token)/, /Stored token in/],
      },
    ],
  },
  {
    id: "A05",
    what: "organizations list",
    steps: (["3.8", "2.58", "3.6"] as const).map((client) => ({ client, args: ["organizations", "list"], code: 0, stdout: [/\| acme /] })),
  },
  { id: "A06", what: "projects list", steps: [{ client: "3.8", args: ["projects", "list"], code: 0, stdout: [/\| web /] }] },
  { id: "A07", what: "repos list parses", steps: [{ client: "3.8", args: ["repos", "list"], code: 0 }] },
];

/** Scenarios A08–A20: create, finalize, list, info, archive, restore, delete. */
const RELEASES: readonly Scenario[] = [
  {
    id: "A08",
    what: "releases new (v3, organization path)",
    steps: [{ client: "3.8", args: ["releases", "new", "r1-a"], code: 0, stdout: [/^Created release r1-a\n$/] }],
    stored: async ({ bench }) => expect(await bench.api.release("r1-a")).toMatchObject({ dateReleased: null, projects: [{ slug: "web" }] }),
  },
  {
    id: "A09",
    what: "releases new again is idempotent",
    steps: [
      { client: "3.8", args: ["releases", "new", "r1-a"], code: 0, stdout: [/Created release r1-a/] },
      { client: "2.58", args: ["releases", "new", "r1-a"], code: 0 },
    ],
    stored: async ({ bench }) => {
      const { body } = await bench.api.send("GET", "/organizations/acme/releases/");
      expect(body).toMatchObject([{ version: "r1-a" }]);
    },
  },
  {
    id: "A10",
    what: "releases new (v2, project path)",
    steps: [{ client: "2.58", args: ["releases", "new", "r1-b"], code: 0, stdout: [/Created release r1-b/] }],
    stored: async (facts) => expect(await slugsOf(facts, "r1-b")).toEqual(["web"]),
  },
  {
    id: "A11",
    what: "new --finalize --url",
    steps: [{ client: "3.8", args: ["releases", "new", "r1-c", "--finalize", "--url", "https://e.test/c"], code: 0 }],
    stored: async ({ bench, started }) => {
      const { dateReleased, url } = await bench.api.release("r1-c");
      expect(url).toBe("https://e.test/c");
      expectAboutNow(dateReleased, started);
    },
  },
  {
    id: "A12",
    what: "finalize now",
    steps: [{ client: "3.8", args: ["releases", "finalize", "r1-a"], code: 0, stdout: [/Finalized release r1-a/] }],
    stored: async ({ bench, started }) => expectAboutNow((await bench.api.release("r1-a")).dateReleased, started),
  },
  {
    id: "A13",
    what: "finalize --released unix time (v2)",
    steps: [{ client: "2.58", args: ["releases", "finalize", "r1-b", "--released", "1700000000"], code: 0 }],
    stored: async ({ bench }) => expect(await bench.api.release("r1-b")).toMatchObject({ dateReleased: "2023-11-14T22:13:20Z" }),
  },
  {
    id: "A14",
    what: "list --raw contains both",
    steps: [
      { client: "3.8", args: ["releases", "list", "--raw"], code: 0, stdout: [/^r1-a$/m, /^r1-b$/m] },
      { client: "2.58", args: ["releases", "list", "--raw"], code: 0, stdout: [/^r1-a$/m] },
    ],
  },
  {
    id: "A15",
    what: "list of the organization with a delimiter",
    steps: [
      {
        client: "3.8",
        args: ["releases", "list", "--raw", "-D", ";"],
        env: { SENTRY_PROJECT: undefined },
        code: 0,
        stdout: [/r1-c;|;r1-c/],
      },
    ],
  },
  {
    id: "A16",
    what: "the table shows the unreleased marker",
    steps: [
      { client: "3.8", args: ["releases", "new", "r1-d"], code: 0 },
      { client: "3.8", args: ["releases", "list", "-P"], code: 0, stdout: [/\| \(unreleased\) +\| r1-d/] },
    ],
  },
  {
    id: "A17",
    what: "info of an existing and of a missing release",
    steps: [
      { client: "3.8", args: ["releases", "info", "r1-a", "-P"], code: 0, stdout: [/\| r1-a +\|.*web/] },
      { client: "3.8", args: ["releases", "info", "r1-zzz"], code: 1, stdout: [/^$/], stderr: [/^$/] },
      { client: "2.58", args: ["--quiet", "releases", "info", "r1-a"], code: 0, stdout: [/^$/] },
    ],
  },
  {
    id: "A18",
    what: "archive",
    steps: [{ client: "3.8", args: ["releases", "archive", "r1-d"], code: 0, stdout: [/Archived release r1-d/] }],
    stored: async ({ bench }) => expect(await bench.api.release("r1-d")).toMatchObject({ status: "archived", projects: [{ slug: "web" }] }),
  },
  {
    id: "A19",
    what: "restore",
    steps: [{ client: "2.58", args: ["releases", "restore", "r1-d"], code: 0, stdout: [/Restored release r1-d/] }],
    stored: async ({ bench }) => expect(await bench.api.release("r1-d")).toMatchObject({ status: "open", projects: [{ slug: "web" }] }),
  },
  {
    id: "A20",
    what: "delete, then delete again",
    steps: [
      { client: "3.8", args: ["releases", "delete", "r1-d"], code: 0, stdout: [/Deleted release r1-d!/] },
      {
        client: "3.8",
        args: ["releases", "delete", "r1-d"],
        code: 0,
        stdout: [/Did nothing\. Release with this version \(r1-d\) does not exist\./],
      },
    ],
    stored: async ({ bench }) => expect(await bench.api.findRelease("r1-d")).toBeUndefined(),
  },
];

/** Scenarios A21–A26: deploys and commits, then A40. */
const DEPLOYS_AND_COMMITS: readonly Scenario[] = [
  {
    id: "A21",
    what: "deploys new and list",
    steps: [
      {
        client: "3.8",
        args: ["deploys", "new", "--release", "r1-a", "-e", "production", "-n", "d1", "-u", "https://e.test", "-t", "90"],
        code: 0,
        stdout: [/Created new deploy d1 for 'production'/],
      },
      {
        client: "2.58",
        args: ["releases", "deploys", "r1-a", "new", "-e", "staging"],
        code: 0,
        stdout: [/Created new deploy unnamed for 'staging'/],
      },
      { client: "3.8", args: ["deploys", "list", "--release", "r1-a"], code: 0, stdout: [/production +\| d1/, /staging +\| unnamed/] },
    ],
    stored: async ({ bench }) => {
      expect(await bench.api.deploys("r1-a")).toMatchObject([
        { environment: "staging", name: null, url: null },
        { environment: "production", name: "d1", url: "https://e.test" },
      ]);
      expect(await bench.api.release("r1-a")).toMatchObject({ deployCount: 2, lastDeploy: { environment: "staging" } });
    },
  },
  {
    id: "A22",
    what: "deploys list of none",
    steps: [{ client: "3.8", args: ["deploys", "list", "--release", "r1-b"], code: 0, stdout: [/No deploys found/] }],
  },
  {
    id: "A23",
    what: "deploy of a missing release",
    steps: [
      {
        client: "3.8",
        args: ["deploys", "new", "--release", "r1-none", "-e", "p"],
        code: 1,
        stderr: [/Release not found\. Ensure that you configured the correct release, project, and organization\./],
      },
    ],
    stored: async ({ bench }) => expect(await bench.api.findRelease("r1-none")).toBeUndefined(),
  },
  {
    id: "A24",
    what: "set-commits --local",
    steps: ({ repository }) => [
      {
        client: "3.8",
        args: ["releases", "set-commits", "r1-e", "--local", "--initial-depth", "3"],
        code: 0,
        stdout: [/Success! Set commits for release r1-e/],
      },
      {
        client: "3.8",
        args: ["releases", "info", "r1-e", "-C"],
        code: 0,
        stdout: [new RegExp(repository.sha(0)), new RegExp(repository.sha(2))],
      },
    ],
    stored: async ({ bench, repository }) => {
      const newestThree = [repository.sha(0), repository.sha(1), repository.sha(2)];
      expect((await bench.api.commits("r1-e")).map(({ id }) => id)).toEqual(newestThree);
      expect(await bench.api.release("r1-e")).toMatchObject({ commitCount: 3, lastCommit: { id: newestThree[0] } });
    },
  },
  {
    id: "A25",
    what: "set-commits --commit with an unknown repository",
    steps: [
      {
        client: "3.8",
        args: ["releases", "set-commits", "r1-e", "--commit", "nobody/nothing@abc123"],
        code: 1,
        stderr: [/Unknown repo 'nobody\/nothing'/],
      },
    ],
    stored: async ({ bench }) => expect(await bench.api.release("r1-e")).toMatchObject({ commitCount: 3 }),
  },
  {
    id: "A26",
    what: "set-commits --clear",
    steps: [{ client: "3.8", args: ["releases", "set-commits", "r1-e", "--clear"], code: 0, stdout: [/Clearing commits for release\./] }],
    stored: async ({ bench }) => expect(await bench.api.release("r1-e")).toMatchObject({ commitCount: 0, lastCommit: null, authors: [] }),
  },
  {
    id: "A40",
    what: "cleanup",
    steps: [
      { client: "3.8", args: ["releases", "delete", "r1-b"], code: 0 },
      { client: "2.58", args: ["releases", "delete", "r1-c"], code: 0 },
    ],
    stored: async ({ bench }) => {
      expect(await bench.api.findRelease("r1-b")).toBeUndefined();
      expect(await bench.api.findRelease("r1-c")).toBeUndefined();
      expect(await bench.api.findRelease("r1-a")).toBeDefined();
    },
  },
];

/** Acceptance scenarios A01–A26 and A40 of the Rust client (clients.md 11), in their order. */
export const SENTRY_CLI_SCENARIOS: readonly Scenario[] = [...ACCOUNT, ...RELEASES, ...DEPLOYS_AND_COMMITS];

function expectAboutNow(date: string | null, started: number): void {
  expect(Date.parse(date ?? "")).toBeGreaterThanOrEqual(started);
  expect(Date.parse(date ?? "")).toBeLessThanOrEqual(Date.now());
}
