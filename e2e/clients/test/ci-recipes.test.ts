import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { clientBench } from "../src/client-bench.ts";
import { type ProgramEnvironment, repositoryRoot, runProgram, type ScratchDirectory, scratchDirectory } from "../src/run-program.ts";
import { FIRST_RELEASE, type PlannedCommit, scratchRepository } from "../src/scratch-repository.ts";
import { storedArtifacts } from "../src/stored-artifacts.ts";

const bench = clientBench();

const readDeployFile = (...parts: string[]) => readFile(join(repositoryRoot, "deploy", ...parts), "utf8");

const Action = z.object({
  inputs: z.record(z.string(), z.object({ required: z.boolean(), default: z.string().optional() })),
  outputs: z.record(z.string(), z.object({ value: z.string() })),
  runs: z.object({
    using: z.literal("composite"),
    steps: z.tuple([z.object({ id: z.string(), shell: z.literal("bash"), env: z.record(z.string(), z.string()), run: z.string() })]),
  }),
});

/** A commit after the history of the first release, which an earlier test may have reported. */
const laterCommit = (file: string): PlannedCommit => ({
  author: { name: "Ada Lovelace", email: "ada@acme.test" },
  date: "2026-06-01T10:00:00+02:00",
  message: `Change ${file}`,
  write: { [file]: "changed\n" },
});

/** Runs bash as a GitHub runner does, which stops at the first failed command. */
const bash = (script: string, options: { cwd: string; env: ProgramEnvironment }) =>
  runProgram("bash", ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], options);

type Run = { readonly cwd: string; readonly inputs: Readonly<Record<string, string>>; readonly env?: ProgramEnvironment };

/** Runs the action as a GitHub runner does: evaluates its expressions, and reads the outputs from the file in GITHUB_OUTPUT. */
async function runAction({ cwd, inputs, env = {} }: Run, temporary: ScratchDirectory) {
  const action = Action.parse(parse(await readDeployFile("github-action", "action.yml")));
  const [step] = action.runs.steps;
  const unknown = Object.keys(inputs).filter((name) => !(name in action.inputs));
  expect(unknown).toEqual([]);
  const valueOf = (expression: string): string => {
    const name = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1] ?? "";
    return inputs[name] ?? z.string().parse(action.inputs[name]?.default);
  };
  const outputFile = join(temporary.path, "outputs");
  await writeFile(outputFile, "");
  const result = await bash(step.run, {
    cwd,
    env: {
      ...Object.fromEntries(Object.entries(step.env).map(([name, expression]) => [name, valueOf(expression)])),
      RUNNER_TEMP: temporary.path,
      GITHUB_OUTPUT: outputFile,
      GITHUB_ACTIONS: "true",
      GITHUB_SERVER_URL: "https://github.example.test",
      GITHUB_REPOSITORY: "acme/web",
      GITHUB_RUN_ID: "4711",
      ...env,
    },
  });
  const lines = (await readFile(outputFile, "utf8")).split("\n").filter((line) => line !== "");
  return { ...result, outputs: Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2))) };
}

describe("the GitHub action", () => {
  const inputs = () => ({ url: `${bench.server.url}/`, token: bench.server.ciToken, projects: "web, api", environment: "production" });

  test("reports the commit of the run with its commits and deploy, and the same again once", async () => {
    await using repository = await scratchRepository(FIRST_RELEASE);
    await using temporary = await scratchDirectory("runner");
    const version = repository.sha(0);
    const run = {
      cwd: repository.path,
      inputs: inputs(),
      env: { GITHUB_SHA: version, GITHUB_REF_TYPE: "branch", GITHUB_REF_NAME: "main" },
    };
    for (let time = 0; time < 2; time += 1) {
      expect(await runAction(run, temporary)).toMatchObject({
        code: 0,
        stderr: "",
        outputs: { version, url: `${bench.server.url}/organizations/acme/releases/${version}/` },
      });
    }
    const release = await bench.api.release(version);
    expect(release).toMatchObject({ commitCount: FIRST_RELEASE.length, deployCount: 1, lastDeploy: { environment: "production" } });
    expect(release.projects.map(({ slug }) => slug).toSorted()).toEqual(["api", "web"]);
    expect(release.dateReleased).not.toBeNull();
  });

  test("passes folders, paths, and a version, and does not run what is in an input", async () => {
    await using repository = await scratchRepository(FIRST_RELEASE);
    await using temporary = await scratchDirectory("runner");
    const [, web] = await repository.commit([laterCommit("api/app.js"), laterCommit("web/app.js")]);
    const version = 'it"s $(touch pwned) `touch pwned`';
    const all = { ...inputs(), version, sourcemaps: "web\n", paths: "web\n" };
    const { code, outputs } = await runAction({ cwd: repository.path, inputs: all, env: { GITHUB_SHA: repository.sha(0) } }, temporary);
    expect({ code, version: outputs["version"] }).toEqual({ code: 0, version });
    await expect(readFile(join(repository.path, "pwned"))).rejects.toThrow("ENOENT");
    expect((await bench.api.commits(version)).map(({ id }) => id)).toEqual([web]);
    expect(await storedArtifacts(bench.server).bundles(version)).toMatchObject([{ fileCount: 1 }]);
  });

  test("warns if the release cannot be reported, and fails only with allow-failure: false", async () => {
    await using repository = await scratchRepository(FIRST_RELEASE);
    await using temporary = await scratchDirectory("runner");
    const wrong = { ...inputs(), token: `sntryu_${"0".repeat(64)}`, organization: "acme" };
    const run = { cwd: repository.path, inputs: wrong, env: { GITHUB_SHA: repository.sha(0) } };
    const allowed = await runAction(run, temporary);
    expect(allowed).toMatchObject({ code: 0, stdout: expect.stringContaining("::warning title=Landfall::"), outputs: {} });
    expect(allowed.stderr).toContain("Invalid token");
    const strict = await runAction({ ...run, inputs: { ...wrong, "allow-failure": "false" } }, temporary);
    expect(strict).toMatchObject({ code: 1, stdout: "" });
  });
});

test("the GitLab job reports a tag", async () => {
  await using repository = await scratchRepository([...FIRST_RELEASE, laterCommit("gitlab")]);
  const Job = z.object({ "report-release": z.object({ variables: z.record(z.string(), z.string()), script: z.array(z.string()) }) });
  const { "report-release": job } = Job.parse(parse(await readDeployFile("ci", "gitlab-ci.yml")));
  const variables = { GITLAB_CI: "true", CI_COMMIT_TAG: "gitlab@1.0.0", CI_COMMIT_SHA: repository.sha(0), CI_PIPELINE_ID: "7" };
  const env = { ...job.variables, ...variables, SENTRY_URL: bench.server.url, SENTRY_AUTH_TOKEN: bench.server.ciToken };
  expect(await bash(job.script.join("\n"), { cwd: repository.path, env })).toMatchObject({ code: 0, stderr: "" });
  expect(await bench.api.release("gitlab@1.0.0")).toMatchObject({
    commitCount: 1,
    lastCommit: { message: "Change gitlab" },
    lastDeploy: { environment: "production", name: "GitLab 7" },
  });
});

test("the Jenkins pipeline reports its commit", async () => {
  await using repository = await scratchRepository([...FIRST_RELEASE, laterCommit("jenkins")]);
  const pipeline = await readDeployFile("ci", "Jenkinsfile");
  const commands = [...pipeline.matchAll(/^ +sh '([^']+)'$/gm)].map(([, command]) => command);
  expect(commands).toHaveLength(2);
  const project = /SENTRY_PROJECT = '(\w+)'/.exec(pipeline)?.[1];
  const variables = { JENKINS_URL: "https://ci.example.test/", GIT_COMMIT: repository.sha(0), BUILD_TAG: "jenkins-web-12" };
  const env = { ...variables, SENTRY_PROJECT: project, SENTRY_URL: bench.server.url, SENTRY_AUTH_TOKEN: bench.server.ciToken };
  expect(await bash(commands.join("\n"), { cwd: repository.path, env })).toMatchObject({ code: 0, stderr: "" });
  expect(await bench.api.release(repository.sha(0))).toMatchObject({ lastDeploy: { environment: "production" } });
});
