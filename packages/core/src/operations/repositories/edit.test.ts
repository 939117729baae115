import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { asc } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createRelease } from "../releases/create.ts";
import { editRepository, reportRepositoryUrl, setTicketUrl } from "./edit.ts";
import { getLinks, listManagedRepositories } from "./list-managed.ts";

const acme = { organization: "acme" };
const failure = (code: string, message: string | RegExp, more: object = {}) =>
  expect.objectContaining({ code, message: expect.stringMatching(message), ...more });

describe.each(["sqlite", "pglite"] as const)("the settings of repositories in %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let owner: Context;
  let ci: Context;

  beforeEach(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    await bench.given.organization("acme", { teams: ["web", "api"], projects: { web: "web", api: "api" }, openMembership: false });
    await bench.given.user("owner@acme.test", { ...acme, role: "owner" });
    await bench.given.user("web@acme.test", { ...acme, role: "admin", teams: ["web"] });
    owner = await as.person("owner@acme.test");
    ci = await as.ci("acme");
    await release("1", "web", "origin");
  });
  afterEach(() => bench.close());

  const release = (version: string, project: string, repository: string, ...shas: string[]) =>
    createRelease(ci, {
      ...acme,
      version,
      projects: [project],
      commits: (shas.length > 0 ? shas : [`${version}00`]).map((id) => ({ id, repository })),
    });
  const list = async (context = owner, input: { query?: string; per_page?: string } = {}) =>
    (await listManagedRepositories(context, { ...acme, ...input })).items;
  const idOf = async (name: string) => (await list()).find((one) => one.name === name)?.id ?? "0";
  const edit = async (name: string, changes: Omit<Parameters<typeof editRepository>[1], "organization" | "repository">, context = owner) =>
    editRepository(context, { ...acme, repository: await idOf(name), ...changes });
  const audit = async () => {
    const { auditLog } = bench.app.store.read.tables;
    const rows = await bench.app.store.read.select().from(auditLog).orderBy(asc(auditLog.id));
    return rows
      .filter(({ action }) => !/^(?:release|user)\./.test(action))
      .map(({ action, target, details }) => ({ action, target, details }));
  };

  test("the list has settings, number of commits, and newest commit, of what the caller reaches", async () => {
    await createRelease(ci, {
      ...acme,
      version: "2",
      projects: ["api"],
      commits: [
        { id: "old", repository: "acme/api", timestamp: "2026-01-01T00:00:00Z" },
        { id: "new", repository: "acme/api", timestamp: "2026-01-02T00:00:00Z" },
        { id: "mixed", repository: "origin", timestamp: "2026-01-09T00:00:00Z" },
      ],
    });
    const common = { status: "active", url: null, links: null, aliases: [] };
    expect(await list()).toEqual([
      {
        id: expect.any(String),
        name: "acme/api",
        ...common,
        commits: { count: 2, isCapped: false },
        lastCommit: { sha: "new", dateCreated: "2026-01-02T00:00:00Z" },
      },
      {
        id: expect.any(String),
        name: "origin",
        ...common,
        commits: { count: 2, isCapped: false },
        lastCommit: { sha: "mixed", dateCreated: "2026-01-09T00:00:00Z" },
      },
    ]);
    expect(await list(await as.person("web@acme.test"))).toMatchObject([
      { name: "origin", commits: { count: 1, isCapped: false }, lastCommit: { sha: "100" } },
    ]);
    expect(await list(owner, { query: "API" })).toMatchObject([{ name: "acme/api" }]);
    expect(await list(owner, { per_page: "1" })).toMatchObject([{ name: "acme/api" }]);
  });

  test("a change is stored and recorded once", async () => {
    const links = { host: "gitlab" as const, templates: { commit: "https://git.acme.test/{path}/c/{sha}", file: "" } };
    const changes = { name: "acme/web", url: "git@git.acme.test:acme/web.git", links };
    expect(await edit("origin", changes)).toMatchObject({ name: "acme/web", url: "https://git.acme.test/acme/web" });
    await edit("acme/web", changes);
    expect(await list()).toMatchObject([
      {
        name: "acme/web",
        url: "https://git.acme.test/acme/web",
        links: { host: "gitlab", templates: { commit: "https://git.acme.test/{path}/c/{sha}" } },
        aliases: ["origin"],
      },
    ]);
    expect(await audit()).toMatchObject([
      {
        action: "repository.update",
        target: "origin",
        details: {
          before: { name: "origin", url: null, links: null, aliases: [] },
          after: { name: "acme/web", url: "https://git.acme.test/acme/web", links: { host: "gitlab" }, aliases: ["origin"] },
        },
      },
    ]);
    await edit("acme/web", { url: null, links: null });
    expect(await list()).toMatchObject([{ url: null, links: null }]);
  });

  test("after a change of the name, commits that name the old one are added to the repository", async () => {
    await edit("origin", { name: "acme/web" });
    await release("2", "web", "origin", "200", "201");
    expect(await list()).toMatchObject([{ name: "acme/web", commits: { count: 3 } }]);
  });

  test("a change of the name can be undone, and need not keep the old one", async () => {
    await edit("origin", { name: "acme/web" });
    await edit("acme/web", { name: "origin", keepsOldName: false });
    expect(await list()).toMatchObject([{ name: "origin", aliases: [] }]);
    await edit("origin", { name: "acme/web", keepsOldName: false });
    await release("2", "web", "origin");
    expect((await list()).map(({ name }) => name)).toEqual(["acme/web", "origin"]);
  });

  test("other names are replaced as a list, and belong to one repository", async () => {
    await release("2", "api", "acme/api");
    await edit("origin", { aliases: ["web", "www"] });
    await edit("origin", { aliases: ["www", "site", "origin"] });
    expect(await list()).toMatchObject([{ name: "acme/api" }, { name: "origin", aliases: ["site", "www"] }]);
    await expect(edit("acme/api", { aliases: ["www"] })).rejects.toThrow(
      failure("conflict", "www is another name of origin. Remove it from origin first."),
    );
    await expect(edit("acme/api", { name: "site" })).rejects.toThrow(failure("conflict", "site is another name of origin"));
    await expect(edit("origin", { aliases: ["acme/api"] })).rejects.toThrow(
      failure("conflict", "Another repository named acme/api is active"),
    );
    await expect(edit("origin", { name: "acme/api" })).rejects.toThrow(failure("conflict", "Merge the two"));
  });

  test.each([
    ["url", { url: "acme/web" }, "Enter the URL of the repository, such as https://git.example.com/acme/web"],
    ["links", { links: { templates: { commit: "https://git.acme.test/{number}" } } }, "Unknown placeholder {number}"],
    ["links", { links: { templates: { compare: "ftp://git.acme.test/{from}{to}" } } }, "must begin with https://"],
  ])("%s: %j is invalid", async (field, changes, message) => {
    await expect(edit("origin", changes)).rejects.toThrow(
      failure("invalid", message.replaceAll(/[{}]/g, String.raw`\$&`), {
        issues: [expect.objectContaining({ path: expect.arrayContaining([field]) })],
      }),
    );
    expect(await audit()).toEqual([]);
  });

  test("a reported URL is stored for a repository without one, and never replaces another", async () => {
    const report = (name: string, url: string, context = ci) => reportRepositoryUrl(context, { ...acme, name, url });
    expect(await report("origin", "https://x:y@git.acme.test/acme/web.git")).toEqual({ isStored: true });
    expect(await report("origin", "https://other.test/acme/web")).toEqual({ isStored: false });
    expect(await report("unknown", "https://other.test/acme/web")).toEqual({ isStored: false });
    await expect(report("origin", "/srv/git")).rejects.toThrow(failure("invalid", "Enter the URL"));
    expect(await list()).toMatchObject([{ url: "https://git.acme.test/acme/web" }]);
    await release("2", "api", "acme/api");
    expect(await report("acme/api", "https://other.test/acme/api", await as.person("web@acme.test"))).toEqual({ isStored: false });
  });

  test("the links of repositories come with the ticket template of the organization", async () => {
    const ticketUrl = "https://jira.acme.test/browse/{ticket}";
    expect(await setTicketUrl(owner, { ...acme, ticketUrl })).toEqual({ ticketUrl });
    await setTicketUrl(owner, { ...acme, ticketUrl });
    expect(await audit()).toMatchObject([{ action: "organization.update", target: "acme", details: { after: { ticketUrl } } }]);
    await release("2", "api", "acme/api");
    const ids = (await list()).map(({ id }) => id);
    const source = { url: null, links: null, ticketUrl };
    expect((await getLinks(owner, { ...acme, ids: [...ids, "99", "x"] })).repositories).toMatchObject([
      { id: ids[0], name: "acme/api", ...source },
      { id: ids[1], name: "origin", ...source },
    ]);
    expect((await getLinks(await as.person("web@acme.test"), { ...acme, ids })).repositories).toMatchObject([{ name: "origin" }]);
    expect(await getLinks(owner, acme)).toEqual({ ticketUrl, repositories: [] });
    expect(await setTicketUrl(owner, { ...acme, ticketUrl: "" })).toEqual({ ticketUrl: null });
    await expect(setTicketUrl(owner, { ...acme, ticketUrl: "https://jira.acme.test/" })).rejects.toThrow(
      failure("invalid", /^The template must contain \{ticket\}\.$/),
    );
  });
});
