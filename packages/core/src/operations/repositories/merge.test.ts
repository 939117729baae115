import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { getCommit } from "../commits/get.ts";
import { listReleaseCommits } from "../commits/list-in-release.ts";
import { createRelease } from "../releases/create.ts";
import { getRelease } from "../releases/get.ts";
import { updateRelease } from "../releases/update.ts";
import { listRepositories } from "./list.ts";
import { listManagedRepositories } from "./list-managed.ts";
import { mergeRepository, previewRepositoryMerge } from "./merge.ts";

const acme = { organization: "acme" };
const failure = (code: string, message: string) => expect.objectContaining({ code, message: expect.stringContaining(message) });
const sha = (text: string) => text.padEnd(40, "0");

describe.each(["sqlite", "pglite"] as const)("mergeRepository in %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let owner: Context;
  let ci: Context;

  beforeEach(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    await bench.given.organization("acme", { teams: ["all"], projects: { web: "all" } });
    await bench.given.user("owner@acme.test", { ...acme, role: "owner" });
    owner = await as.person("owner@acme.test");
    ci = await as.ci("acme");
    await release("1", { id: sha("a1"), repository: "origin", message: "from origin" }, { id: sha("a2"), repository: "origin" });
    await release(
      "2",
      {
        id: sha("a3"),
        repository: "origin",
        message: "shared",
        author_name: "Ada",
        author_email: "ada@acme.test",
        patch_set: [{ path: "a.ts", type: "A" }],
      },
      { id: sha("a1"), repository: "origin" },
    );
    await release("3", { id: sha("b1"), repository: "acme/web" }, { id: sha("a3"), repository: "acme/web" });
  });
  afterEach(() => bench.close());

  type Commits = Parameters<typeof createRelease>[1]["commits"];
  const release = (version: string, ...commits: NonNullable<Commits>) =>
    createRelease(ci, { ...acme, version, projects: ["web"], commits });
  const ids = async () => new Map((await listManagedRepositories(owner, acme)).items.map(({ name, id }) => [name, id]));
  const pair = async (from: string, into: string) => {
    const known = await ids();
    return { ...acme, repository: known.get(from) ?? "0", into: known.get(into) ?? "0" };
  };
  const merge = async (from: string, into: string, more: { keepsOldName?: boolean } = {}) =>
    mergeRepository(owner, { ...(await pair(from, into)), ...more });
  const shasOf = async (version: string) =>
    (await listReleaseCommits(owner, { ...acme, version })).items.map(({ id, repository }) => `${repository.name} ${id.slice(0, 2)}`);

  test("the preview counts what moves, and what both have", async () => {
    await updateRelease(ci, { ...acme, version: "3", refs: [{ repository: "origin", commit: sha("a2") }] });
    expect(await previewRepositoryMerge(owner, await pair("origin", "acme/web"))).toEqual({
      from: "origin",
      into: "acme/web",
      commits: { count: 3, isCapped: false },
      sharedCommits: 1,
      releases: 3,
      sharedReleases: 1,
    });
  });

  test("all commits belong to the other repository; shared ones become one", async () => {
    await updateRelease(ci, { ...acme, version: "3", refs: [{ repository: "origin", commit: sha("a2") }] });
    expect(await merge("origin", "acme/web")).toMatchObject({ name: "acme/web" });
    expect([await shasOf("1"), await shasOf("2"), await shasOf("3")]).toEqual([
      ["acme/web a1", "acme/web a2"],
      ["acme/web a3", "acme/web a1"],
      ["acme/web b1", "acme/web a3"],
    ]);
    expect(await getRelease(owner, { ...acme, version: "2" })).toMatchObject({
      commitCount: 2,
      lastCommit: { id: sha("a3"), repository: { name: "acme/web" } },
    });
    expect(await getCommit(owner, { ...acme, sha: sha("a3") })).toMatchObject({
      message: "shared",
      author: { email: "ada@acme.test" },
      files: { items: [{ path: "a.ts" }] },
      releases: { total: 2 },
    });
    const { releaseHeads, commits } = bench.app.store.read.tables;
    expect(await bench.app.store.read.$count(releaseHeads)).toBe(3);
    expect(await bench.app.store.read.$count(commits)).toBe(4);
    expect((await listRepositories(owner, { ...acme, status: "deleted" })).items).toMatchObject([
      { name: "origin", status: "pending_deletion" },
    ]);
    expect(await bench.app.store.read.$count(bench.app.store.read.tables.repositoryAliases)).toBe(1);
  });

  test("a commit of the other repository keeps its own message and files", async () => {
    await release("4", { id: sha("a3"), repository: "acme/web", message: "mine", patch_set: [{ path: "b.ts", type: "M" }] });
    await merge("origin", "acme/web");
    expect(await getCommit(owner, { ...acme, sha: sha("a3") })).toMatchObject({
      message: "mine",
      author: { email: "ada@acme.test" },
      files: { items: [{ path: "b.ts" }] },
    });
  });

  test("a release with a commit from both repositories counts it once", async () => {
    await release("4", { id: sha("a3"), repository: "origin" }, { id: sha("a3"), repository: "acme/web" });
    await merge("origin", "acme/web");
    expect(await shasOf("4")).toEqual(["acme/web a3"]);
    expect(await getRelease(owner, { ...acme, version: "4" })).toMatchObject({ commitCount: 1 });
  });

  test("commits and refs that name the merged repository later are added to the other one, if that is wanted", async () => {
    await merge("origin", "acme/web");
    await release("4", { id: sha("c1"), repository: "origin" });
    await updateRelease(ci, { ...acme, version: "4", refs: [{ repository: "origin", commit: sha("c1") }] });
    expect(await shasOf("4")).toEqual(["acme/web c1"]);
    await release("5", { id: sha("d1"), repository: "other" });
    await merge("other", "acme/web", { keepsOldName: false });
    await release("6", { id: sha("d2"), repository: "other" });
    expect(await shasOf("6")).toEqual(["other d2"]);
  });

  test("many commits are moved in several transactions", async () => {
    const many = Array.from({ length: 1200 }, (_, n) => ({ id: sha(`${n}x`), repository: "big" }));
    await release("4", ...many);
    await release("5", ...many.slice(0, 700).map(({ id }) => ({ id, repository: "acme/web" })));
    await merge("big", "acme/web");
    expect((await listManagedRepositories(owner, acme)).items).toMatchObject([
      { name: "acme/web", commits: { count: 1202 } },
      { name: "origin" },
    ]);
    expect(await getRelease(owner, { ...acme, version: "4" })).toMatchObject({ commitCount: 1200 });
  });

  test("is rejected for one that is unknown, not active, the same, or in another organization", async () => {
    await expect(merge("origin", "origin")).rejects.toThrow(failure("invalid", "A repository cannot be merged into itself."));
    await expect(merge("origin", "none")).rejects.toThrow(failure("invalid", "The organization has no active repository with this id."));
    await expect(merge("none", "origin")).rejects.toThrow(failure("not_found", ""));
    await bench.given.organization("globex", { teams: ["all"], projects: { only: "all" } });
    await createRelease(await as.ci("globex"), {
      organization: "globex",
      version: "1",
      projects: ["only"],
      commits: [{ id: "x", repository: "theirs" }],
    });
    const theirs = (await listRepositories(await as.ci("globex"), { organization: "globex" })).items[0]?.id ?? "0";
    const request = { ...(await pair("origin", "acme/web")), into: theirs };
    await expect(mergeRepository(owner, request)).rejects.toThrow(failure("invalid", "no active repository"));
    const again = await pair("origin", "acme/web");
    await mergeRepository(owner, again);
    await expect(mergeRepository(owner, again)).rejects.toThrow(failure("conflict", "The repository origin is not active."));
  });
});

test("with closed membership, only callers who reach every project can merge or preview", async () => {
  const bench = await createTestApp();
  const as = callers(bench.app, bench.given);
  await bench.given.organization("acme", { teams: ["web"], projects: { web: "web" }, openMembership: false });
  await bench.given.user("ada@acme.test", { ...acme, role: "admin", teams: ["web"] });
  const ada = await as.person("ada@acme.test");
  const commits = ["origin", "acme/web"].map((repository) => ({ id: sha("a"), repository }));
  await createRelease(await as.ci("acme"), { ...acme, version: "1", projects: ["web"], commits });
  const [into, from] = (await listManagedRepositories(ada, acme)).items.map(({ id }) => id);
  const request = { ...acme, repository: from ?? "", into: into ?? "" };
  for (const operation of [mergeRepository, previewRepositoryMerge])
    await expect(operation(ada, request)).rejects.toThrow(failure("forbidden", "you can access only some"));
  await bench.close();
});
