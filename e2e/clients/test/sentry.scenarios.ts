import { expect } from "vitest";
import type { Scenario } from "../src/client-bench.ts";

const AUTHORS = [{ email: "grace.hopper@example.test" }, { email: "ada@example.test" }];

/** Acceptance scenarios A34–A39 of the TypeScript client `sentry` (clients.md 11) without the upload of A37, then its other commands. */
export const SENTRY_SCENARIOS: readonly Scenario[] = [
  {
    id: "A34",
    what: "create, view, finalize, deploy, deploys",
    steps: [
      {
        client: "new",
        args: ["release", "create", "acme/r1-n", "--project", "web", "--url", "https://e.test/n"],
        code: 0,
        stdout: [/Release Created/],
      },
      { client: "new", args: ["release", "finalize", "acme/r1-n"], code: 0, stdout: [/Finalized/] },
      { client: "new", args: ["release", "deploy", "acme/r1-n", "production"], code: 0, stdout: [/Deploy Created/] },
      { client: "new", args: ["release", "deploys", "acme/r1-n"], code: 0, stdout: [/production/] },
      { client: "new", args: ["release", "view", "acme/r1-n"], code: 0, stdout: [/r1-n/] },
    ],
    stored: async ({ bench, started }) => {
      const release = await bench.api.release("r1-n");
      expect(release).toMatchObject({ status: "open", url: "https://e.test/n", deployCount: 1, projects: [{ slug: "web" }] });
      expect(Date.parse(release.dateReleased ?? "")).toBeGreaterThanOrEqual(started);
      const [deploy] = await bench.api.deploys("r1-n");
      // This client sends no end of the deploy: the server has to fill it in, because other clients cannot list without.
      expect(deploy).toMatchObject({ environment: "production", dateFinished: expect.any(String) });
    },
  },
  {
    id: "A34b",
    what: "the older client lists the deploy that the newer one recorded",
    steps: [{ client: "2.58", args: ["releases", "deploys", "r1-n", "list"], code: 0, stdout: [/production +\| unnamed/] }],
  },
  {
    id: "A35",
    what: "list of one project, by its numeric id",
    steps: [
      { client: "3.8", args: ["releases", "new", "r1-elsewhere", "-p", "api"], code: 0 },
      { client: "new", args: ["release", "list", "acme/web", "--json"], code: 0, stdout: [/"version": "r1-n"/, /^(?![^]*r1-elsewhere)/] },
      { client: "new", args: ["release", "list", "acme/api", "--json"], code: 0, stdout: [/"version": "r1-elsewhere"/, /^(?![^]*r1-n)/] },
    ],
  },
  {
    id: "A36",
    what: "archive by PUT",
    steps: [{ client: "new", args: ["release", "archive", "acme/r1-n"], code: 0, stdout: [/Archived/] }],
    stored: async ({ bench }) => expect(await bench.api.release("r1-n")).toMatchObject({ status: "archived", projects: [{ slug: "web" }] }),
  },
  {
    id: "A36b",
    what: "restore by PUT",
    steps: [{ client: "new", args: ["release", "restore", "acme/r1-n"], code: 0, stdout: [/Restored/] }],
    stored: async ({ bench }) => expect(await bench.api.release("r1-n")).toMatchObject({ status: "open", projects: [{ slug: "web" }] }),
  },
  {
    id: "A38",
    what: "set-commits --local",
    steps: [
      { client: "new", args: ["release", "set-commits", "acme/r1-n", "--local", "--initial-depth", "2"], code: 0, stdout: [/Commits Set/] },
    ],
    stored: async ({ bench, repository }) => {
      const commits = await bench.api.commits("r1-n");
      expect(commits).toMatchObject([
        { id: repository.sha(0), message: "Drop the greeting", author: AUTHORS[0], repository: { name: "acme/web" } },
        { id: repository.sha(1), message: "Move the checkout", author: AUTHORS[1], repository: { name: "acme/web" } },
      ]);
      expect(commits).toHaveLength(2);
      expect(await bench.api.release("r1-n")).toMatchObject({ commitCount: 2, lastCommit: { id: repository.sha(0) } });
      // This client sends no changed files.
      expect(await bench.api.commitFiles("r1-n")).toEqual([]);
    },
  },
  {
    id: "A38b",
    what: "set-commits --auto finds the repository by its name and keeps the commits",
    steps: [{ client: "new", args: ["release", "set-commits", "acme/r1-n", "--auto"], code: 0 }],
    stored: async ({ bench }) => expect(await bench.api.release("r1-n")).toMatchObject({ commitCount: 2 }),
  },
  {
    id: "A38c",
    what: "set-commits --clear",
    steps: [{ client: "new", args: ["release", "set-commits", "acme/r1-n", "--clear"], code: 0 }],
    stored: async ({ bench }) => expect(await bench.api.release("r1-n")).toMatchObject({ commitCount: 0, lastCommit: null, authors: [] }),
  },
  {
    id: "A39",
    what: "info and auth status",
    steps: [
      { client: "new", args: ["info"], code: 0, stdout: [/Verified: yes/] },
      { client: "new", args: ["auth", "status"], code: 0, stdout: [/Access verified/] },
    ],
  },
  {
    id: "N01",
    what: "errors: a wrong token, a missing release",
    steps: [
      { client: "new", args: ["info"], env: { SENTRY_AUTH_TOKEN: `sntryu_${"0".repeat(64)}` }, code: 1, stdout: [/Verified: no/] },
      { client: "new", args: ["release", "view", "acme/r1-none"], code: 30 },
      { client: "new", args: ["release", "set-commits", "acme/r1-none", "--clear"], code: 30 },
    ],
    stored: async ({ bench }) => expect(await bench.api.findRelease("r1-none")).toBeUndefined(),
  },
  {
    id: "N02",
    what: "an escaped version is created and deleted",
    steps: [
      { client: "new", args: ["release", "create", "acme/web@1.0.0+b 1 ü|[x]", "--project", "web"], code: 0, stdout: [/Release Created/] },
      { client: "new", args: ["release", "finalize", "acme/web@1.0.0+b 1 ü|[x]"], code: 0, stdout: [/Finalized/] },
    ],
    stored: async ({ bench }) => expect((await bench.api.release("web@1.0.0+b 1 ü|[x]")).dateReleased).not.toBeNull(),
  },
  {
    id: "N03",
    what: "delete takes effect for the next command",
    steps: [
      { client: "new", args: ["release", "delete", "acme/r1-n", "--yes"], code: 0 },
      { client: "new", args: ["release", "view", "acme/r1-n"], code: 30 },
    ],
    stored: async ({ bench }) => expect(await bench.api.findRelease("r1-n")).toBeUndefined(),
  },
];
