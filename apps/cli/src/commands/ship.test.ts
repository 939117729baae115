import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runGit, scratchFolder, type ScratchRepository, scratchRepository } from "../../test/scratch-repository.ts";
import { serveCli, type ServedCli } from "../../test/serve-cli.ts";
import { isCliError } from "../system/errors.ts";
import { ship, type Shipped } from "./ship.ts";

let cli: ServedCli;
let repository: ScratchRepository;
let folder: Awaited<ReturnType<typeof scratchFolder>>;

/** Each test uses its own project, so that it does not find the releases of others. */
let project: string;

let made = 0;

beforeAll(async () => {
  cli = await serveCli();
});

afterAll(() => cli[Symbol.asyncDispose]());

beforeEach(async () => {
  cli.intercept = () => null;
  project = `ship-${++made}`;
  await cli.app.given.project("acme", project);
  repository = await scratchRepository();
  folder = await scratchFolder();
});

afterEach(async () => {
  await repository[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const DEFAULTS = {
  version: undefined,
  environment: undefined,
  name: undefined,
  deployUrl: undefined,
  releaseUrl: undefined,
  initialDepth: 20,
  repository: undefined,
  remote: undefined,
  sourcemaps: [],
  urlPrefix: undefined,
  path: [],
  createProject: false,
  skipCommits: false,
  skipFinalize: false,
  forceDeploy: false,
};

type Options = { env?: Record<string, string>; cwd?: string; isDryRun?: boolean; answer?: boolean | null };

async function shipIt(args: Partial<Parameters<typeof ship.run>[1]> = {}, options: Options = {}): Promise<Shipped> {
  const context = cli.context({ cwd: repository.path, ...options, env: { SENTRY_PROJECT: project, ...options.env } });
  const shipped = await ship.run(context, { ...DEFAULTS, ...args });
  if (!shipped) throw new Error("nothing was shipped");
  return shipped;
}

const releaseOf = (version: string) => cli.client.releases.get.query({ organization: "acme", version });

const commitsOf = async (version: string) =>
  (await cli.client.commits.ofRelease.query({ organization: "acme", version, per_page: 100 })).items;

const filesOf = async (version: string) =>
  (await cli.client.commits.files.query({ organization: "acme", version, per_page: 100 })).items
    .map(({ type, filename }) => `${type} ${filename}`)
    .toSorted((a, b) => (a < b ? -1 : 1));

const deploysOf = async (version: string) => (await cli.client.deploys.list.query({ organization: "acme", version, all: true })).items;

describe("ship", () => {
  test("records the release, its commits, its release date, and the deploy", async () => {
    await repository.commit({
      message: "First\n\nWith a body.",
      author: "Grace Hopper",
      email: "Grace@acme.test",
      write: { "a.txt": "1", "old name.txt": "2" },
    });
    const head = await repository.commit({ message: "Second", write: { "a.txt": "2" }, move: [["old name.txt", "dir/näme.txt"]] });
    await repository.git("tag", "web@1.0.0");

    const shipped = await shipIt({ environment: "production" });
    expect(shipped).toMatchObject({ version: "web@1.0.0", created: true, commits: 2, previous: null, projects: [project], warnings: [] });
    expect(shipped.url).toBe(`${cli.url}/organizations/acme/releases/web%401.0.0/`);
    expect(shipped.deploy).toMatchObject({ environment: "production", name: null, created: true });

    const release = await releaseOf("web@1.0.0");
    expect(release).toMatchObject({
      ref: head,
      commitCount: 2,
      deployCount: 1,
      dateReleased: "2026-01-02T03:04:05Z",
      projects: [{ slug: project }],
    });
    expect(release.lastCommit).toMatchObject({ id: head, repository: { name: "acme/web" } });
    const commits = await commitsOf("web@1.0.0");
    expect(commits.map(({ message, author, dateCreated }) => ({ message, author, dateCreated }))).toEqual([
      { message: "Second", author: { name: "Ada Lovelace", email: "ada@acme.test" }, dateCreated: "2026-01-01T00:02:00Z" },
      { message: "First\n\nWith a body.", author: { name: "Grace Hopper", email: "grace@acme.test" }, dateCreated: "2026-01-01T00:01:00Z" },
    ]);
    expect(await filesOf("web@1.0.0")).toEqual(["A a.txt", "A dir/näme.txt", "A old name.txt", "D old name.txt", "M a.txt"]);
  });

  test("prints one line with the URL", async () => {
    await repository.commit();
    const shipped = await shipIt({ version: "line@1", environment: "staging" });
    const same = (text: string) => text;
    const line = ship.print(shipped, { bold: same, dim: same, green: same, yellow: same, red: same });
    expect(line).toBe(`line@1: 1 commit, finalized, deployed to staging. ${cli.url}/organizations/acme/releases/line%401/`);
  });

  test("sends the commits since the previous release", async () => {
    await repository.commit();
    await shipIt({ version: "since@1" });
    cli.app.clock.advance(1_000);
    const shas = [await repository.commit(), await repository.commit()];
    expect(await shipIt({ version: "since@2" })).toMatchObject({ commits: 2, previous: "since@1" });
    expect((await commitsOf("since@2")).map(({ id }) => id)).toEqual(shas.toReversed());
  });

  test("changes nothing the second time", async () => {
    await repository.commit();
    await shipIt({ version: "again@1" });
    cli.app.clock.advance(1_000);
    await repository.commit();
    await repository.commit();
    await shipIt({ version: "again@2", environment: "production", name: "build 7" });
    const first = [await releaseOf("again@2"), await commitsOf("again@2"), await deploysOf("again@2")];
    cli.app.clock.advance(60_000);
    const second = await shipIt({ version: "again@2", environment: "production", name: "build 7" });
    expect(second).toMatchObject({ created: false, commits: 2, previous: "again@1", deploy: { name: "build 7", created: false } });
    expect([await releaseOf("again@2"), await commitsOf("again@2"), await deploysOf("again@2")]).toEqual(first);
  });

  test.each([
    ["another environment", { environment: "staging" }, 2],
    ["another name", { environment: "production", name: "two" }, 2],
    ["--force-deploy", { environment: "production", name: "one", forceDeploy: true }, 2],
    ["the same", { environment: " production ", name: " one " }, 1],
  ])("records a deploy to %s only as needed", async (_, args, deploys) => {
    await repository.commit();
    const version = `deploys@${made}`;
    await shipIt({ version, environment: "production", name: "one" });
    await shipIt({ version, ...args });
    expect(await deploysOf(version)).toHaveLength(deploys);
  });

  test("uses the name and the URL of the CI run for the deploy", async () => {
    await repository.commit();
    const env = {
      GITHUB_ACTIONS: "true",
      GITHUB_SHA: "abc",
      GITHUB_RUN_ID: "42",
      GITHUB_SERVER_URL: "https://github.example",
      GITHUB_REPOSITORY: "acme/web",
      SENTRY_ENVIRONMENT: "production",
    };
    const version = `ci@${made}`;
    await shipIt({ version }, { env });
    await shipIt({ version }, { env });
    await shipIt({ version }, { env: { ...env, GITHUB_RUN_ID: "43" } });
    expect((await deploysOf(version)).map(({ name, url }) => [name, url])).toEqual([
      ["GitHub 43", "https://github.example/acme/web/actions/runs/43"],
      ["GitHub 42", "https://github.example/acme/web/actions/runs/42"],
    ]);
  });

  test("does not change the commits if there are no new ones", async () => {
    await repository.commit();
    await shipIt({ version: "same@1" });
    cli.app.clock.advance(1_000);
    expect(await shipIt({ version: "same@2" })).toMatchObject({ commits: 0, previous: "same@1" });
    expect(await releaseOf("same@2")).toMatchObject({ commitCount: 0, dateReleased: expect.any(String) });
  });

  test("skips commits, finalize, and deploy on request", async () => {
    await repository.commit();
    expect(await shipIt({ version: "less@1", skipCommits: true, skipFinalize: true })).toMatchObject({
      commits: 0,
      dateReleased: null,
      deploy: null,
    });
    expect(await releaseOf("less@1")).toMatchObject({ commitCount: 0, dateReleased: null, deployCount: 0 });
  });

  test("sends the newest commits for the first release, up to --initial-depth", async () => {
    for (let index = 0; index < 25; index += 1) await repository.commit();
    expect(await shipIt({ version: "deep@1" })).toMatchObject({ commits: 20 });
    expect(await shipIt({ version: "deep@2-other", initialDepth: 3 }, { env: { SENTRY_PROJECT: "api" } })).toMatchObject({ commits: 3 });
  });

  test("starts at the shipped commit, independent of commit dates", async () => {
    await repository.commit({ date: "2026-01-01T12:00:00Z" });
    await repository.commit({ message: "cherry-picked", date: "2020-01-01T00:00:00Z" });
    await shipIt({ version: "dates@1" });
    cli.app.clock.advance(1_000);
    const next = await repository.commit();
    expect(await shipIt({ version: "dates@2" })).toMatchObject({ commits: 1, previous: "dates@1" });
    expect((await commitsOf("dates@2")).map(({ id }) => id)).toEqual([next]);
  });

  test("continues after releases of sentry-cli", async () => {
    const first = await repository.commit();
    await cli.client.releases.create.mutate({
      organization: "acme",
      version: "rust@1",
      projects: [project],
      commits: [{ id: first, repository: "origin" }],
    });
    cli.app.clock.advance(1_000);
    await repository.commit();
    expect(await shipIt({ version: "rust@2" })).toMatchObject({ commits: 1, previous: "rust@1" });
  });

  test("skips releases of another repository", async () => {
    await repository.commit();
    await shipIt({ version: "mine@1" });
    cli.app.clock.advance(1_000);
    const other = {
      organization: "acme",
      version: "other@1",
      projects: [project],
      commits: [{ id: "f".repeat(40), repository: "acme/other" }],
    };
    await cli.client.releases.create.mutate(other);
    cli.app.clock.advance(1_000);
    await repository.commit();
    expect(await shipIt({ version: "mine@2" })).toMatchObject({ commits: 1, previous: "mine@1", warnings: [] });
  });

  test("sends the commits of a hotfix branch, and none for an older commit", async () => {
    await repository.commit();
    const base = await repository.commit();
    await repository.commit();
    await shipIt({ version: "line@2.0" });
    cli.app.clock.advance(1_000);
    await repository.git("checkout", "--quiet", "-b", "hotfix", base);
    expect(await shipIt({ version: "line@1.9" })).toMatchObject({ commits: 0 });
    cli.app.clock.advance(1_000);
    const fix = await repository.commit({ message: "Fix" });
    await shipIt({ version: "line@1.9.1" });
    expect((await commitsOf("line@1.9.1")).map(({ id }) => id)).toEqual([fix]);
  });

  test("warns in a shallow clone without the previous commit, and sends no files for its last commit", async () => {
    await repository.commit({ write: { "a.txt": "1", "b.txt": "1" } });
    await shipIt({ version: "shallow@1" });
    cli.app.clock.advance(1_000);
    for (const text of ["2", "3", "4"]) await repository.commit({ write: { "a.txt": text } });
    await runGit(folder.path, ["clone", "--quiet", "--depth=2", `file://${repository.path}`, "clone"]);
    const shipped = await shipIt({ version: "shallow@2" }, { cwd: `${folder.path}/clone` });
    expect(shipped).toMatchObject({ commits: 2 });
    expect(shipped.warnings).toEqual([expect.stringMatching(/shallow clone.*git fetch --unshallow/)]);
    expect(await filesOf("shallow@2")).toEqual(["M a.txt"]);
  });

  test("sends a long history in parts, and shows progress", async () => {
    await repository.importHistory(2_500);
    const argv = ["ship", "long@1", "--initial-depth", "5000"];
    const ran = await cli.run(argv, { cwd: repository.path, isTerminal: true, env: { SENTRY_PROJECT: project, NO_COLOR: "1" } });
    expect(ran).toMatchObject({ exit: 0, out: expect.stringContaining("long@1: 2,500 commits") });
    const shown = [...ran.err.matchAll(/sending commits \[[#-]+\] (\d+) % /g)].map(([, share]) => Number(share));
    expect(shown).toEqual([0, 40, 80, 100]);
    expect(ran.err).toMatch(/reading commits .*\r +\r/);
    expect(await releaseOf("long@1")).toMatchObject({ commitCount: 2_500, lastCommit: { message: "Change 2500" } });
  });

  test("reports the URL of the remote, which never replaces another, and goes on if the server cannot store it", async () => {
    await repository.commit({ write: { "a.txt": "1" } });
    const name = `acme/url-${project}`;
    const urlOf = async () => (await cli.client.repositories.list.query({ organization: "acme", query: name })).items.map(({ url }) => url);
    cli.intercept = ({ url }) => (url.includes("repositories.reportUrl") ? new Response("{}", { status: 404 }) : null);
    await shipIt({ version: `${project}@1`, repository: name });
    expect(await urlOf()).toEqual([null]);
    cli.intercept = () => null;
    await shipIt({ version: `${project}@2`, repository: name });
    expect(await urlOf()).toEqual(["https://git.example.test/acme/web"]);
    await runGit(repository.path, ["remote", "set-url", "origin", "https://ada:secret@other.test/acme/web.git"]);
    await shipIt({ version: `${project}@3`, repository: name });
    expect(await urlOf()).toEqual(["https://git.example.test/acme/web"]);
  });

  describe("a project that does not exist", () => {
    const slugs = async () => (await cli.client.projects.list.query({ organization: "acme", query: "new-" })).items.map(({ slug }) => slug);
    const missing = () => ({ SENTRY_PROJECT: `new-${project}` });

    test("is an error that names it and the option that creates it", async () => {
      await repository.commit();
      for (const answer of [null, false]) {
        await expect(shipIt({ version: "new@1" }, { env: missing(), answer })).rejects.toMatchObject({
          exit: "input",
          message: `Project new-${project} does not exist in organization acme.`,
          hint: expect.stringContaining("--create-project"),
        });
      }
      expect(await slugs()).not.toContain(`new-${project}`);
      await expect(releaseOf("new@1")).rejects.toMatchObject({ code: "not_found" });
    });

    test.each<[string, { createProject: boolean }, Options]>([
      ["--create-project", { createProject: true }, {}],
      ["an answer in the terminal", { createProject: false }, { answer: true }],
    ])("is created with %s", async (_, args, options) => {
      await repository.commit();
      const shipped = await shipIt({ version: `new-${project}@1`, ...args }, { ...options, env: missing() });
      expect(shipped).toMatchObject({ created: true, projects: [`new-${project}`], commits: 1 });
      expect(await slugs()).toContain(`new-${project}`);
    });

    test("is planned in a dry run with --create-project, and an existing one is not", async () => {
      await repository.commit();
      const env = { SENTRY_PROJECT: `new-${project},${project}` };
      const context = cli.context({ cwd: repository.path, isDryRun: true, env });
      await ship.run(context, { ...DEFAULTS, version: "dry@3", createProject: true, skipCommits: true, skipFinalize: true });
      expect(context.planned.map(({ call }) => call)).toEqual(["projects.create", "releases.create"]);
      expect(await slugs()).not.toContain(`new-${project}`);
    });
  });

  test("sends only the commits of a part of a monorepo, with all their files", async () => {
    await repository.commit({ write: { "apps/web/a": "1" } });
    await shipIt({ version: "mono-web@1", path: ["apps/web"] });
    cli.app.clock.advance(1_000);
    const change = await repository.commit({ write: { "apps/web/a": "2", "packages/ui/a": "1" } });
    await repository.commit({ write: { "apps/api/a": "1" } });
    expect(await shipIt({ version: "mono-web@2", path: ["apps/web"] })).toMatchObject({ commits: 1, previous: "mono-web@1" });
    expect((await commitsOf("mono-web@2")).map(({ id }) => id)).toEqual([change]);
    expect(await filesOf("mono-web@2")).toEqual(["A packages/ui/a", "M apps/web/a"]);
  });

  test("prints all writes in a dry run and sends none", async () => {
    await repository.commit();
    const context = cli.context({ cwd: repository.path, isDryRun: true, env: { SENTRY_PROJECT: project } });
    const before = cli.requests.length;
    await ship.run(context, { ...DEFAULTS, version: "dry@1", environment: "production" });
    expect(context.planned.map(({ call }) => call)).toEqual([
      "releases.create",
      "releases.update",
      "repositories.reportUrl",
      "releases.update",
      "deploys.create",
    ]);
    expect(cli.requests.slice(before).every(({ method }) => method === "GET")).toBe(true);
    await expect(releaseOf("dry@1")).rejects.toMatchObject({ code: "not_found" });
  });

  test("plans only the missing writes in a dry run of a shipped version", async () => {
    await repository.commit();
    await shipIt({ version: "dry@2", environment: "production" });
    const context = cli.context({ cwd: repository.path, isDryRun: true, env: { SENTRY_PROJECT: project } });
    await ship.run(context, { ...DEFAULTS, version: "dry@2", environment: "production" });
    expect(context.planned.map(({ call }) => call)).toEqual(["releases.create", "releases.update", "repositories.reportUrl"]);
  });

  test.each([
    ["no git repository", async () => ({ cwd: folder.path }), "input", "not inside a git repository"],
    ["no commit", async () => ({}), "input", "has no commits"],
    ["no project", async () => (await repository.commit(), { env: { SENTRY_PROJECT: "" } }), "input", "No project configured"],
    ["no organization", async () => (await repository.commit(), { env: { SENTRY_ORG: "" } }), "input", "No organization configured"],
    ["no token", async () => (await repository.commit(), { env: { SENTRY_AUTH_TOKEN: "" } }), "auth", "No token"],
    [
      "a tag that is not a valid version",
      async () => (await repository.commit(), await repository.git("tag", "release/1"), {}),
      "input",
      "slash",
    ],
  ])("reports the cause: %s", async (_, arrange, exit, message) => {
    const options = await arrange();
    const error: unknown = await shipIt({}, options).catch((reason: unknown) => reason);
    if (!isCliError(error)) throw new Error(`expected a CliError, got ${String(error)}`);
    expect(error.exit).toBe(exit);
    expect(error.message).toContain(message);
    expect(error.hint).not.toBeNull();
  });
});
