import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveCli, type ServedCli } from "../../test/serve-cli.ts";
import { PLAIN } from "../terminal/output.ts";
import { listOrganizations } from "./organizations.ts";
import { createProject, listProjects } from "./projects.ts";
import { listRepositories, setRepositoryUrl } from "./repositories.ts";

let cli: ServedCli;

beforeAll(async () => {
  cli = await serveCli();
});

afterAll(() => cli[Symbol.asyncDispose]());

test("orgs list shows the organizations of the token", async () => {
  await cli.app.given.organization("other");
  const organizations = await listOrganizations.run(cli.context({ env: { SENTRY_ORG: "" } }), {});
  expect(organizations?.map(({ slug }) => slug)).toEqual(["acme"]);
  expect(organizations && listOrganizations.print(organizations, PLAIN)).toMatch(/^SLUG +NAME +ID\nacme +acme +\d+$/);
  expect(listOrganizations.print([], PLAIN)).toBe("No organizations.");
});

describe("projects", () => {
  test("creates and lists projects", async () => {
    const made = await createProject.run(cli.context(), { name: "Public API", slug: undefined, team: undefined, platform: "node" });
    expect(made).toMatchObject({ slug: "public-api", name: "Public API", platform: "node" });
    expect(made && createProject.print(made, PLAIN)).toBe("Created project public-api");
    const projects = await listProjects.run(cli.context(), { query: "publ" });
    expect(projects?.map(({ slug }) => slug)).toEqual(["public-api"]);
    expect((await listProjects.run(cli.context(), { query: undefined }))?.map(({ slug }) => slug)).toEqual(["api", "public-api", "web"]);
    expect(projects && listProjects.print(projects, PLAIN)).toMatch(/^SLUG .*ID\npublic-api +Public API +node +\S+ +- +\d+$/);
  });

  test("creates a project in a team, with a given slug", async () => {
    await cli.app.given.team("acme", "backend");
    const made = await createProject.run(cli.context(), { name: "Team's", slug: "of-team", team: "backend", platform: undefined });
    expect(made).toMatchObject({ slug: "of-team", teams: [{ slug: "backend" }] });
    const failed = createProject.run(cli.context(), { name: "X", slug: undefined, team: "nobody", platform: undefined });
    await expect(failed).rejects.toMatchObject({ code: "not_found" });
  });

  test("rejects a duplicate slug", async () => {
    const failed = createProject.run(cli.context(), { name: "Web", slug: "web", team: undefined, platform: undefined });
    await expect(failed).rejects.toMatchObject({ code: "conflict" });
  });

  test("creates nothing in a dry run", async () => {
    const context = cli.context({ isDryRun: true });
    await createProject.run(context, { name: "Dry", slug: "dry", team: undefined, platform: undefined });
    await createProject.run(context, { name: "Dry", slug: undefined, team: "backend", platform: undefined });
    expect(context.planned).toEqual([
      { call: "projects.create", input: { organization: "acme", name: "Dry", slug: "dry" } },
      { call: "projects.createInTeam", input: { organization: "acme", name: "Dry", team: "backend" } },
    ]);
  });
});

test("repos list shows the repositories of commits", async () => {
  expect(await listRepositories.run(cli.context(), { query: undefined })).toEqual([]);
  expect(listRepositories.print([], PLAIN)).toBe("No repositories.");
  const commits = ["acme/web", "acme/api"].map((repository) => ({ id: "abc", repository }));
  await cli.client.releases.create.mutate({ organization: "acme", version: "repos@1", projects: ["web"], commits });
  const repositories = await listRepositories.run(cli.context(), { query: undefined });
  expect(repositories?.map(({ name }) => name)).toEqual(["acme/api", "acme/web"]);
  expect((await listRepositories.run(cli.context(), { query: "web" }))?.map(({ name }) => name)).toEqual(["acme/web"]);
  expect(repositories && listRepositories.print(repositories, PLAIN)).toMatch(/^NAME +STATUS +URL +ID\nacme\/api +active +- +\d+\n/);
});

describe("repos set-url", () => {
  const urlOf = async (name: string) =>
    (await listRepositories.run(cli.context(), { query: name }))?.find((repository) => repository.name === name)?.url;

  beforeAll(async () => {
    const commits = ["acme/shop", "acme/shop-api"].map((repository) => ({ id: "abc", repository }));
    await cli.client.releases.create.mutate({ organization: "acme", version: "urls@1", projects: ["web"], commits });
  });

  test("sets and removes the URL of the repository with exactly this name", async () => {
    const { exit, out } = await cli.run(["repos", "set-url", "acme/shop", "git@git.example.com:acme/shop.git"]);
    expect([exit, out]).toEqual([0, "Set the URL of acme/shop to https://git.example.com/acme/shop\n"]);
    expect([await urlOf("acme/shop"), await urlOf("acme/shop-api")]).toEqual(["https://git.example.com/acme/shop", null]);
    const removed = await setRepositoryUrl.run(cli.context(), { name: "acme/shop", url: "" });
    expect(removed && setRepositoryUrl.print(removed, PLAIN)).toBe("Removed the URL of acme/shop");
    expect(await urlOf("acme/shop")).toBeNull();
  });

  test("changes nothing in a dry run", async () => {
    const context = cli.context({ isDryRun: true });
    await setRepositoryUrl.run(context, { name: "acme/shop", url: "https://git.example.com/acme/shop" });
    expect(context.planned).toMatchObject([{ call: "repositories.edit", input: { url: "https://git.example.com/acme/shop" } }]);
    expect(await urlOf("acme/shop")).toBeNull();
  });

  test("fails for an unknown name, an invalid URL, and a token that may not change repositories", async () => {
    expect(await cli.run(["repos", "set-url", "acme/sho", "https://git.example.com/a"])).toMatchObject({
      exit: 21,
      err: expect.stringContaining("No repository is named acme/sho."),
    });
    expect(await cli.run(["repos", "set-url", "acme/shop", "no url"])).toMatchObject({ exit: 20, err: expect.stringContaining("url: ") });
    const asCi = { env: { SENTRY_AUTH_TOKEN: cli.ciToken } };
    expect(await cli.run(["repos", "set-url", "acme/shop", "https://git.example.com/a"], asCi)).toMatchObject({ exit: 10 });
  });
});
