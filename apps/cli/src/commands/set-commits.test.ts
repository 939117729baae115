import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runGit, scratchFolder, type ScratchRepository, scratchRepository } from "../../test/scratch-repository.ts";
import { serveCli, type ServedCli } from "../../test/serve-cli.ts";
import { PLAIN } from "../terminal/output.ts";
import { parseReference, setReleaseCommits } from "./set-commits.ts";

describe("set commits", () => {
  let cli: ServedCli;
  let repository: ScratchRepository;
  let project: string;
  let made = 0;

  beforeAll(async () => {
    cli = await serveCli();
  });
  afterAll(() => cli[Symbol.asyncDispose]());

  beforeEach(async () => {
    project = `commits-${++made}`;
    await cli.app.given.project("acme", project);
    repository = await scratchRepository();
    cli.app.clock.advance(1_000);
  });
  afterEach(() => repository[Symbol.asyncDispose]());

  const organization = "acme";

  const DEFAULTS = {
    auto: false,
    local: false,
    commit: [],
    clear: false,
    from: undefined,
    initialDepth: 20,
    ignoreMissing: false,
    path: [],
    repository: undefined,
    remote: undefined,
  };
  type Args = Parameters<typeof setReleaseCommits.run>[1];

  const set = (version: string, args: Partial<Args> = {}, options: { env?: Record<string, string>; cwd?: string } = {}) =>
    setReleaseCommits.run(cli.context({ cwd: repository.path, ...options, env: { SENTRY_PROJECT: project, ...options.env } }), {
      ...DEFAULTS,
      version,
      ...args,
    });

  const shas = async (version: string) =>
    (await cli.client.commits.ofRelease.query({ organization, version, per_page: 100 })).items.map(({ id }) => id);

  describe("releases set-commits from git", () => {
    test.each([{}, { auto: true }, { local: true }, { auto: true, local: true }])("%j", async (flags) => {
      const commits = [await repository.commit(), await repository.commit()];
      const version = `flags@${made}`;
      const done = await set(version, flags);
      expect(done).toEqual({ version, mode: "git", commits: 2, previous: null });
      expect(await shas(version)).toEqual(commits.toReversed());
      expect(done && setReleaseCommits.print(done, PLAIN)).toBe(`Set 2 commits for release ${version}`);
    });

    test("starts after the previous release", async () => {
      await repository.commit();
      await set("next@1");
      cli.app.clock.advance(1_000);
      const commit = await repository.commit();
      const done = await set("next@2");
      expect(done).toMatchObject({ commits: 1, previous: "next@1" });
      expect(done && setReleaseCommits.print(done, PLAIN)).toBe("Set 1 commit for release next@2, since next@1");
      expect(await shas("next@2")).toEqual([commit]);
    });

    test("does not change the release if there are no new commits", async () => {
      await repository.commit();
      await set("same@1");
      cli.app.clock.advance(1_000);
      const done = await set("same@2");
      expect(done).toMatchObject({ commits: 0, previous: "same@1" });
      expect(done && setReleaseCommits.print(done, PLAIN)).toBe("No new commits since same@1; release same@2 was not changed");
    });

    test("starts after --from", async () => {
      const from = await repository.commit();
      const commit = await repository.commit();
      expect(await set("from@1", { from: from.slice(0, 10) })).toMatchObject({ commits: 1 });
      expect(await shas("from@1")).toEqual([commit]);
      await expect(set("from@1", { from: "0".repeat(40) })).rejects.toMatchObject({
        exit: "input",
        message: expect.stringContaining("does not contain the commit"),
      });
    });

    test("fails if the previous commit is missing, unless --ignore-missing", async () => {
      await repository.commit();
      await set("gone@1");
      cli.app.clock.advance(1_000);
      await repository.commit();
      const folder = await scratchFolder();
      await runGit(folder.path, ["clone", "--quiet", "--depth=1", `file://${repository.path}`, "clone"]);
      const options = { cwd: `${folder.path}/clone` };
      await expect(set("gone@2", {}, options)).rejects.toMatchObject({ exit: "input", hint: expect.stringContaining("--ignore-missing") });
      expect(await shas("gone@2")).toEqual([]);
      expect(await set("gone@2", { ignoreMissing: true }, options)).toMatchObject({ commits: 1 });
      await folder[Symbol.asyncDispose]();
    });

    test("uses the given repository name", async () => {
      await repository.commit();
      await set("named@1", { repository: "acme/other", initialDepth: 1 });
      const { items } = await cli.client.commits.ofRelease.query({ organization, version: "named@1" });
      expect(items.map(({ repository: { name } }) => name)).toEqual(["acme/other"]);
    });

    test("requires an existing release without projects", async () => {
      await repository.commit();
      await expect(set("missing@1", {}, { env: { SENTRY_PROJECT: "" } })).rejects.toMatchObject({ code: "not_found" });
    });
  });

  describe("releases set-commits by hash", () => {
    test("sets the head commits of known repositories", async () => {
      await repository.commit();
      await set("known@1");
      cli.app.clock.advance(1_000);
      const done = await set("heads@1", { commit: ["acme/web@abc123..def456"] });
      expect(done).toMatchObject({ mode: "refs", previous: null });
      expect(done && setReleaseCommits.print(done, PLAIN)).toBe("Set the head commits of release heads@1");
    });

    test("rejects an unknown repository", async () => {
      await expect(set("heads@2", { commit: ["nobody/nothing@abc"] })).rejects.toMatchObject({
        code: "invalid",
        issues: [{ path: ["refs"], message: "Invalid repository names: nobody/nothing" }],
      });
    });

    test("removes the commits with --clear", async () => {
      await repository.commit();
      await set("clear@1");
      const done = await set("clear@1", { clear: true });
      expect(done).toEqual({ version: "clear@1", mode: "clear", commits: 0, previous: null });
      expect(done && setReleaseCommits.print(done, PLAIN)).toBe("Removed the commits of release clear@1");
      expect(await shas("clear@1")).toEqual([]);
    });

    test.each([
      { auto: true, clear: true },
      { local: true, commit: ["a@b"] },
      { clear: true, commit: ["a@b"] },
    ])("rejects %j", async (args) => {
      await expect(set("mixed@1", args)).rejects.toMatchObject({ exit: "usage" });
    });
  });

  test("sends only the commits that changed something at the paths", async () => {
    const web = await repository.commit({ write: { "apps/web/a": "1", "README.md": "1" } });
    await repository.commit({ write: { "apps/api/a": "1" } });
    const shared = await repository.commit({ write: { "packages/ui/a": "1" } });
    expect(await set("paths@1", { path: ["web", "../packages/ui"] }, { cwd: join(repository.path, "apps") })).toMatchObject({ commits: 2 });
    expect(await shas("paths@1")).toEqual([shared, web]);
    await repository.commit({ write: { "apps/api/a": "2" } });
    expect(await set("paths@2", { path: ["apps/web"] })).toMatchObject({ commits: 0, previous: "paths@1" });
  });

  test("prints all writes in a dry run and sends none", async () => {
    await repository.commit();
    const context = cli.context({ cwd: repository.path, isDryRun: true, env: { SENTRY_PROJECT: project } });
    await setReleaseCommits.run(context, { ...DEFAULTS, version: "dry@1" });
    expect(context.planned).toMatchObject([
      { call: "releases.create", input: { projects: [project] } },
      { call: "releases.update", input: { version: "dry@1", commits: [{ repository: "acme/web", author_email: "ada@acme.test" }] } },
      { call: "repositories.reportUrl", input: { name: "acme/web", url: "https://git.example.test/acme/web" } },
    ]);
    await expect(shas("dry@1")).rejects.toMatchObject({ code: "not_found" });
  });
});

test.each([
  ["acme/web@4f2c9a1", { repository: "acme/web", commit: "4f2c9a1" }],
  ["acme/web@1b2c3d4..4f2c9a1", { repository: "acme/web", previousCommit: "1b2c3d4", commit: "4f2c9a1" }],
  ["git@host:acme/web@abc", { repository: "git@host:acme/web", commit: "abc" }],
  ["My Repo@abc", { repository: "My Repo", commit: "abc" }],
])("%s", (text, expected) => {
  expect(parseReference(text)).toEqual(expected);
});

test.each(["", "acme/web", "@abc", "acme/web@", "acme/web@..abc", "acme/web@a..", "acme/web@a..b..c"])("rejects %j", (text) => {
  expect(() => parseReference(text)).toThrow(expect.objectContaining({ exit: "usage", hint: expect.stringContaining("acme/web@") }));
});
