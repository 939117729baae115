import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createRelease } from "../releases/create.ts";
import { updateRelease } from "../releases/update.ts";
import { listRepositoryCommits } from "../repositories/list-commits.ts";
import { listRepositories } from "../repositories/list.ts";
import { getCommit } from "./get.ts";
import { listChangedPaths } from "./list-changed-paths.ts";
import { reportCommits } from "./report.ts";

const organization = "acme";
const repository = "acme/secret";
const sha = "a".repeat(40);

const original = {
  id: sha,
  repository,
  message: "secret change",
  author_email: "ada@acme.test",
  author_name: "Ada",
  timestamp: "2026-01-01T00:00:00Z",
  patch_set: [{ path: "a.ts", type: "A" as const }],
};

const forged = {
  ...original,
  message: "forged",
  author_email: "eve@acme.test",
  author_name: "Eve",
  timestamp: "2020-01-01T00:00:00Z",
  patch_set: [{ path: "forged.ts", type: "A" as const }],
};

describe.each(["sqlite", "pglite"] as const)("commits of a closed project in %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let ci: Context;
  let eve: Context;

  beforeEach(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    await bench.given.organization(organization, { openMembership: false, teams: ["near", "far"], projects: { web: "near", api: "far" } });
    await bench.given.user("eve@acme.test", { organization, teams: ["far"] });
    [ci, eve] = [await as.ci(organization), await as.person("eve@acme.test")];
  });
  afterEach(() => bench.close());

  const secretRelease = () => createRelease(ci, { organization, version: "1", projects: ["web"], commits: [original] });
  const stored = async () => {
    const { message, dateCreated, author, files } = await getCommit(ci, { organization, sha });
    return { message, dateCreated, author: author?.email, name: author?.name, files: files.items.map(({ path }) => path) };
  };
  const unchanged = {
    message: "secret change",
    dateCreated: "2026-01-01T00:00:00Z",
    author: "ada@acme.test",
    name: "Ada",
    files: ["a.ts"],
  };

  test("cannot be changed by members outside the project, by reports or by their own releases, even the second time", async () => {
    await secretRelease();
    await reportCommits(eve, { organization, commits: [forged] });
    expect(await stored()).toEqual(unchanged);
    await createRelease(eve, { organization, version: "2", projects: ["api"], commits: [forged] });
    expect(await stored()).toEqual(unchanged);
    await updateRelease(eve, { organization, version: "2", commits: [forged] });
    expect(await stored()).toEqual(unchanged);
  });

  test("cannot be changed by them before a release contains them", async () => {
    await reportCommits(ci, { organization, commits: [original] });
    await reportCommits(eve, { organization, commits: [forged] });
    await createRelease(eve, { organization, version: "2", projects: ["api"], commits: [forged] });
    expect(await stored()).toEqual(unchanged);
  });

  test("keep the name of their author", async () => {
    await secretRelease();
    await reportCommits(eve, { organization, commits: [{ ...forged, id: "b", author_email: original.author_email }] });
    expect(await stored()).toEqual(unchanged);
  });

  test("are not in the list of their repository, which is not in the list of repositories", async () => {
    await secretRelease();
    const repositories = async (context: Context) => (await listRepositories(context, { organization })).items;
    const [row] = await repositories(ci);
    expect(await repositories(eve)).toEqual([]);
    const manager = await bench.given.user("mia@acme.test", { organization, role: "manager" }).then(() => as.person("mia@acme.test"));
    expect((await listRepositoryCommits(manager, { organization, repository: row?.id ?? "" })).items).toHaveLength(1);
    await expect(listRepositoryCommits(eve, { organization, repository: row?.id ?? "" })).rejects.toMatchObject({ code: "not_found" });
    // In a repository that several projects share, each member sees the commits within reach.
    await createRelease(eve, { organization, version: "2", projects: ["api"], commits: [{ id: "c", repository }] });
    expect((await listRepositoryCommits(eve, { organization, repository: row?.id ?? "" })).items.map(({ id }) => id)).toEqual(["c"]);
  });

  test("are in a repository that refs of others cannot use", async () => {
    await secretRelease();
    const created = (name: string) =>
      createRelease(eve, { organization, version: "2", projects: ["api"], refs: [{ repository: name, commit: "d" }] });
    for (const name of [repository, "acme/unknown"])
      await expect(created(name)).rejects.toMatchObject({ code: "invalid", issues: [{ message: `Invalid repository names: ${name}` }] });
  });

  test("can be changed by members who reach every release that contains them, even if it had only the head commit at first", async () => {
    await bench.given.user("ada@acme.test", { organization, teams: ["near"] });
    const ada = await as.person("ada@acme.test");
    await createRelease(ada, { organization, version: "1", projects: ["web"], commits: [{ id: "b", repository }] });
    await updateRelease(ada, { organization, version: "1", refs: [{ repository, commit: sha }] });
    await updateRelease(ada, { organization, version: "1", commits: [original] });
    expect(await stored()).toMatchObject({ message: "secret change", author: "ada@acme.test" });
    await updateRelease(ada, { organization, version: "1", commits: [{ ...original, message: "reworded" }] });
    expect(await stored()).toMatchObject({ message: "reworded" });
  });

  test("of a long list are completed by the same request in several transactions", async () => {
    const patch = Array.from({ length: 7000 }, (_, n) => ({ path: `f${String(n).padStart(4, "0")}`, type: "A" as const }));
    await createRelease(eve, { organization, version: "2", projects: ["api"], commits: [{ ...forged, patch_set: patch }] });
    expect((await listChangedPaths(eve, { organization, version: "2" })).total).toBe(7000);
  });
});
