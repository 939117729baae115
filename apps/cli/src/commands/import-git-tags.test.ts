import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ScratchRepository, scratchRepository } from "../../test/scratch-repository.ts";
import { serveCli, type ServedCli } from "../../test/serve-cli.ts";

let cli: ServedCli;
let repository: ScratchRepository;

/** Each test uses its own project and versions. */
let project: string;

let made = 0;

beforeAll(async () => {
  cli = await serveCli();
});

afterAll(() => cli[Symbol.asyncDispose]());

beforeEach(async () => {
  cli.intercept = () => null;
  project = `import-${++made}`;
  await cli.app.given.project("acme", project);
  repository = await scratchRepository();
});

afterEach(() => repository[Symbol.asyncDispose]());

const run = (...argv: string[]) => cli.run(["import", "git-tags", ...argv], { cwd: repository.path, env: { SENTRY_PROJECT: project } });

const releaseOf = (version: string) => cli.client.releases.get.query({ organization: "acme", version });

const commitsOf = async (version: string) =>
  (await cli.client.commits.ofRelease.query({ organization: "acme", version, per_page: 100 })).items.map(({ id }) => id);

/** Creates commits with these tags, one day apart. Returns their hashes. */
async function givenTags(...tags: (string | null)[]): Promise<string[]> {
  const shas: string[] = [];
  for (const tag of tags) {
    const date = new Date(Date.UTC(2025, 0, shas.length + 1)).toISOString();
    shas.push(await repository.commit({ date, write: { file: String(shas.length) } }));
    if (tag !== null) await repository.git("tag", tag);
  }
  return shas;
}

describe("import git-tags", () => {
  test("creates a release of each tag with its date and the commits since the tag before", async () => {
    const [a = "", b = "", c = "", d = ""] = await givenTags("one-1.0.0", null, "one-1.1.0", "one-1.2.0");
    const ran = await run();
    expect(ran).toMatchObject({ exit: 0, out: "Imported 3 releases with 4 commits.\n" });
    expect(ran.err).toContain("2/3 one-1.1.0: 2 commits");
    expect(await commitsOf("one-1.0.0")).toEqual([a]);
    expect(await commitsOf("one-1.1.0")).toEqual([c, b]);
    expect(await commitsOf("one-1.2.0")).toEqual([d]);
    expect(await releaseOf("one-1.1.0")).toMatchObject({ ref: c, dateReleased: "2025-01-03T00:00:00Z", projects: [{ slug: project }] });
    const { items } = await cli.client.repositories.list.query({ organization: "acme", query: "acme/web" });
    expect(items).toMatchObject([{ url: "https://git.example.test/acme/web" }]);
  });

  test("follows the history of each tag, not the order of dates", async () => {
    const [a = "", b = ""] = await givenTags("line-1.0.0", "line-2.0.0");
    await repository.git("checkout", "--quiet", "-b", "hotfix", a);
    const fix = await repository.commit({ date: "2025-02-01T00:00:00Z" });
    await repository.git("tag", "line-1.0.1");
    expect(await run()).toMatchObject({ exit: 0 });
    expect(await commitsOf("line-2.0.0")).toEqual([b]);
    expect(await commitsOf("line-1.0.1")).toEqual([fix]);
  });

  test("changes nothing when it runs again, and imports a new tag", async () => {
    await givenTags("again-1", "again-2");
    await run();
    const before = await releaseOf("again-2");
    expect(await run()).toMatchObject({ exit: 0, out: "Imported 0 releases with 0 commits. 2 releases existed.\n" });
    expect(await releaseOf("again-2")).toEqual(before);
    await repository.commit();
    await repository.git("tag", "again-3");
    expect((await run()).out).toBe("Imported 1 release with 1 commit. 2 releases existed.\n");
  });

  test("continues after an interruption", async () => {
    const [, , c = ""] = await givenTags("stop-1", "stop-2", "stop-3");
    let updates = 0;
    // The first update sends the commits, the second one the date.
    cli.intercept = ({ url }) => (url.includes("releases.update") && ++updates === 4 ? new Response("{}", { status: 500 }) : null);
    expect(await run()).toMatchObject({ exit: 31 });
    expect((await releaseOf("stop-2")).dateReleased).toBeNull();
    cli.intercept = () => null;
    expect(await run()).toMatchObject({ exit: 0, out: "Imported 2 releases with 2 commits. 1 release existed.\n" });
    expect(await commitsOf("stop-3")).toEqual([c]);
    expect((await releaseOf("stop-2")).dateReleased).toBe("2025-01-02T00:00:00Z");
  });

  test("does not change a release that was reported from another commit", async () => {
    await givenTags("known-1");
    await cli.client.releases.create.mutate({
      organization: "acme",
      version: "known-1",
      projects: [project],
      ref: "f".repeat(40),
      commits: [{ id: "f".repeat(40), repository: "acme/web" }],
    });
    expect((await run()).out).toBe("Imported 0 releases with 0 commits. 1 release existed.\n");
    expect(await commitsOf("known-1")).toEqual(["f".repeat(40)]);
  });

  test("derives versions of packages, and limits tags and commits", async () => {
    await repository.commit({ write: { "apps/shop/a": "1" } });
    const shop = await repository.commit({ write: { "apps/shop/a": "2" } });
    await repository.git("tag", "shop/v1.0.0");
    await repository.commit({ write: { "apps/api/a": "1" } });
    await repository.git("tag", "api/v1.0.0");
    const fix = await repository.commit({ write: { "apps/shop/a": "3" } });
    await repository.git("tag", "shop/v1.0.1");
    const ran = await run("--match", "shop/*", "--strip-prefix", "shop/", "--package", "shop", "--path", "apps/shop", "--json");
    expect(JSON.parse(ran.out)).toMatchObject({
      imported: [
        { version: "shop@1.0.0", tag: "shop/v1.0.0", commits: 2 },
        { version: "shop@1.0.1", tag: "shop/v1.0.1", commits: 1 },
      ],
    });
    expect((await commitsOf("shop@1.0.0"))[0]).toBe(shop);
    expect(await commitsOf("shop@1.0.1")).toEqual([fix]);
    expect((await run("--limit", "1", "--match", "shop/*", "--strip-prefix", "shop/", "--package", "other")).out).toContain(
      "1 release with",
    );
  });

  test("skips tags that are not valid versions, with the reason", async () => {
    await givenTags("feature/x", "skip-1");
    const ran = await run();
    expect(ran.out).toBe("Imported 1 release with 1 commit.\n");
    expect(ran.err).toContain('Skipped tag feature/x: "feature/x" is not a valid version');
  });

  test("warns about a repository without tags", async () => {
    await repository.commit();
    const ran = await run("--match", "v*");
    expect(ran).toMatchObject({ exit: 0, out: "Imported 0 releases with 0 commits.\n" });
    expect(ran.err).toContain("has no tags that match v*");
  });

  test("sends nothing in a dry run", async () => {
    await givenTags("dry-1", "dry-2");
    const before = cli.requests.length;
    const ran = await run("--dry-run");
    expect(ran.out).toBe("Would import 2 releases with 2 commits.\n");
    expect(ran.err).toContain("2/2 dry-2: 1 commit");
    expect(cli.requests.slice(before).every(({ method }) => method === "GET")).toBe(true);
  });

  test("creates the project with --create-project", async () => {
    await givenTags("fresh-1");
    const ran = await cli.run(["import", "git-tags", "-p", `fresh-${project}`, "--create-project"], { cwd: repository.path });
    expect(ran).toMatchObject({ exit: 0, out: "Imported 1 release with 1 commit.\n" });
  });
});
