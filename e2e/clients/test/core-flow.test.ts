import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientBench } from "../src/client-bench.ts";
import type { ClientName } from "../src/client-binary.ts";
import { commitFacts, expectedCommits, expectedEmails, expectedFiles, fileFacts } from "../src/expected-commits.ts";
import { FIRST_RELEASE, type ScratchRepository, scratchRepository, SECOND_RELEASE } from "../src/scratch-repository.ts";

const VERSIONS = ["3.8", "3.0", "2.58", "2.22"] as const satisfies readonly ClientName[];

// One release train from the first commit to the last deploy. The tests of one client build on each other, in this order.
describe.each(VERSIONS)("sentry-cli %s releases a project", (client) => {
  const bench = clientBench();
  let repository: ScratchRepository;
  beforeAll(async () => {
    repository = await scratchRepository(FIRST_RELEASE);
  });
  afterAll(() => repository[Symbol.asyncDispose]());

  const run = (...args: string[]) => bench.run(client, args, { cwd: repository.path });
  const slugs = async (version: string) => (await bench.api.release(version)).projects.map(({ slug }) => slug);

  test("propose-version proposes the newest commit", async () => {
    expect(await run("releases", "propose-version")).toEqual({ code: 0, stdout: `${repository.sha(0)}\n`, stderr: "" });
  });

  test("new creates an open, unreleased release of the project", async () => {
    const { code, stdout } = await run("releases", "new", "web@1.0.0", "--url", "https://ship.example.test/1");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "Created release web@1.0.0\n" });
    expect(await bench.api.release("web@1.0.0")).toMatchObject({
      version: "web@1.0.0",
      status: "open",
      url: "https://ship.example.test/1",
      dateReleased: null,
      commitCount: 0,
      lastCommit: null,
      deployCount: 0,
      projects: [{ slug: "web" }],
    });
    expect(await bench.api.repositories()).toEqual([]);
  });

  test("set-commits --auto stores every commit with its author and its files, no integration needed", async () => {
    const { code, stdout } = await run("releases", "set-commits", "web@1.0.0", "--auto");
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("Success! Set commits for release web@1.0.0") });
    await expectFirstRelease("web@1.0.0");
    expect(await bench.api.repositories()).toMatchObject([
      { name: "origin", url: null, provider: { id: "unknown", name: "Unknown Provider" } },
    ]);
  });

  test.each(["--auto", "--local"])("set-commits %s again sends the whole range and changes nothing", async (mode) => {
    const before = await bench.api.release("web@1.0.0");
    expect((await run("releases", "set-commits", "web@1.0.0", mode)).code).toBe(0);
    await expectFirstRelease("web@1.0.0");
    expect(await bench.api.release("web@1.0.0")).toEqual(before);
  });

  test("finalize sets the release date", async () => {
    const before = Date.now();
    const { code, stdout } = await run("releases", "finalize", "web@1.0.0");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "Finalized release web@1.0.0\n" });
    const { dateReleased } = await bench.api.release("web@1.0.0");
    expect(Date.parse(dateReleased ?? "")).toBeGreaterThanOrEqual(before);
    expect(Date.parse(dateReleased ?? "")).toBeLessThanOrEqual(Date.now());
    expect(await slugs("web@1.0.0")).toEqual(["web"]);
  });

  test.each(["--auto", "--local"])("the next release gets exactly the commits since the last one by %s", async (mode) => {
    if (repository.shas.length === FIRST_RELEASE.length) await repository.commit(SECOND_RELEASE);
    const { code, stdout } = await run("releases", "set-commits", "web@1.1.0", mode);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("Success!") });
    const commits = await bench.api.commits("web@1.1.0");
    expect(commitFacts(commits)).toEqual(expectedCommits(SECOND_RELEASE, repository.shas.slice(FIRST_RELEASE.length)));
    expect(fileFacts(await bench.api.commitFiles("web@1.1.0"))).toMatchObject([
      { filename: "src/count.js", type: "A", email: "zoe@example.test" },
      { filename: "src/count.js", type: "M", email: "ada@example.test" },
    ]);
    await expectFirstRelease("web@1.0.0");
  });

  test("a release without new commits is not changed", async () => {
    const { code, stdout } = await run("releases", "set-commits", "web@1.1.1", "--auto");
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("No commits found. Leaving release alone.") });
    expect(await bench.api.release("web@1.1.1")).toMatchObject({ commitCount: 0, lastCommit: null, authors: [] });
  });

  test.each([
    ["a commit", (last: string) => `origin@${last}`],
    ["a range", (last: string, first: string) => `origin@${first}..${last}`],
  ])("set-commits --commit with %s of a known repository is accepted without an integration", async (_, argument) => {
    const { code, stdout } = await run("releases", "set-commits", "web@1.2.0", "--commit", argument(repository.sha(0), repository.sha(2)));
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/\| origin +\|/) });
    expect(await bench.api.release("web@1.2.0")).toMatchObject({ commitCount: 0, lastCommit: null, projects: [{ slug: "web" }] });
  });

  test("set-commits --commit with an unknown repository is rejected by the client, and the server changes nothing", async () => {
    const { code, stderr } = await run("releases", "set-commits", "web@1.1.0", "--commit", "nobody/nothing@abc123");
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining("Unknown repo 'nobody/nothing'") });
    expect(await bench.api.release("web@1.1.0")).toMatchObject({ commitCount: SECOND_RELEASE.length });
  });

  test("set-commits --clear removes only the commits", async () => {
    const { code, stdout } = await run("releases", "set-commits", "web@1.1.0", "--clear");
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("Clearing commits for release.") });
    expect(await bench.api.release("web@1.1.0")).toMatchObject({
      commitCount: 0,
      lastCommit: null,
      authors: [],
      projects: [{ slug: "web" }],
    });
    expect(await bench.api.commits("web@1.1.0")).toEqual([]);
    expect(await bench.api.commitFiles("web@1.1.0")).toEqual([]);
    await expectFirstRelease("web@1.0.0");
  });

  test("a rewritten history requires --ignore-missing, and then sends the existing commits", async () => {
    await using rewritten = await scratchRepository(SECOND_RELEASE);
    const args = ["releases", "set-commits", "web@2.0.0", "--auto"];
    const refused = await bench.run(client, args, { cwd: rewritten.path });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("--ignore-missing") });
    expect(await bench.api.release("web@2.0.0")).toMatchObject({ commitCount: 0 });
    expect((await bench.run(client, [...args, "--ignore-missing"], { cwd: rewritten.path })).code).toBe(0);
    expect(commitFacts(await bench.api.commits("web@2.0.0"))).toEqual(expectedCommits(SECOND_RELEASE, rewritten.shas));
  });

  test("several projects are linked at once, and a later call for one of them keeps the others", async () => {
    expect((await run("releases", "new", "both@1", "-p", "web", "-p", "api")).code).toBe(0);
    expect((await slugs("both@1")).toSorted()).toEqual(["api", "web"]);
    expect((await run("releases", "new", "both@1")).stdout).toBe("Created release both@1\n");
    expect((await run("releases", "finalize", "both@1")).code).toBe(0);
    expect((await slugs("both@1")).toSorted()).toEqual(["api", "web"]);
    expect((await bench.api.release("both@1")).dateReleased).not.toBeNull();
  });

  test("a project can be given by its numeric id", async () => {
    const id = bench.server.projects.find(({ slug }) => slug === "api")?.id ?? "";
    expect(id).toMatch(/^\d+$/);
    expect((await run("releases", "new", "by-id@1", "-p", id)).code).toBe(0);
    expect(await slugs("by-id@1")).toEqual(["api"]);
  });

  test("list and info print what is stored", async () => {
    const list = await run("releases", "list", "--raw");
    expect(list.code).toBe(0);
    // 3.0 lists the whole organization even when a project is set; the others ask for the project's releases only.
    const elsewhere = client === "3.0" ? ["by-id@1"] : [];
    const expected = ["both@1", ...elsewhere, "web@1.0.0", "web@1.1.0", "web@1.1.1", "web@1.2.0", "web@2.0.0"];
    expect(list.stdout.trim().split("\n").toSorted()).toEqual(expected);
    expect((await run("releases", "list")).stdout).toMatch(/\| \(unreleased\) +\| web@2\.0\.0/);
    const info = await run("releases", "info", "web@1.0.0", "-P", "-C");
    expect(info).toMatchObject({ code: 0, stdout: expect.stringMatching(/\| web@1\.0\.0 +\|.*web/) });
    for (const sha of repository.shas.slice(0, FIRST_RELEASE.length)) expect(info.stdout).toContain(sha);
  });

  test("info of a missing release exits with 1 and prints nothing", async () => {
    expect(await run("releases", "info", "web@9.9.9")).toEqual({ code: 1, stdout: "", stderr: "" });
  });

  test("archive hides the release from lists, restore shows it again, and projects and commits are kept", async () => {
    const before = await bench.api.release("web@1.0.0");
    expect((await run("releases", "archive", "web@1.0.0")).stdout).toContain("Archived release web@1.0.0");
    expect(await bench.api.release("web@1.0.0")).toEqual({ ...before, status: "archived" });
    expect((await run("releases", "list", "--raw")).stdout.split("\n")).not.toContain("web@1.0.0");
    expect((await run("releases", "restore", "web@1.0.0")).stdout).toContain("Restored release web@1.0.0");
    expect(await bench.api.release("web@1.0.0")).toEqual(before);
    expect((await run("releases", "list", "--raw")).stdout.split("\n")).toContain("web@1.0.0");
  });

  test("deploys are stored with their dates and listed, last finished first", async () => {
    const made = await run(
      "releases",
      "deploys",
      "web@1.0.0",
      "new",
      "-e",
      "production",
      "-n",
      "blue",
      "-u",
      "https://shop.example.test",
      "-t",
      "90",
    );
    expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining("Created new deploy blue for 'production'") });
    const staging = ["--started", "2026-05-08T12:00:00Z", "--finished", "2026-05-08T12:01:30Z"];
    expect(await run("releases", "deploys", "web@1.0.0", "new", "-e", "staging", ...staging)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Created new deploy unnamed for 'staging'"),
    });
    const listed = await run("releases", "deploys", "web@1.0.0", "list");
    expect(listed).toMatchObject({ code: 0, stdout: expect.stringMatching(/production +\| blue[^]*staging +\| unnamed/) });

    const deploys = await bench.api.deploys("web@1.0.0");
    expect(deploys).toMatchObject([
      { environment: "production", name: "blue", url: "https://shop.example.test" },
      { environment: "staging", name: null, url: null },
    ]);
    const lengths = deploys.map(({ dateStarted, dateFinished }) =>
      Math.round((Date.parse(dateFinished) - Date.parse(dateStarted ?? "")) / 1000),
    );
    expect(lengths).toEqual([90, 90]);
    expect(Date.parse(deploys[1]?.dateFinished ?? "")).toBe(Date.parse("2026-05-08T12:01:30Z"));
    expect(await bench.api.release("web@1.0.0")).toMatchObject({ deployCount: 2, lastDeploy: { environment: "staging" } });
  });

  test("delete removes the release; deleting again reports that there is none", async () => {
    expect((await run("releases", "delete", "web@1.1.1")).stdout).toContain("Deleted release web@1.1.1!");
    expect(await bench.api.findRelease("web@1.1.1")).toBeUndefined();
    const again = await run("releases", "delete", "web@1.1.1");
    expect(again).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Did nothing. Release with this version (web@1.1.1) does not exist."),
    });
    expect(await bench.api.findRelease("web@1.0.0")).toBeDefined();
  });

  async function expectFirstRelease(version: string): Promise<void> {
    const shas = repository.shas.slice(0, FIRST_RELEASE.length);
    expect(commitFacts(await bench.api.commits(version))).toEqual(expectedCommits(FIRST_RELEASE, shas));
    expect(fileFacts(await bench.api.commitFiles(version))).toEqual(expectedFiles(FIRST_RELEASE));
    const release = await bench.api.release(version);
    expect(release).toMatchObject({ commitCount: FIRST_RELEASE.length, lastCommit: { id: shas.at(-1) } });
    expect(release.authors.map(({ email = "" }) => email).toSorted()).toEqual(expectedEmails(FIRST_RELEASE));
  }
});
