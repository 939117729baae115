import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveCli, type ServedCli } from "../../test/serve-cli.ts";

let cli: ServedCli;

/** Releases a day apart, with commits of the repositories `r` and `s`, newest first. */
const RELEASES: readonly [version: string, project: string, commits: readonly string[]][] = [
  ["web@1.0.0", "web", ["r:a", "s:a"]],
  ["web@1.1.0", "web", ["r:c", "r:b"]],
  ["web@1.2.0", "web", []],
  ["web@2.0.0", "web", ["r:e", "r:c", "s:d"]],
  ["web@1.0.1", "web", ["r:fix"]],
  ["staging", "web", ["r:odd"]],
  ["api@1.0.0", "api", ["r:z"]],
];

beforeAll(async () => {
  cli = await serveCli();
  for (const [version, project, names] of RELEASES) {
    cli.app.clock.advance(86_400_000);
    const commits = names.map((name) => {
      const [repository = "", id = ""] = name.split(":");
      const timestamp = new Date(Date.UTC(2026, 0, 9));
      return { id, repository, message: `about ${id}\nmore`, author_email: "eva@acme.test", author_name: "Eva", timestamp };
    });
    await cli.client.releases.create.mutate({ organization: "acme", version, projects: [project], commits });
  }
  const deploy = (version: string, environment: string) =>
    cli.client.deploys.create.mutate({ organization: "acme", version, environment, dateFinished: new Date(Date.UTC(2026, 5, 1)) });
  await deploy("web@1.0.0", "production");
  await deploy("web@2.0.0", "staging");
  await deploy("web@1.0.1", "canary");
});

afterAll(() => cli[Symbol.asyncDispose]());

const summaryOf = async (...args: readonly string[]) => {
  const { exit, out, err } = await cli.run(["compare", ...args]);
  expect([exit, err]).toEqual([0, ""]);
  return out.split("\n\n", 1)[0]?.trimEnd();
};

const AHEAD =
  "New in staging: 4 commits, 1 person, 0 files in 3 releases.\n1 of 3 releases has no commits.\nNothing in production is missing from staging.";

describe("compare", () => {
  test("compares environments of a project, as a range or as two arguments", async () => {
    expect(await summaryOf("--project", "web", "production..staging")).toBe(AHEAD);
    expect(await summaryOf("production", "staging")).toBe(AHEAD);
    expect(await summaryOf("env:production@web..env:staging@web")).toBe(AHEAD);
  });

  test("reports what is behind, the same, parted, and unrelated", async () => {
    expect(await summaryOf("staging..production")).toBe(
      "production is behind staging: 4 commits, 1 person, 0 files in 3 releases.\n1 of 3 releases has no commits.\nNothing in production is missing from staging.",
    );
    expect(await summaryOf("production", "web@1.0.0")).toBe("Both are the same release.");
    expect(await summaryOf("canary..staging")).toBe(
      "Their histories part after web@1.0.0.\nNew in staging: 4 commits, 1 person, 0 files in 3 releases.\n1 of 3 releases has no commits.\nMissing from staging, but in canary: 1 commit, 1 person, 0 files in 1 release.",
    );
    expect(await summaryOf("web@1.0.0", "api@1.0.0")).toContain("web@1.0.0 and api@1.0.0 have no project in common");
  });

  test("reads a name as an environment of the project, else as a version", async () => {
    expect(await summaryOf("production", "version:staging")).toContain("production and staging are releases of different packages");
    const { out } = await cli.run(["compare", "web@1.1.0", "staging"], { env: { SENTRY_PROJECT: "web,api" } });
    expect(out).toContain("web@1.1.0 and staging are releases of different packages");
  });

  test("lists commits, people, and releases", async () => {
    const { out } = await cli.run(["compare", "web@1.1.0", "web@2.0.0"]);
    expect(out).toMatch(
      /\n\nNew in web@2\.0\.0: commits \(2\)\nCOMMIT +REPOSITORY +DATE +AUTHOR +MESSAGE\ne +r +2026-01-09 00:00 UTC +Eva +about e\nd +s /,
    );
    expect(out).toMatch(/\n\nNew in web@2\.0\.0: people \(1\)\nPERSON +EMAIL +COMMITS\nEva +eva@acme\.test +2\n/);
    expect(out).toMatch(/\n\nNew in web@2\.0\.0: releases \(2\)\nRELEASE +COMMITS +DATE\nweb@2\.0\.0 +3 +\S+ \S+ UTC\nweb@1\.2\.0 +0 /);
    const short = await cli.run(["compare", "web@1.1.0", "web@2.0.0", "--limit", "1"]);
    expect(short.out).toContain("commits (first 1 of 2)");
  });

  test("prints the same as JSON and as Markdown", async () => {
    const json = await cli.run(["compare", "production..staging", "--json"]);
    expect(JSON.parse(json.out)).toMatchObject({
      relation: "ahead",
      line: { project: { slug: "web" }, package: "web" },
      added: { commits: { total: 4 }, releases: { total: 3 }, releasesWithoutCommits: 1 },
      missing: { commits: { total: 0 } },
    });
    const markdown = await cli.run(["compare", "production..staging", "--markdown"]);
    expect(markdown.out).toContain(
      `## production of web (\`web@1.0.0\`) → staging of web (\`web@2.0.0\`)\n\n${AHEAD.replaceAll("\n", " ")}\n`,
    );
    expect(markdown.out).toContain("### New in staging: commits (4)\n");
  });

  test.each([
    [["web@1.0.0"], 2, "Expected two versions or environments, but got only web@1.0.0."],
    [["a..b..c"], 2, "Expected two versions or environments, but got only a..b..c."],
    [["a..b", "--limit", "1001"], 2, "--limit can be at most 1000."],
    [["web@1.0.0", "web@9.0.0"], 21, "No release has this version"],
    [["production..nowhere"], 21, "No release has this version"],
    [["-p", "missing", "production..staging"], 21, ""],
  ] as const)("rejects %j", async (args, exit, message) => {
    const result = await cli.run(["compare", ...args]);
    expect([result.exit, result.out]).toEqual([exit, ""]);
    expect(result.err).toContain(message);
  });
});
