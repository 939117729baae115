import { describe, expect, test } from "vitest";
import { builtSite } from "../src/built-site.ts";
import { clientBench } from "../src/client-bench.ts";
import { commitFacts, expectedCommits } from "../src/expected-commits.ts";
import { releasePath } from "../src/rest-api.ts";
import { FIRST_RELEASE, scratchRepository, SECOND_RELEASE } from "../src/scratch-repository.ts";
import { storedArtifacts } from "../src/stored-artifacts.ts";

const bench = clientBench();

// The commands that release tools run, in their order and with their environment (clients.md 5).
describe("release tools built on sentry-cli 2.58", () => {
  test("the GitHub Action releases two projects, and later steps for one of them keep both", async () => {
    await using repository = await scratchRepository(FIRST_RELEASE);
    const options = {
      cwd: repository.path,
      env: { SENTRY_PIPELINE: "github-action-release/3.7.0", SENTRY_AUTH_TOKEN: bench.server.ciToken },
    };
    const run = (...args: string[]) => bench.run("2.58", ["releases", ...args], options);
    const version = (await run("propose-version")).stdout.trim();
    expect(version).toBe(repository.sha(0));
    const commands = [
      ["new", version, "-p", "web", "-p", "api"],
      ["set-commits", version, "--auto", "--ignore-missing", "--ignore-empty"],
      ["deploys", version, "new", "-e", "production", "--started", "1778320800"],
      ["finalize", version],
    ];
    for (const command of commands) expect({ command, ...(await run(...command)) }).toMatchObject({ command, code: 0 });

    const release = await bench.api.release(version);
    expect(release.projects.map(({ slug }) => slug).toSorted()).toEqual(["api", "web"]);
    expect(release.dateReleased).not.toBeNull();
    expect(release).toMatchObject({ deployCount: 1, commitCount: FIRST_RELEASE.length, lastDeploy: { environment: "production" } });
    expect(commitFacts(await bench.api.commits(version))).toEqual(expectedCommits(FIRST_RELEASE, repository.shas));
    const { body } = await bench.api.send("GET", releasePath(version));
    expect(body).toMatchObject({ userAgent: "sentry-cli/2.58.6 github-action-release/3.7.0" });
  });

  test("the GitHub Action uploads for two projects at once, from the same files", async () => {
    await using site = await builtSite("for two projects");
    const run = (args: readonly string[], project: string) =>
      bench.run("2.58", ["sourcemaps", ...args, "."], {
        cwd: site.path,
        env: { SENTRY_PROJECT: project, SENTRY_AUTH_TOKEN: bench.server.ciToken },
      });
    expect(await run(["inject"], "web")).toMatchObject({ code: 0 });
    const upload = ["upload", "--release", "two@1", "--wait"];
    const results = await Promise.all([run(upload, "web"), run(upload, "api")]);
    for (const result of results) expect(result).toMatchObject({ code: 0, stdout: expect.stringContaining("File processing complete") });
    for (const project of ["web", "api"] as const) {
      const stored = storedArtifacts(bench.server, project);
      expect(await stored.lookUp({ url: "~/app.js", release: "two@1" })).toMatchObject([{ type: "bundle", resolved_with: "index" }]);
      expect(await stored.bundles("two@1")).toMatchObject([{ fileCount: 2, associations: [{ release: "two@1", dist: null }] }]);
    }
  });

  test("a bundler plugin creates twice, sets commits, finalizes, and deploys", async () => {
    await using repository = await scratchRepository(FIRST_RELEASE);
    const options = { cwd: repository.path, env: { SENTRY_PIPELINE: "esbuild-plugin/10.78.0" } };
    const run = (...args: string[]) => bench.run("2.58", ["releases", ...args], options);
    const commands = [
      ["new", "app@1"],
      ["set-commits", "app@1", "--auto", "--ignore-missing"],
      ["finalize", "app@1"],
      ["deploys", "app@1", "new", "-e", "production"],
    ];
    for (const command of commands) expect({ command, ...(await run(...command)) }).toMatchObject({ command, code: 0 });
    expect(await bench.api.release("app@1")).toMatchObject({ deployCount: 1, projects: [{ slug: "web" }] });
  });

  test("six concurrent jobs for one version create one release with all deploys", async () => {
    await using repository = await scratchRepository(SECOND_RELEASE);
    const job = async (environment: string) => {
      const results = [];
      for (const args of [
        ["new", "race@1"],
        ["set-commits", "race@1", "--local", "--ignore-missing"],
        ["deploys", "race@1", "new", "-e", environment],
        ["finalize", "race@1"],
      ]) {
        results.push(await bench.run("2.58", ["releases", ...args], { cwd: repository.path }));
      }
      return results;
    };
    const results = await Promise.all(["e1", "e2", "e3", "e4", "e5", "e6"].map(job));
    expect(results.flat().filter(({ code }) => code !== 0)).toEqual([]);
    expect(await bench.api.release("race@1")).toMatchObject({ deployCount: 6, projects: [{ slug: "web" }] });
    // Each job sent its whole history; the list is replaced, never extended.
    expect(commitFacts(await bench.api.commits("race@1"))).toEqual(expectedCommits(SECOND_RELEASE, repository.shas));
    expect((await bench.api.deploys("race@1")).map(({ environment }) => environment).toSorted()).toEqual([
      "e1",
      "e2",
      "e3",
      "e4",
      "e5",
      "e6",
    ]);
  });
});
