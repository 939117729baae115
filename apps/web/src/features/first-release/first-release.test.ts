import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { firstReleaseCommands, PIPELINE_NAMES, PIPELINES, REPORTING_CLIENTS } from "./first-release.ts";

const TARGET = { url: "https://landfall.example.test", organization: "acme", project: "web" };

/** Throws if a shell cannot parse the script. */
const checkSyntax = (script: string) => execFileSync("bash", ["-n"], { input: script });

/** The variables of the target, without the token. */
const SETTINGS = { SENTRY_URL: TARGET.url, SENTRY_ORG: "acme", SENTRY_PROJECT: "web" };

describe.each(REPORTING_CLIENTS)("the commands of %s", (client) => {
  test.each(["sntrys_secret", null])("set every variable of a release client, with the token %s", (token) => {
    const lines = firstReleaseCommands(client, TARGET, token);
    expect(lines.slice(0, 4)).toEqual([
      "export SENTRY_URL=https://landfall.example.test",
      "export SENTRY_ORG=acme",
      `export SENTRY_AUTH_TOKEN=${token ?? "'<your token>'"}`,
      "export SENTRY_PROJECT=web",
    ]);
    checkSyntax(lines.join("\n"));
  });
});

const GitHub = z.object({
  jobs: z.object({
    report: z.object({ env: z.record(z.string(), z.string()), steps: z.array(z.looseObject({ run: z.string().optional() })) }),
  }),
});
const GitLab = z.object({ "report-release": z.object({ variables: z.record(z.string(), z.string()), script: z.array(z.string()) }) });

const textOf = (name: keyof typeof PIPELINES): string => `${PIPELINES[name](TARGET).lines.join("\n")}\n`;

describe("the pipelines", () => {
  test("the workflow of GitHub is YAML with every variable and valid commands", () => {
    const { report } = GitHub.parse(parse(textOf("GitHub Actions"))).jobs;
    expect(report.env).toEqual({ ...SETTINGS, SENTRY_AUTH_TOKEN: "${{ secrets.SENTRY_AUTH_TOKEN }}" });
    const [script, ...more] = report.steps.flatMap(({ run }) => run ?? []);
    expect(more).toEqual([]);
    checkSyntax(script ?? "");
    expect(script).toContain("npx --yes @sentry/cli deploys new");
  });

  test("the job of GitLab is YAML with every variable and valid commands", () => {
    const { variables, script } = GitLab.parse(parse(textOf("GitLab CI")))["report-release"];
    expect(variables).toEqual({ GIT_DEPTH: "0", ...SETTINGS });
    checkSyntax(script.join("\n"));
    expect(script.join("\n")).toContain("npx --yes @sentry/cli deploys new");
  });

  test.each(PIPELINE_NAMES)("%s sets the project", (name) => {
    expect(textOf(name)).toMatch(/SENTRY_PROJECT(: | = ')web/);
  });
});
