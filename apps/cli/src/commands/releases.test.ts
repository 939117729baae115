import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { serveCli, type ServedCli } from "../../test/serve-cli.ts";
import { NOW } from "../../test/test-runtime.ts";
import { PLAIN } from "../terminal/output.ts";
import { archiveRelease, deleteRelease, finalizeRelease, listReleases, newRelease, restoreRelease, updateRelease } from "./releases.ts";
import { showRelease } from "./show-release.ts";

let cli: ServedCli;
let version: string;
let made = 0;

beforeAll(async () => {
  cli = await serveCli();
});

afterAll(() => cli[Symbol.asyncDispose]());

beforeEach(async () => {
  version = `app@${++made}.0.0`;
  cli.app.clock.advance(1_000);
});

const organization = "acme";
const create = () => cli.client.releases.create.mutate({ organization, version, projects: ["web"] });
const read = () => cli.client.releases.get.query({ organization, version });
const NEW = { ref: undefined, url: undefined, finalize: false };
const LIST: Parameters<typeof listReleases.run>[1] = { query: undefined, environment: [], status: undefined, sort: undefined, limit: 25 };

describe("releases new", () => {
  test("creates a release with all options", async () => {
    const made = await newRelease.run(cli.context(), { version, ref: "main", url: "https://acme.test/notes", finalize: true });
    expect(made).toMatchObject({
      created: true,
      release: { version, ref: "main", url: "https://acme.test/notes", dateReleased: "2026-01-02T03:04:05Z" },
    });
    expect(made && newRelease.print(made, PLAIN)).toBe(`Created release ${version} in web`);
    expect((await read()).userAgent).toMatch(/^landfall-cli\/\d+\.\d+\.\d+$/);
  });

  test("adds projects to an existing release", async () => {
    await newRelease.run(cli.context(), { version, ...NEW });
    const existing = await newRelease.run(cli.context({ env: { SENTRY_PROJECT: "web api" } }), { version, ...NEW });
    expect(existing).toMatchObject({ created: true, release: { projects: [{ slug: "web" }, { slug: "api" }] } });
    const third = await newRelease.run(cli.context(), { version, ...NEW });
    expect(third?.created).toBe(false);
    expect(third && newRelease.print(third, PLAIN)).toMatch(/^Found release/);
  });

  test("requires a project and an organization", async () => {
    await expect(newRelease.run(cli.context({ env: { SENTRY_PROJECT: "" } }), { version, ...NEW })).rejects.toMatchObject({
      exit: "input",
    });
    await expect(newRelease.run(cli.context({ env: { SENTRY_ORG: "" } }), { version, ...NEW })).rejects.toMatchObject({ exit: "input" });
  });

  test("prints the field that the server rejects", async () => {
    const failed = newRelease.run(cli.context(), { version: "a/b", ...NEW, url: "nowhere" });
    await expect(failed).rejects.toMatchObject({ code: "invalid", issues: [{ path: ["version"] }, { path: ["url"] }] });
  });

  test("sends the name of the pipeline", async () => {
    await newRelease.run(cli.context({ env: { SENTRY_PIPELINE: "make\n/7 é" } }), { version, ...NEW });
    expect((await read()).userAgent).toMatch(/^landfall-cli\/[\d.]+ make\/7$/);
  });

  test("sends nothing in a dry run", async () => {
    const context = cli.context({ isDryRun: true });
    expect(await newRelease.run(context, { version, ...NEW })).toBeUndefined();
    expect(context.planned).toEqual([{ call: "releases.create", input: { organization, version, projects: ["web"] } }]);
    await expect(read()).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("releases list", () => {
  test("lists the newest releases, up to the limit", async () => {
    for (const name of ["l@1", "l@2", "l@3"]) {
      cli.app.clock.advance(1_000);
      await cli.client.releases.create.mutate({ organization, version: name, projects: ["api"] });
    }
    const context = cli.context({ env: { SENTRY_PROJECT: "api" } });
    const releases = await listReleases.run(context, { ...LIST, limit: 2 });
    expect(releases?.map((release) => release.version)).toEqual(["l@3", "l@2"]);
    expect(context.err()).toBe("Only the first 2 releases are shown. Use --limit to show more.\n");
  });

  test("reads further pages", async () => {
    await cli.app.given.project("acme", "long");
    await Promise.all(
      Array.from({ length: 130 }, (_, index) =>
        cli.client.releases.create.mutate({ organization, version: `long@${index}`, projects: ["long"] }),
      ),
    );
    const releases = await listReleases.run(cli.context({ env: { SENTRY_PROJECT: "long" } }), { ...LIST, limit: 120 });
    expect(new Set(releases?.map((release) => release.version)).size).toBe(120);
  });

  test("filters by text, status, and environment, and sorts", async () => {
    await cli.app.given.project("acme", "filtered");
    const env = { SENTRY_PROJECT: "filtered" };
    for (const name of ["f@1.10.0", "f@1.9.0", "g@2.0.0"])
      await cli.client.releases.create.mutate({ organization, version: name, projects: ["filtered"] });
    await cli.client.releases.update.mutate({ organization, version: "g@2.0.0", status: "archived" });
    await cli.client.deploys.create.mutate({ organization, version: "f@1.9.0", environment: "production" });
    const versions = async (args: Partial<typeof LIST>) =>
      (await listReleases.run(cli.context({ env }), { ...LIST, ...args }))?.map((release) => release.version);
    expect(await versions({ query: "1.9" })).toEqual(["f@1.9.0"]);
    expect(await versions({ status: "archived" })).toEqual(["g@2.0.0"]);
    expect((await versions({ status: "all" }))?.length).toBe(3);
    expect(await versions({ sort: "semver" })).toEqual(["f@1.10.0", "f@1.9.0"]);
    expect(await versions({ environment: ["production"] })).toEqual(["f@1.9.0"]);
  });

  test("prints one line per release", async () => {
    await create();
    await cli.client.deploys.create.mutate({ organization, version, environment: "production" });
    const releases = await listReleases.run(cli.context(), { ...LIST, query: version });
    const [heading, row] = (releases ? listReleases.print(releases, PLAIN) : "").split("\n");
    expect(heading).toMatch(/^VERSION +RELEASED +COMMITS +LAST DEPLOY +PROJECTS$/);
    expect(row).toMatch(new RegExp(`^${version} +unreleased +0 +production 2026-01-02 \\d\\d:\\d\\d UTC +web$`));
    expect(listReleases.print([], PLAIN)).toBe("No releases.");
  });
});

describe("releases show", () => {
  test("shows a release, with its commits and deploys on request", async () => {
    const commits = Array.from({ length: 130 }, (_, index) => ({
      id: `sha ${index}`,
      message: "one\ntwo",
      author_name: "Ada",
      author_email: "ada@acme.test",
    }));
    await cli.client.releases.create.mutate({ organization, version, projects: ["web"], commits, ref: "main" });
    for (const name of ["a", "b"]) await cli.client.deploys.create.mutate({ organization, version, environment: "production", name });
    const plain = await showRelease.run(cli.context(), { version, commits: false, deploys: false });
    expect(plain).toMatchObject({ version, page: `${cli.url}/organizations/acme/releases/${encodeURIComponent(version)}/` });
    expect(plain?.commits).toBeUndefined();
    const full = await showRelease.run(cli.context({ env: { SENTRY_RELEASE: version } }), {
      version: undefined,
      commits: true,
      deploys: true,
    });
    expect(full?.commits).toHaveLength(130);
    expect(full?.deploys?.map(({ name }) => name)).toEqual(["b", "a"]);
    const text = full ? showRelease.print(full, PLAIN) : "";
    expect(text).toMatch(/^version: +app/);
    expect(text).toMatch(/last commit: +sha 0 one\n/);
    expect(text).toMatch(/ENVIRONMENT .*\nproduction +b /);
    expect(text).toContain("Ada");
  });

  test("shows an empty release", async () => {
    await create();
    const shown = await showRelease.run(cli.context(), { version, commits: true, deploys: true });
    const text = shown ? showRelease.print(shown, PLAIN) : "";
    expect(text).toContain("not yet");
    expect(text).toContain("No commits.");
    expect(text).toContain("No deploys.");
    expect(text).not.toContain("last commit");
  });

  test("shows commits without an author", async () => {
    await cli.client.releases.create.mutate({ organization, version, projects: ["web"], commits: [{ id: "anonymous" }] });
    const shown = await showRelease.run(cli.context(), { version, commits: true, deploys: false });
    expect(shown && showRelease.print(shown, PLAIN)).toMatch(/anonymous +2026-01-02 \d\d:\d\d UTC +-$/);
  });

  test("rejects an unknown release", async () => {
    await expect(showRelease.run(cli.context(), { version: "none", commits: true, deploys: true })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("commands that change releases", () => {
  beforeEach(create);

  test("update changes only the given properties", async () => {
    const before = await read();
    const args = { version, ref: "v1", url: "https://acme.test/1", released: NOW, status: undefined };
    const updated = await updateRelease.run(cli.context(), args);
    expect(updated).toEqual({ ...before, ref: "v1", url: "https://acme.test/1", dateReleased: "2026-01-02T03:04:05Z" });
    expect(updated && updateRelease.print(updated, PLAIN)).toBe(`Updated release ${version}`);
  });

  test("update without changes is a usage error", async () => {
    const args = { version, ref: undefined, url: undefined, released: undefined, status: undefined };
    await expect(updateRelease.run(cli.context(), args)).rejects.toMatchObject({ exit: "usage" });
  });

  test("finalize sets the release date, now by default", async () => {
    const now = await finalizeRelease.run(cli.context(), { version, released: undefined, url: undefined });
    expect(now?.dateReleased).toBe("2026-01-02T03:04:05Z");
    const dated = await finalizeRelease.run(cli.context(), { version, released: new Date(0), url: "https://acme.test/x" });
    expect(dated).toMatchObject({ dateReleased: "1970-01-01T00:00:00Z", url: "https://acme.test/x" });
    expect(dated && finalizeRelease.print(dated, PLAIN)).toBe(`Finalized release ${version} at 1970-01-01 00:00 UTC`);
  });

  test("archive and restore", async () => {
    const archived = await archiveRelease.run(cli.context(), { version });
    expect(archived).toMatchObject({ status: "archived", projects: [{ slug: "web" }] });
    expect(archived && archiveRelease.print(archived, PLAIN)).toBe(`Archived release ${version}`);
    const restored = await restoreRelease.run(cli.context({ env: { LANDFALL_RELEASE: version } }), { version: undefined });
    expect(restored?.status).toBe("open");
    expect(restored && restoreRelease.print(restored, PLAIN)).toBe(`Restored release ${version}`);
  });

  test.each([
    ["yes", true, false],
    ["no terminal", null, false],
    ["--yes", false, true],
  ])("delete: %s", async (_, answer, yes) => {
    expect(await deleteRelease.run(cli.context({ answer }), { version, yes })).toEqual({ version, deleted: true });
    await expect(read()).rejects.toMatchObject({ code: "not_found" });
  });

  test("delete: no", async () => {
    await expect(deleteRelease.run(cli.context({ answer: false }), { version, yes: false })).rejects.toMatchObject({
      message: "Nothing was deleted.",
    });
    expect(await read()).toMatchObject({ version });
  });

  test("delete does not ask in a dry run", async () => {
    const context = cli.context({ answer: false, isDryRun: true });
    expect(await deleteRelease.run(context, { version, yes: false })).toBeUndefined();
    expect(context.planned).toEqual([{ call: "releases.delete", input: { organization, version } }]);
  });

  test("delete rejects an unknown release", async () => {
    await expect(deleteRelease.run(cli.context(), { version: "none", yes: true })).rejects.toMatchObject({ code: "not_found" });
  });

  test("delete is not allowed for CI tokens", async () => {
    const context = cli.context({ env: { SENTRY_AUTH_TOKEN: cli.ciToken } });
    await expect(deleteRelease.run(context, { version, yes: true })).rejects.toMatchObject({ code: "forbidden" });
  });
});
